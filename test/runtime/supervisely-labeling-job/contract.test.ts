import * as fs from 'node:fs';
import * as path from 'node:path';
import { settingsRevision, workIdentity } from '../../../src/model/supervisely/group-spec';
import type { LabelingJobProperties } from '../../../src/supervisely/private/labeling-job-contract';
import { decodeLabelingJobProperties, decodeLabelingJobRemoval } from '../../../src/supervisely/private/labeling-job-decoding-contract';

/** Properties as the first release renders them: Delete and rollback bring them back for ever. */
const fixture = (name: string) => JSON.parse(fs.readFileSync(path.join(__dirname, `../../fixtures/contracts/${name}.json`), 'utf8')) as LabelingJobProperties;
const released = fixture('supervisely-labeling-job-1');
const imported = fixture('supervisely-labeling-job-1-import');

test('all that CloudFormation made strings is restored', () => {
  expect(decodeLabelingJobProperties(released)).toMatchObject({
    spec: {
      teamId: 8,
      dataset: { projectId: 5555, name: 'ds1' },
      labelers: [{ login: 'labeler_1' }, { id: 102 }],
      work: { imageIds: [3882698, 3882697], imagesRange: { start: 1 } },
      settings: { objectsLimitPerImage: 10, dynamicTags: true, guideId: 3, attempt: 2 },
      editable: { reviewer: { login: 'my_username' }, customData: { batch: 7 }, disableConfirm: false },
      desiredStatus: 'in_progress',
      resume: { maxAttempts: 3, stopped: 'RESUME', rejected: 'REPORT' },
    },
    relabel: 'kiwis', waitForStatus: 'completed', timeoutSeconds: 3300, mode: 'ENFORCE',
  });
  expect(decodeLabelingJobRemoval(released)).toMatchObject({ removalMode: 'DRAIN', drainThen: 'ARCHIVE', drainTimeoutSeconds: 600, timeoutSeconds: 3300 });
});

test('hashes stay: with others, every job of the first release would be replaced', () => {
  const { spec } = decodeLabelingJobProperties(released);
  expect([workIdentity(spec, 'guid'), settingsRevision(spec.settings)]).toEqual(['e330ceb59335', '141e128343df']);
});

test('an import defines the jobs, and not the place of its record', () => {
  const { spec } = decodeLabelingJobProperties(imported);
  expect(spec.dataset).toEqual({ importIdentity: '0123456789ab', importRecord: imported.Dataset.ImportRecord });
  const elsewhere = decodeLabelingJobRemoval({ ...imported, Dataset: { ...imported.Dataset, ImportRecord: 's3://other/import.json' } }).spec;
  const another = decodeLabelingJobRemoval({ ...imported, Dataset: { ...imported.Dataset, ImportIdentity: 'ba9876543210' } }).spec;
  expect([spec, elsewhere].map((one) => workIdentity(one, 'guid'))).toEqual(['6029d1d27385', '6029d1d27385']);
  expect(workIdentity(another, 'guid')).not.toBe('6029d1d27385');
});

test.each([
  ['ContractVersion', { ContractVersion: '2' }, 'construct and handler are of different releases'],
  ['DesiredStatus', { DesiredStatus: 'done' }, 'DesiredStatus: expected one of pending, in_progress'],
  ['Labelers', { Labelers: [{}] }, 'Labelers[0]: expected the Id or the Login of somebody'],
  ['Dataset', { Dataset: { Id: '0' } }, 'Dataset.Id: expected the id of something on the server'],
  ['CustomData', { Editable: { CustomData: '[1]' } }, 'Editable.CustomData: expected the JSON of an object'],
])('%s is checked', (_, changes, message) => {
  expect(() => decodeLabelingJobProperties({ ...released, ...changes } as LabelingJobProperties)).toThrow(message);
});
