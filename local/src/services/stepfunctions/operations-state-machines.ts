import { createHash } from 'node:crypto';
import type { CreateStateMachineCommandInput, ListStateMachinesCommandInput, UpdateStateMachineCommandInput } from '@aws-sdk/client-sfn';
import { type Definition, parseDefinition } from './definition';
import { loadInterpreter } from './interpreter';
import { page } from './page';
import type { StateMachineRecord, StateMachineStore } from './state-machine-store';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';
import { ServiceError } from '../../core/service';

interface Named { readonly stateMachineArn: string }
interface Tagged { readonly resourceArn: string }

export class StateMachineOperations {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: StateMachineStore) {
    this.uuid = uuids(core, 'state-machines');
  }

  readonly CreateStateMachine = (input: CreateStateMachineCommandInput) => {
    const { partition, region, accountId } = this.core.settings;
    const arn = `arn:${partition}:states:${region}:${accountId}:stateMachine:${input.name}`;
    const definition = this.parse(input.definition!, input.type);
    const existing = this.store.machines.get(arn);
    if (existing) return this.same(existing, input);
    const machine: StateMachineRecord = {
      arn,
      name: input.name!,
      type: input.type ?? 'STANDARD',
      creationDate: new Date(this.core.clock.now()),
      definitionText: input.definition!,
      definition,
      roleArn: input.roleArn!,
      revisionId: this.uuid(),
      loggingConfiguration: input.loggingConfiguration,
      tracingConfiguration: input.tracingConfiguration,
      encryptionConfiguration: input.encryptionConfiguration,
      tags: new Map(input.tags?.map(({ key, value }) => [key!, value!])),
    };
    this.store.machines.set(arn, machine);
    return { stateMachineArn: arn, creationDate: machine.creationDate };
  };

  readonly UpdateStateMachine = (input: UpdateStateMachineCommandInput) => {
    const machine = this.store.machine(input.stateMachineArn!);
    if (input.definition !== undefined) Object.assign(machine, { definition: this.parse(input.definition, machine.type), definitionText: input.definition });
    for (const field of ['roleArn', 'loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'] as const) {
      if (input[field] !== undefined) Object.assign(machine, { [field]: input[field] });
    }
    machine.revisionId = this.uuid();
    return { updateDate: new Date(this.core.clock.now()), revisionId: machine.revisionId };
  };

  /** Running executions go on with the definition they started with; the name is free again. */
  readonly DeleteStateMachine = ({ stateMachineArn }: Named): object => {
    this.store.machines.delete(stateMachineArn);
    return {};
  };

  readonly DescribeStateMachine = ({ stateMachineArn }: Named) => describe(this.store.machine(stateMachineArn));

  readonly DescribeStateMachineForExecution = ({ executionArn }: { executionArn: string }) => {
    const { creationDate, status, type, ...rest } = describe(this.store.execution(executionArn).machine);
    return { ...rest, updateDate: creationDate };
  };

  readonly ListStateMachines = (input: ListStateMachinesCommandInput) => {
    const { items, nextToken } = page([...this.store.machines.values()], input);
    return { stateMachines: items.map(({ arn, name, type, creationDate }) => ({ stateMachineArn: arn, name, type, creationDate })), nextToken };
  };

  readonly ValidateStateMachineDefinition = ({ definition, type }: { definition: string; type?: 'STANDARD' | 'EXPRESS' }) => {
    try {
      this.parse(definition, type);
      return { result: 'OK', diagnostics: [], truncated: false };
    } catch (error) {
      if (!(error instanceof ServiceError) || error.name !== 'InvalidDefinition') throw error;
      const code = error.message.includes('INVALID_JSON') ? 'INVALID_JSON_DESCRIPTION' : 'SCHEMA_VALIDATION_FAILED';
      return { result: 'FAIL', diagnostics: [{ severity: 'ERROR', code, message: error.message }], truncated: false };
    }
  };

  readonly TagResource = (input: Tagged & { tags: Array<{ key: string; value: string }> }): object => {
    const { tags } = this.store.machine(input.resourceArn);
    for (const { key, value } of input.tags) tags.set(key, value);
    return {};
  };

  readonly UntagResource = (input: Tagged & { tagKeys: string[] }): object => {
    const { tags } = this.store.machine(input.resourceArn);
    for (const key of input.tagKeys) tags.delete(key);
    return {};
  };

  readonly ListTagsForResource = ({ resourceArn }: Tagged) =>
    ({ tags: [...this.store.machine(resourceArn).tags].map(([key, value]) => ({ key, value })) });

  private parse(text: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Definition {
    return parseDefinition(text, loadInterpreter(this.core.clock), type);
  }

  /** Creating the same state machine again is no error. */
  private same(existing: StateMachineRecord, input: CreateStateMachineCommandInput) {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    if (digest(existing.definitionText) !== digest(input.definition!) || existing.roleArn !== input.roleArn || existing.type !== (input.type ?? 'STANDARD')) {
      throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${existing.arn}'`);
    }
    return { stateMachineArn: existing.arn, creationDate: existing.creationDate };
  }
}

function describe(machine: StateMachineRecord) {
  const { arn, name, type, creationDate, definitionText, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration, revisionId } = machine;
  return {
    stateMachineArn: arn,
    name,
    status: 'ACTIVE',
    type,
    creationDate,
    definition: definitionText,
    roleArn,
    revisionId,
    loggingConfiguration: loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: tracingConfiguration ?? { enabled: false },
    encryptionConfiguration: encryptionConfiguration ?? { type: 'AWS_OWNED_KEY' },
  };
}
