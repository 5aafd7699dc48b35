import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { hasSucceeded } from '../assembly/stack-deployment';
import { Engine, type EngineOptions } from '../engine';
import { type AssemblyResult, deployAssembly } from './deploy';
import { destroyAssembly } from './destroy';

/** Flags of `deploy` and `destroy`. */
export interface AssemblyFlags extends EngineOptions {
  readonly endpoint?: string;
  readonly stacks?: readonly string[];
  /** `Stack:Key=Value`. */
  readonly parameters?: readonly string[];
  /** Status and resources that were only recorded beside the outputs. */
  readonly json?: boolean;
}

/** `local -- deploy <assembly>`: outputs per stack on standard output, progress and failures on standard error. */
export async function deployCommand(assemblyDirectory: string, { parameters = [], ...flags }: AssemblyFlags): Promise<void> {
  const given = Object.fromEntries(parameters.map(splitParameter));
  await onEngine(flags, (endpoint) => deployAssembly({ endpoint, assemblyDirectory, stacks: flags.stacks, parameters: given, onEvent: printEvent }));
}

export async function destroyCommand(assemblyDirectory: string, flags: AssemblyFlags): Promise<void> {
  await onEngine(flags, (endpoint) => destroyAssembly({ endpoint, assemblyDirectory, stacks: flags.stacks, onEvent: printEvent }));
}

/** On the given endpoint, else AWS_ENDPOINT_URL, else a fresh engine that ends with the command. */
async function onEngine(flags: AssemblyFlags, run: (endpoint: string) => Promise<AssemblyResult>): Promise<void> {
  const { endpoint = process.env.AWS_ENDPOINT_URL, stacks, json, ...options } = flags;
  const engine = endpoint ? undefined : await Engine.start(options);
  try {
    const result = await run(endpoint || engine!.endpoint);
    report(result, json ?? false);
  } finally {
    await engine?.stop();
  }
}

function report({ stacks }: AssemblyResult, json: boolean): void {
  const document = Object.entries(stacks).map(([name, { outputs, status, unchanged, reason, recordedOnly }]) =>
    [name, json ? { status, unchanged, ...(reason ? { reason } : {}), outputs, recordedOnly } : outputs]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(document), undefined, 2)}\n`);
  for (const [name, stack] of Object.entries(stacks)) {
    stack.recordedOnly.forEach(({ logicalId, note }) => process.stderr.write(`${name}: ${logicalId}: ${note}\n`));
    if (!hasSucceeded(stack) && !stack.unchanged) {
      process.stderr.write(`${name} failed (${stack.status}): ${stack.reason ?? 'no reason was given'}\n`);
      process.exitCode = 1;
    }
  }
}

function splitParameter(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new Error(`a parameter is given as Stack:Key=Value, not as "${text}"`);
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function printEvent({ StackName, Timestamp, ResourceStatus, ResourceType, LogicalResourceId, ResourceStatusReason }: StackEvent): void {
  const time = Timestamp!.toISOString().slice(11, 19);
  process.stderr.write(`${StackName} | ${time} | ${ResourceStatus!.padEnd(20)} | ${ResourceType} | ${LogicalResourceId}${ResourceStatusReason ? ` | ${ResourceStatusReason}` : ''}\n`);
}
