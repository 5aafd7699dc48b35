import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { EngineCore, EngineSettings } from './core/engine';
import { LocalCore } from './core/engine-core';
import type { Service } from './core/service';
import { HttpServer } from './server/http-server';
import { Supervisely, type SuperviselyFixture } from './supervisely';

export interface EngineOptions extends Partial<EngineSettings> {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** What the Supervisely instance starts with: an empty team by default. */
  readonly superviselyFixture?: SuperviselyFixture;
  /** Told of the engine's own failures; by default they go to standard error. */
  readonly onError?: (message: string, error: unknown) => void;
}

const DEFAULTS: Omit<EngineSettings, 'workDirectory'> = {
  region: 'us-east-1',
  accountId: '123456789012',
  partition: 'aws',
  quota: 'off',
  iam: 'off',
  annotators: 'on',
  seed: '1',
};

/** The local engine: every service behind one endpoint, in one process. */
export class Engine {
  static async start(options: EngineOptions = {}): Promise<Engine> {
    const { port = 0, superviselyFixture = 'none', onError = report, ...given } = options;
    const workDirectory = given.workDirectory ?? fs.mkdtempSync(path.join(os.tmpdir(), 'labeling-engine-'));
    const settings = { ...DEFAULTS, ...withoutUndefined(given), workDirectory };
    const core = new LocalCore(settings, (label, error) => onError(`the event "${label}" failed`, error));
    const requestFailed = (error: unknown): void => onError('a request failed', error);
    const supervisely = new Supervisely(core, superviselyFixture);
    const server = await HttpServer.start(core, port, requestFailed, supervisely.controlRoutes);
    core.endpoint = server.endpoint;
    await supervisely.start(requestFailed);
    return new Engine(core, [...core.services.values()], supervisely, core.root.accessKeyId, core.credentials.rootSecret, async () => {
      await core.stop();
      await Promise.all([server.stop(), supervisely.stop()]);
      if (!given.workDirectory) fs.rmSync(workDirectory, { recursive: true, force: true });
    });
  }

  private constructor(
    /** For the engine's own tests and commands; clients use the endpoint. */
    readonly core: EngineCore,
    /** Every service, for what is said of them. */
    readonly services: readonly Service[],
    readonly supervisely: Supervisely,
    readonly accessKeyId: string,
    readonly secretAccessKey: string,
    private readonly end: () => Promise<void>,
  ) {}

  get endpoint(): string {
    return this.core.endpoint;
  }

  stop(): Promise<void> {
    return this.end();
  }
}

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function report(message: string, error: unknown): void {
  process.stderr.write(`local engine: ${message}: ${error instanceof Error ? error.stack : String(error)}\n`);
}
