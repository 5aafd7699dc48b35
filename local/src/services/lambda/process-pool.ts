import * as os from 'node:os';
import { processEnvironment } from './environment';
import { FunctionProcess } from './function-process';
import type { FunctionVersion } from './function-store';
import type { LayerStore } from './layers';
import { interpreterOf } from './runtimes';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';
import { ServiceError } from '../../core/service';

/** So many processes of one function work at a time on this machine; more invocations wait for one of them. */
const PARALLEL = Math.max(4, 2 * os.availableParallelism());
/** So many may wait warm, over all functions. */
const WARM = 24;

export type LogSink = (version: FunctionVersion, logStream: string, message: string) => void;

interface Slots {
  busy: Set<FunctionProcess>;
  waiting: Array<() => void>;
}

/** The processes of all functions: a warm one of the same version is used again, else a new one is started. */
export class ProcessPool {
  private readonly warm: Array<{ readonly version: FunctionVersion; readonly process: FunctionProcess }> = [];
  private readonly slots = new Map<string, Slots>();
  private readonly living = new Set<FunctionProcess>();
  private stopped = false;

  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly layers: LayerStore, private readonly onLog: LogSink) {
    this.uuid = uuids(core, 'lambda-log-streams');
  }

  /** Lends a process for one piece of work. */
  async with<T>(version: FunctionVersion, work: (process: FunctionProcess) => Promise<T>): Promise<T> {
    const name = version.configuration.FunctionName;
    const slots = this.slotsOf(name);
    while (slots.busy.size >= PARALLEL) await new Promise<void>((resolve) => slots.waiting.push(resolve));
    const process = this.takeWarm(version) ?? this.start(version);
    slots.busy.add(process);
    try {
      return await work(process);
    } finally {
      slots.busy.delete(process);
      this.giveBack(version, process);
      slots.waiting.shift()?.();
    }
  }

  /** How many invocations of a function run now. */
  busy(name: string): number {
    return this.slots.get(name)?.busy.size ?? 0;
  }

  /** Kills the process that calls with this access key. */
  kill(accessKeyId: string): void {
    for (const process of this.living) if (process.accessKeyId === accessKeyId) void process.kill();
  }

  /** Ends the warm processes of a function that has changed or gone; busy ones end when they are given back. */
  retire(name: string, keep?: FunctionVersion): void {
    for (const entry of this.warm.filter(({ version }) => version.configuration.FunctionName === name && version !== keep)) {
      this.warm.splice(this.warm.indexOf(entry), 1);
      void this.end(entry.process);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.living].map((process) => this.end(process)));
  }

  private slotsOf(name: string): Slots {
    const slots = this.slots.get(name) ?? { busy: new Set(), waiting: [] };
    this.slots.set(name, slots);
    return slots;
  }

  private takeWarm(version: FunctionVersion): FunctionProcess | undefined {
    const index = this.warm.findLastIndex((entry) => entry.version === version && entry.process.alive);
    return index < 0 ? undefined : this.warm.splice(index, 1)[0].process;
  }

  private giveBack(version: FunctionVersion, process: FunctionProcess): void {
    if (!process.alive) this.living.delete(process);
    else if (this.stopped || !this.isCurrent(version)) void this.end(process);
    else this.warm.push({ version, process });
    if (this.warm.length > WARM) void this.end(this.warm.shift()!.process);
  }

  /** Asked when a process comes back: its function may have changed or gone meanwhile. */
  isCurrent: (version: FunctionVersion) => boolean = () => true;

  private async end(process: FunctionProcess): Promise<void> {
    await process.kill();
    this.living.delete(process);
  }

  private start(version: FunctionVersion): FunctionProcess {
    const { configuration, code } = version;
    const interpreter = interpreterOf(configuration.Runtime);
    if (this.stopped) throw new ServiceError('ServiceException', 'the engine is stopping', 500);
    if (!interpreter || !code) {
      throw new ServiceError('NotImplemented', `the local engine runs Node and Python functions only: ${configuration.FunctionName} `
        + `has ${configuration.Runtime ? `the runtime ${configuration.Runtime}` : 'a container image'}`, 501);
    }
    const logStream = this.newLogStream(configuration.Version);
    const credentials = this.core.issueCredentials(this.callerOf(version));
    const layers = this.layers.directories((configuration.Layers ?? []).map(({ Arn }) => Arn!));
    const environment = processEnvironment(this.core, version, { logStream, credentials, layers });
    const process = new FunctionProcess(interpreter, environment, (message) => this.onLog(version, logStream, message));
    this.living.add(process);
    return process;
  }

  private newLogStream(version: string): string {
    const day = new Date(this.core.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    return `${day}/[${version}]${this.uuid().replaceAll('-', '')}`;
  }

  /** Who the function is to other services: its role, under a session named after it. */
  private callerOf({ configuration }: FunctionVersion): { arn: string; functionName: string } {
    const { partition, accountId } = this.core.settings;
    const role = configuration.Role!.split('/').at(-1);
    return { arn: `arn:${partition}:sts::${accountId}:assumed-role/${role}/${configuration.FunctionName}`, functionName: configuration.FunctionName };
  }
}
