import { CloudFormationClient, type StackEvent } from '@aws-sdk/client-cloudformation';
import { clientSettings } from './client-settings';
import type { AssemblyResult } from './deploy';
import { readAssembly, selectStacks } from '../assembly/cloud-assembly';
import { destroyStack, findStack, hasSucceeded, type StackResult } from '../assembly/stack-deployment';

export interface DestroyOptions {
  readonly endpoint: string;
  readonly assemblyDirectory: string;
  /** Stacks by name, artifact id or path; those that depend on them go too. All stacks by default. */
  readonly stacks?: readonly string[];
  readonly onEvent?: (event: StackEvent) => void;
}

/** Deletes an assembly's stacks, each before those that it depends on; what is not there is left out. */
export async function destroyAssembly({ endpoint, assemblyDirectory, stacks: wanted = [], onEvent = () => {} }: DestroyOptions): Promise<AssemblyResult> {
  const stacks = selectStacks(readAssembly(assemblyDirectory), wanted, 'dependents').reverse();
  const client = new CloudFormationClient(clientSettings(endpoint));
  const results: Record<string, StackResult> = {};
  try {
    for (const { name } of stacks) {
      const stack = await findStack(client, name);
      if (stack) {
        results[name] = await destroyStack(client, stack, onEvent);
        if (!hasSucceeded(results[name])) {
          break;
        }
      }
    }
    return { stacks: results };
  } finally {
    client.destroy();
  }
}
