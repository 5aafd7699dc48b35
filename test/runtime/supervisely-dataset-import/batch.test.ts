import { FakeFiles } from './fake-files';
import type { Caller } from '../../../runtime/shared/supervisely/client';
import { importBatch } from '../../../runtime/supervisely-dataset-import/batch';
import { type ImportLine, importLine } from '../../../src/model/supervisely/import/import-line';
import type { ImportDefinition } from '../../../src/supervisely/private/dataset-import-contract';

test('an image of which the server says nothing is told, not lost', async () => {
  const lines = ['a.jpg', 'b.jpg'].map((name, index) => importLine(JSON.stringify({ 'source-ref': `s3://photos/${name}` }), index + 1, []) as ImportLine);
  const answers: Record<string, unknown> = {
    'images.list': { total: 0, perPage: 500, pagesCount: 1, entities: [] },
    'images.bulk.add': [{ id: 1, name: lines[0].name }],
  };
  const caller = { serverUrl: 'https://supervisely.test', call: async (method: string) => answers[method] } as Caller;
  const definition = { transfer: 'LINK', labels: [], labeledTag: 'ground-truth' } as unknown as ImportDefinition;
  const { counts, failures } = await importBatch(lines, definition, { datasetId: 7, metaIds: {} }, { caller, objects: new FakeFiles() });
  expect(counts).toEqual({ images: 1, labeled: 0, failed: 1 });
  expect(failures).toEqual([{ 'line': 2, 'source-ref': 's3://photos/b.jpg', 'reason': 'the server has not refused the image, and does not show it either' }]);
});
