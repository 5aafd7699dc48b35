import { Engine, type EngineOptions } from '../engine';
import { watchStarter } from '../server/process-tree';

export type ServeOptions = Pick<EngineOptions, 'port' | 'region' | 'accountId' | 'quota' | 'iam' | 'annotators' | 'seed' | 'superviselyFixture'>;

/**
 * The engine as a server: one line of JSON on standard output when it accepts connections, nothing else, ever. It ends on SIGTERM
 * and SIGINT, and when whoever started it ends.
 */
export async function serve(options: ServeOptions): Promise<void> {
  // whatever a library prints must not reach standard output, which belongs to the one line
  console.log = console.info = console.debug = console.error;
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
    watchStarter(resolve);
  });
  const engine = await Engine.start(options);
  const { endpoint, accessKeyId, secretAccessKey, core: { settings: { region, accountId } } } = engine;
  const supervisely = { server: engine.supervisely.address, token: engine.supervisely.token };
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${JSON.stringify({ endpoint, region, accountId, accessKeyId, secretAccessKey, supervisely })}\n`);
  await ended;
  await Promise.race([engine.stop(), new Promise((resolve) => { setTimeout(resolve, 3000).unref(); })]);
  process.exit(0);
}
