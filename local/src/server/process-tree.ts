import * as fs from 'node:fs';

/** A process as `/proc` shows it. */
export interface ProcessInfo {
  readonly parent: number;
  readonly commandLine: string;
}

export type ReadProcess = (pid: number) => ProcessInfo | undefined;

/** Undefined where the process is gone, or where the system has no `/proc`. */
export const readProcess: ReadProcess = (pid) => {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the command's name, in brackets, may hold anything
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), commandLine: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() };
  } catch {
    return undefined;
  }
};

/** A child and the parent that it must keep. */
export type Link = readonly [child: number, parent: number];

/** npm, shells and tsx on the way from `npm run local -- serve` to this process: they end with whoever started them. */
const LAUNCHERS = /^(\S*\/)?(sh|bash|dash|zsh|npm|npx|node|tsx)\b.*(\brun(-script)?\b.*\blocal\b|projenrc\/run\.ts|local\/src\/cli\.ts)/;

/** The links from this process through its launchers up to who started them: when one breaks, somebody above has ended. */
export function linksToStarter(pid: number, parent: number, read: ReadProcess = readProcess): Link[] {
  const links: Link[] = [[pid, parent]];
  for (let launcher = read(parent); launcher && LAUNCHERS.test(launcher.commandLine) && launcher.parent > 1; launcher = read(launcher.parent)) {
    links.push([links[links.length - 1][1], launcher.parent]);
  }
  return links;
}

export function isBroken(links: readonly Link[], ownParent: number, read: ReadProcess = readProcess): boolean {
  const [[, parent], ...others] = links;
  return ownParent !== parent || others.some(([child, expected]) => read(child)?.parent !== expected);
}

const INTERVAL = 250;

/** Calls `onEnd` once when whoever started this process has ended, however many launchers stand between. */
export function watchStarter(onEnd: () => void): void {
  const links = linksToStarter(process.pid, process.ppid);
  const timer = setInterval(() => {
    if (!isBroken(links, process.ppid)) return;
    clearInterval(timer);
    onEnd();
  }, INTERVAL);
  timer.unref();
}
