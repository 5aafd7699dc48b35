import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.join(__dirname, '..', '..', '..');

export interface Served {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface ServeProcess extends Served {
  /** Everything on standard output so far. */
  readonly output: readonly string[];
  readonly process: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  stop(): Promise<number | string | null>;
}

/** `local serve` as a process of its own; `command` may put launchers before it. */
export async function startServe(options: string[] = [], command: string[] = []): Promise<ServeProcess> {
  const [program, ...argumentsOf] = [...command, process.execPath, '--import', 'tsx', 'local/src/cli.ts', 'serve', '--port', '0', ...options];
  const child = spawn(program, argumentsOf, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | string | null>((resolve) => { child.on('exit', (code, signal) => resolve(code ?? signal)); });
  const output: string[] = [];
  const served = await new Promise<Served>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.push(line);
      if (output.length === 1) resolve(JSON.parse(line) as Served);
    });
    void ended.then((how) => reject(new Error(`serve ended (${how}) before it was ready`)));
  });
  return {
    ...served,
    output,
    process: child,
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
