import * as fc from 'fast-check';
import { findCycle, inOrder, reversed, walk } from '../../../local/src/services/cloudformation/template/graph';

/** Edges to earlier nodes only: no cycles. */
const acyclic = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((edges) => new Map(edges.map((targets, node) => [`n${node}`, new Set(node === 0 ? [] : targets.map((target) => `n${target % node}`))])));

test('every node comes after those before it, whatever the walk is for', async () => {
  await fc.assert(fc.asyncProperty(acyclic, async (graph) => {
    for (const order of [graph, reversed(graph)]) {
      const done: string[] = [];
      await walk(order, {
        visit: async (node) => {
          await Promise.resolve();
          expect([...order.get(node)!].every((before) => done.includes(before))).toBe(true);
          done.push(node);
        },
      });
      expect(done).toHaveLength(graph.size);
    }
    const sorted = inOrder(graph);
    expect(sorted.every((node, index) => [...graph.get(node)!].every((before) => sorted.indexOf(before) < index))).toBe(true);
    expect(findCycle(graph)).toBeUndefined();
  }));
});

test('a cycle is found with its members', () => {
  expect(findCycle(new Map([['a', new Set(['b'])], ['b', new Set(['c'])], ['c', new Set(['b'])]]))).toEqual(['b', 'c']);
});

const LINE = new Map([['a', new Set<string>()], ['b', new Set(['a'])], ['c', new Set<string>()], ['d', new Set(['c'])]]);

test('after a failure nothing new starts, unless asked to keep going', async () => {
  const run = async (keepGoing: boolean) => {
    const visited: string[] = [];
    const failures = await walk(LINE, {
      keepGoing,
      visit: async (node) => {
        await new Promise((resolve) => setTimeout(resolve, node === 'c' ? 5 : 0));
        visited.push(node);
        if (node === 'a') {
          throw new Error('no');
        }
      },
    });
    return { visited, failed: [...failures.keys()] };
  };
  await expect(run(false)).resolves.toEqual({ visited: ['a', 'c'], failed: ['a'] });
  await expect(run(true)).resolves.toEqual({ visited: ['a', 'c', 'd'], failed: ['a'] });
});
