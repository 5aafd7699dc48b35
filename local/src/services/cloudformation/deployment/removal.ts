import type { StackResource } from './stack';
import { reversed, walk } from '../template/graph';

/**
 * Removes resources, each after those that needed it; a failed one keeps what it needs from being removed, nothing else.
 * A logical id may stand here twice (a resource and the one it replaced). Answers the logical ids that failed.
 */
export async function removeAll(resources: readonly StackResource[], remove: (resource: StackResource) => Promise<void>): Promise<string[]> {
  const nodes = new Map(resources.map((resource, index) => [`${resource.logicalId}#${index}`, resource]));
  const needed = (resource: StackResource) => [...nodes].filter(([, other]) => resource.dependencies.has(other.logicalId)).map(([node]) => node);
  const graph = reversed(new Map([...nodes].map(([node, resource]) => [node, new Set(needed(resource))])));
  const failures = await walk(graph, { visit: (node) => remove(nodes.get(node)!), keepGoing: true });
  return [...new Set([...failures.keys()].map((node) => nodes.get(node)!.logicalId))];
}
