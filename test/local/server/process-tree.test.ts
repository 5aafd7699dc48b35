import { isBroken, linksToStarter, type ProcessInfo } from '../../../local/src/server/process-tree';

/** test runner 10 -> sh 20 -> npm 30 -> sh 40 -> tsx 50 -> engine 60 */
const TREE: Record<number, ProcessInfo> = {
  10: { parent: 5, commandLine: 'python3 -m pytest local' },
  20: { parent: 10, commandLine: '/bin/sh -c npm run --silent local -- serve --port 0' },
  30: { parent: 20, commandLine: 'npm run local serve --port 0' },
  40: { parent: 30, commandLine: 'sh -c tsx projenrc/run.ts local/src/cli.ts serve --port 0' },
  50: { parent: 40, commandLine: 'node /x/node_modules/.bin/tsx projenrc/run.ts local/src/cli.ts serve' },
};

function reading(tree: Record<number, ProcessInfo>): (pid: number) => ProcessInfo | undefined {
  return (pid) => tree[pid];
}

const links = linksToStarter(60, 50, reading(TREE));

test('the links lead up to who started the launchers, and no further', () => {
  expect(links).toEqual([[60, 50], [50, 40], [40, 30], [30, 20], [20, 10]]);
});

test('all is well while every launcher keeps its parent', () => {
  expect(isBroken(links, 50, reading(TREE))).toBe(false);
  expect(isBroken(links, 50, reading({ ...TREE, 10: { ...TREE[10], parent: 1 } }))).toBe(false);
});

test.each([20, 30, 40, 50])('the end of launcher %d breaks a link', (pid) => {
  const { [pid]: _, ...left } = TREE;
  expect(isBroken(links, pid === 50 ? 1 : 50, reading(left))).toBe(true);
});

test('the end of who started them is seen by its orphan', () => {
  expect(isBroken(links, 50, reading({ ...TREE, 20: { ...TREE[20], parent: 1 } }))).toBe(true);
});
