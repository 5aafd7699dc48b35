import { Engine, type EngineOptions } from '../../local/src/engine';

export interface TestEngine extends Engine {
  /** What every SDK client takes: endpoint, region, keys. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** A call of the control API: its status and its JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what they ask for
  control(method: string, path: string, body?: object): Promise<{ status: number; body: any }>;
}

/** An engine in this process, on a free port; errors of the engine's own fail the test that reads `engineErrors`. */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  const engine = await Engine.start(options);
  const { endpoint, accessKeyId, secretAccessKey, core } = engine;
  return Object.assign(engine, {
    clientConfig: { endpoint, region: core.settings.region, credentials: { accessKeyId, secretAccessKey } },
    async control(method: string, path: string, body?: object) {
      const response = await fetch(`${endpoint}/_local/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
      return { status: response.status, body: await response.json() as unknown };
    },
  });
}
