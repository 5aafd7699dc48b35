import { World } from './fake-world';
import { handleExport } from '../../../runtime/supervisely-labels-export/handler';
import type { ExportProgress } from '../../../src/supervisely/private/labels-export-contract';

const CALL_MS = 900_000;
/** Of a request for 50 images with their masks. */
const SLOW_MS = 150_000;

beforeEach(() => { jest.spyOn(console, 'log').mockImplementation(); });

test('parts that take long are not begun when less time is left than they took', async () => {
  const world = new World();
  for (let id = 1; id <= 1000; id++) world.server.image(id);
  let time = CALL_MS;
  const call = world.server.call.bind(world.server);
  world.server.call = async <Answer>(method: string, body: Readonly<Record<string, unknown>>): Promise<Answer> => {
    if (method === 'annotations.bulk.info') time -= SLOW_MS;
    if (time <= 0) throw new Error('the time of the call is over');
    return call<Answer>(method, body);
  };
  const ports = { connect: () => world.server, files: world.files, now: () => 0, remaining: () => time };
  const request = {
    connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn:secret' }, groups: [], jobIds: [], dataset: { Id: '50' },
    resultUri: 's3://out/labels', labelAttributeName: 'fruit-ref', format: { kind: 'semanticSegmentation' as const }, escapeFormulas: true,
  };
  const act = async (event: object): Promise<ExportProgress> => {
    time = CALL_MS;
    return await handleExport({ run: 'run', request, ...event } as never, ports) as ExportProgress;
  };
  let progress = await act({ action: 'plan' });
  const ends: number[] = [];
  for (; progress.next === 'read'; progress = await act({ action: 'read', from: progress.from })) ends.push(progress.from);
  // two requests a part: a third part would not fit
  expect(ends).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(await act({ action: 'finish' })).toMatchObject({ objects: 1000, unlabeled: 1000 });
});
