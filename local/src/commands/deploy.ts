import { CloudFormationClient, type StackEvent } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from './client-settings';
import { publishAssets } from '../assembly/assets';
import { ensureBootstrapped } from '../assembly/bootstrap';
import { type AssemblyStack, readAssembly, selectStacks } from '../assembly/cloud-assembly';
import type { Environment } from '../assembly/placeholders';
import { deployStack, hasSucceeded, type StackResult } from '../assembly/stack-deployment';

export interface DeployOptions {
  readonly endpoint: string;
  readonly assemblyDirectory: string;
  /** Stacks by name, artifact id or path; those that they depend on come too. All stacks by default. */
  readonly stacks?: readonly string[];
  /** `Stack:Parameter`, or `Parameter` for every stack that has it, to value. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: StackEvent) => void;
}

export interface AssemblyResult {
  /** By name, in the order of deployment; what comes after a failed stack is not there. */
  readonly stacks: Readonly<Record<string, StackResult>>;
}

/** Deploys an unchanged cloud assembly: bootstrap resources where they are missing, assets, then stack after stack. */
export async function deployAssembly(options: DeployOptions): Promise<AssemblyResult> {
  const { endpoint, assemblyDirectory, stacks: wanted = [], parameters = {}, onEvent = () => {} } = options;
  const stacks = selectStacks(readAssembly(assemblyDirectory), wanted, 'dependencies');
  checkParameterStacks(stacks, parameters);
  const cloudFormation = new CloudFormationClient(clientSettings(endpoint));
  const s3 = new S3Client({ ...clientSettings(endpoint), forcePathStyle: true });
  const results: Record<string, StackResult> = {};
  try {
    for (const stack of stacks) {
      const environment = await ensureBootstrapped(cloudFormation, stack.bootstrapVersionParameter);
      checkEnvironment(stack, environment);
      for (const manifest of stack.assetManifests) {
        await publishAssets(manifest, environment, s3);
      }
      results[stack.name] = await deployStack(cloudFormation, endpoint, stack, environment, parametersFor(stack, parameters), onEvent);
      if (!results[stack.name].unchanged && !hasSucceeded(results[stack.name])) {
        break;
      }
    }
    return { stacks: results };
  } finally {
    cloudFormation.destroy();
    s3.destroy();
  }
}

/** An engine plays one account and one region: a stack of another one is refused, never moved. */
export function checkEnvironment({ name, account, region }: AssemblyStack, environment: Environment): void {
  if ((account && account !== environment.account) || (region && region !== environment.region)) {
    throw new Error(`stack ${name} is for account ${account || 'any'} in ${region || 'any region'}, and the engine plays account ${environment.account} in ${environment.region}: `
      + 'start it with --account and --region, or leave the stack\'s environment open');
  }
}

/** A value that no stack takes is a mistake in its name. */
function checkParameterStacks(stacks: readonly AssemblyStack[], parameters: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(parameters).find((key) => !stacks.some((stack) => Object.keys(parametersFor(stack, { [key]: '' })).length > 0));
  if (unknown) {
    throw new Error(`parameter "${unknown}" is for no stack that is deployed: name it Stack:Key; deployed are ${stacks.map(({ name }) => name).join(', ')}`);
  }
}

function namesOf({ name, aliases }: AssemblyStack): string[] {
  return [name, ...aliases];
}

function parametersFor(stack: AssemblyStack, parameters: Readonly<Record<string, string>>): Record<string, string> {
  const declared = Object.keys((JSON.parse(stack.template) as { Parameters?: object }).Parameters ?? {});
  return Object.fromEntries(Object.entries(parameters).flatMap(([key, value]) => {
    const colon = key.lastIndexOf(':');
    const own = colon >= 0 && namesOf(stack).includes(key.slice(0, colon));
    return own ? [[key.slice(colon + 1), value]] : colon < 0 && declared.includes(key) ? [[key, value]] : [];
  }));
}
