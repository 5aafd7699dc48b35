import { FakeFleetService } from './fake-fleet-service';
import { FakeBuckets } from './fake-state';
import { FleetEvent, Waiting } from '../../../runtime/labeling-fleet/events';
import { handleFleetEvent, handleFleetIsComplete } from '../../../runtime/labeling-fleet/handler';
import { FleetPorts } from '../../../runtime/labeling-fleet/ports';
import { prepareStep } from '../../../runtime/labeling-fleet/prepare';
import { reconcileStep } from '../../../runtime/labeling-fleet/reconcile';
import { parseS3Uri } from '../../../runtime/shared/s3-uri';
import { FleetSpecHead, FleetStepOutput, JobFleetProperties, MemberSpec } from '../../../src/groundtruth/private/job-fleet-contract';
import { FleetHead, MemberRecord } from '../../../src/model/fleet/fleet-ledger';
import { memberBase } from '../../../src/model/fleet/member-names';
import { DEFAULT_RESUME_POLICY } from '../../../src/model/resume-policy';
import { FakeObjects } from '../labeling-job/fake-storage';

export const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Mails/0f8fad5b-d9cb-469f-a165-70867728950e';
export const PREFIX = '0f8fad5b-d9cb-469f-a165-70867728950e/Fleet/';
export const NAME_BASE = 'mails-0a1b2c-fleet';
const PATH = 'Mails/Fleet';
const POLL_MS = 10_000;
const MOST_POLLS = 300;

export const SPEC_HEAD: Omit<FleetSpecHead, 'members'> = {
  format: 1,
  request: {
    RoleArn: '${Role}',
    InputConfig: { DataSource: { S3DataSource: {} } },
    OutputConfig: { S3OutputPath: 's3://out/labels' },
    HumanTaskConfig: { TaskTitle: 'Spam?', NumberOfHumanWorkersPerDataObject: 3 },
  },
  identity: { LabelAttributeName: 'spam', LabelCategories: 'sha256:22', TaskType: 'TextMultiClass' },
  revision: { TaskTitle: 'Spam?' },
  labelsOnlyUnlabeled: true,
  resume: DEFAULT_RESUME_POLICY,
  resultUri: 's3://out/result',
};

export function base(key: string): string {
  return memberBase(NAME_BASE, PATH, key);
}

export function member(key: string, changes: Partial<MemberSpec> = {}): MemberSpec {
  return {
    key,
    base: base(key),
    identity: { Input: `s3://in/${key}.manifest`, ...SPEC_HEAD.identity },
    request: { InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://in/${key}.manifest` } } } },
    ...changes,
  };
}

export function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `job-${index + 1}`);
}

/** State buckets are buckets like others. */
class FleetObjects extends FakeObjects {
  constructor(private readonly buckets: FakeBuckets) {
    super();
  }

  override async* lines(uri: string): AsyncIterable<string> {
    const { bucket, key } = parseS3Uri(uri);
    if (this.buckets.has(bucket)) yield* this.buckets.text(bucket, key).split('\n').slice(0, -1);
    else yield* super.lines(uri);
  }

  override async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    await (this.buckets.has(bucket) ? this.buckets.at(bucket, '').writeLines(key, lines) : super.writeLines(uri, lines));
  }
}

interface Execution { next: FleetStepOutput['next'] | 'failed'; resumesAt: number; exports: number }

/** A port's call, for whoever wants to cut a process off after it. */
export type OnCall = (about: string) => void;

/** The process is gone: nothing that it does afterwards happens. */
export class Killed extends Error {}

/** CloudFormation, CDK's provider framework and the state machine around the handlers, on a clock of their own. */
export class FakeFleet {
  now = 1_800_000_000_000;
  readonly service = new FakeFleetService(() => this.now);
  readonly buckets = new FakeBuckets('state', 'other-state');
  readonly objects = new FleetObjects(this.buckets);
  readonly executions = new Map<string, Execution>();
  readonly parameters = new Map<string, string>();
  readonly metrics: string[] = [];
  /** The fleet as CloudFormation knows it. */
  id?: string;
  current?: JobFleetProperties;
  /** After how many calls of ports the process that makes them is killed. */
  killAfter = Infinity;
  calls = 0;
  invocationMs = 840_000;
  private specs = 0;
  private requests = 0;

  /** A specification as an asset, and the properties that name it. */
  declare(members: readonly MemberSpec[], changes: Partial<JobFleetProperties> = {}, head: Partial<FleetSpecHead> = {}): JobFleetProperties {
    const sorted = [...members].sort((a, b) => (a.base < b.base ? -1 : 1));
    const uri = `s3://assets/spec-${++this.specs}.jsonl`;
    this.objects.files.set(uri, [{ ...SPEC_HEAD, members: members.length, ...head }, ...sorted].map((line) => JSON.stringify(line)));
    return {
      ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
      ContractVersion: '1',
      StateBucket: 'state',
      NameBase: NAME_BASE,
      Path: PATH,
      SpecUri: uri,
      Tokens: { Role: 'arn:aws:iam::111122223333:role/execution' },
      StateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:Fleet',
      Mode: 'ENFORCE',
      DesiredState: 'RUNNING',
      RemovalMode: 'STOP',
      TimeoutSeconds: '1800',
      ...changes,
    };
  }

  head(): FleetHead {
    return JSON.parse(this.buckets.text(this.current?.StateBucket ?? 'state', `${PREFIX}ledger.json`));
  }

  members(): MemberRecord[] {
    const { pages } = (this.head().desired ?? this.head().buried)!;
    return pages.flatMap(({ key }) => this.buckets.text(this.current?.StateBucket ?? 'state', `${PREFIX}${key}`).split('\n').filter(Boolean).map((line) => JSON.parse(line)));
  }

  nameOf(key: string, generation = 1): string {
    const found = [...this.service.jobs.keys()].find((name) => name.startsWith(`${base(key)}-`) && name.endsWith(`-r${generation}`));
    if (found === undefined) throw new Error(`${key} has no generation ${generation}`);
    return found;
  }

  ports(): FleetPorts {
    const deadline = this.now + this.invocationMs;
    let dead = false;
    const watch = <T extends object>(port: T): T => new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (dead) throw new Killed();
          this.calls += 1;
          const killed = this.calls === this.killAfter;
          const result: unknown = value.apply(target, args);
          if (!killed) return result;
          dead = true;
          // what was asked for happens, its answer comes to nobody
          if (!(result instanceof Promise)) throw new Killed();
          return result.then(() => { throw new Killed(); }, () => { throw new Killed(); });
        };
      },
    });
    const execution = watch({ start: async (_: string, name: string) => this.start(name), isRunning: async (_: string, name: string) => this.isRunning(name) });
    return {
      jobs: watch(this.service),
      objects: watch(this.objects),
      datasets: {} as FleetPorts['datasets'],
      stateAt: (bucket, prefix) => watch(this.buckets.at(bucket, prefix)),
      executions: execution,
      parameters: { put: async (name, value) => void this.parameters.set(name, value) },
      emit: (line) => this.metrics.push(line),
      now: () => this.now,
      remaining: () => deadline - this.now,
      sleep: async (milliseconds) => { this.now += milliseconds; },
    };
  }

  start(name: string): void {
    if (!this.executions.has(name)) this.executions.set(name, { next: 'again', resumesAt: this.now, exports: 0 });
  }

  isRunning(name: string): boolean {
    const next = this.executions.get(name)?.next;
    return next === 'again' || next === 'reconcile';
  }

  /** Runs a step of every execution whose time has come. */
  async step(): Promise<void> {
    for (const [name, execution] of this.executions) {
      if (!this.isRunning(name) || execution.resumesAt > this.now) continue;
      const input = { stateBucket: this.current?.StateBucket ?? 'state', prefix: PREFIX, execution: name };
      try {
        const output = await (execution.next === 'again' ? prepareStep(input, this.ports()) : reconcileStep(input, this.ports()));
        execution.next = output.next;
        execution.resumesAt = this.now + (output.next === 'again' ? output.waitSeconds * 1000 : 0);
        execution.exports += Number(output.next === 'export');
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        execution.next = 'failed';
      }
    }
  }

  /** An execution from its start to its end, as a rule or a schedule starts it. */
  async wake(name = `wake-${this.executions.size}`): Promise<Execution> {
    this.start(name);
    for (let count = 0; count < MOST_POLLS && this.isRunning(name); count++) {
      await this.step();
      this.now += 1000;
    }
    return this.executions.get(name)!;
  }

  event(type: FleetEvent['RequestType'], resource: JobFleetProperties, rest: Record<string, unknown> = {}): FleetEvent {
    return JSON.parse(JSON.stringify({
      RequestType: type,
      RequestId: `request-${++this.requests}`,
      StackId: STACK_ID,
      LogicalResourceId: 'Fleet',
      ResourceType: 'Custom::GroundTruthJobFleet',
      ResourceProperties: resource,
      ...rest,
    }));
  }

  async onEvent(event: FleetEvent): Promise<Waiting<FleetEvent>> {
    for (;;) {
      try {
        return { ...event, ...await handleFleetEvent(event, this.ports()) } as Waiting<FleetEvent>;
      } catch (error) {
        // the framework invokes again where an invocation has died
        if (!((error as { cause?: unknown }).cause instanceof Killed)) throw error;
      }
    }
  }

  async poll(event: Waiting<FleetEvent>): Promise<Awaited<ReturnType<typeof handleFleetIsComplete>>> {
    return handleFleetIsComplete(JSON.parse(JSON.stringify(event)), this.ports());
  }

  async wait(event: Waiting<FleetEvent>): Promise<Readonly<Record<string, string>>> {
    for (let count = 0; count < MOST_POLLS; count++) {
      let answer: Awaited<ReturnType<typeof handleFleetIsComplete>> = { IsComplete: false };
      try {
        answer = await this.poll(event);
      } catch (error) {
        // the framework asks again where an invocation has died
        if (!((error as { cause?: unknown }).cause instanceof Killed)) throw error;
      }
      if (answer.IsComplete) return answer.Data ?? {};
      for (let second = 0; second < POLL_MS; second += 1000) {
        await this.step();
        this.now += 1000;
      }
    }
    throw new Error('the waiter has timed out');
  }

  async create(resource: JobFleetProperties): Promise<Readonly<Record<string, string>>> {
    const waiting = await this.onEvent(this.event('Create', resource));
    this.id = waiting.PhysicalResourceId;
    this.current = resource;
    return this.wait(waiting);
  }

  async update(resource: JobFleetProperties): Promise<Readonly<Record<string, string>>> {
    const event = this.event('Update', resource, { PhysicalResourceId: this.id, OldResourceProperties: this.current });
    this.current = resource;
    return this.wait(await this.onEvent(event));
  }

  async delete(): Promise<void> {
    await this.wait(await this.onEvent(this.event('Delete', this.current!, { PhysicalResourceId: this.id })));
  }
}
