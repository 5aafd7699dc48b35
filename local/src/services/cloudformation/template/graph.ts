/** Which nodes must come before each node. Dependencies on nodes outside the graph do not count. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** A cycle's members in the order in which they were met, or `undefined`. */
export function findCycle(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const follow = (node: string, path: string[]): string[] | undefined => {
    if (path.includes(node)) {
      return path.slice(path.indexOf(node));
    }
    if (done.has(node)) {
      return undefined;
    }
    for (const next of graph.get(node) ?? []) {
      const cycle = follow(next, [...path, node]);
      if (cycle) {
        return cycle;
      }
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = follow(node, []);
    if (cycle) {
      return cycle;
    }
  }
  return undefined;
}

/** The same edges the other way round: what must go first when things are taken down. */
export function reversed(graph: Graph): Graph {
  const result = new Map([...graph.keys()].map((node) => [node, new Set<string>()]));
  for (const [node, dependencies] of graph) {
    dependencies.forEach((dependency) => result.get(dependency)?.add(node));
  }
  return result;
}

export interface WalkOptions {
  readonly visit: (node: string) => Promise<void>;
  /** Called with the first failure, while others still run. After it nothing new is started, unless `keepGoing`. */
  readonly onFailure?: (node: string, error: unknown) => void;
  /** Go on with everything that does not need a failed node. */
  readonly keepGoing?: boolean;
  readonly stopped?: () => boolean;
}

/** Visits all nodes, each as soon as those before it are done; resolves when nothing runs any more. Answers the failures in their order. */
export async function walk(graph: Graph, { visit, onFailure, keepGoing, stopped }: WalkOptions): Promise<Map<string, unknown>> {
  const waiting = new Set(graph.keys());
  const done = new Set<string>();
  const failures = new Map<string, unknown>();
  const running = new Map<string, Promise<void>>();
  const ready = (node: string) => [...graph.get(node)!].every((dependency) => !graph.has(dependency) || done.has(dependency));
  const start = async (node: string): Promise<void> => {
    try {
      await visit(node);
      done.add(node);
    } catch (error) {
      failures.set(node, error);
      onFailure?.(node, error);
    } finally {
      running.delete(node);
    }
  };
  for (;;) {
    if (!stopped?.() && (keepGoing || failures.size === 0)) {
      [...waiting].filter(ready).forEach((node) => {
        waiting.delete(node);
        running.set(node, start(node));
      });
    }
    if (running.size === 0) {
      return failures;
    }
    await Promise.race(running.values());
  }
}

/** The nodes in an order in which each comes after those before it. */
export function inOrder(graph: Graph): string[] {
  const done = new Set<string>();
  const add = (node: string) => {
    if (graph.has(node) && !done.has(node)) {
      graph.get(node)!.forEach(add);
      done.add(node);
    }
  };
  [...graph.keys()].forEach(add);
  return [...done];
}
