import * as fs from 'node:fs';
import * as path from 'node:path';
import { queueIdentity, queueRevision } from '../../../src/model/supervisely/queue-spec';
import type { LabelingQueueProperties } from '../../../src/supervisely/private/labeling-queue-contract';
import { decodeLabelingQueueProperties, decodeLabelingQueueRemoval } from '../../../src/supervisely/private/labeling-queue-decoding-contract';

/** Properties as the first release renders them: Delete and rollback bring them back for ever. */
const released = JSON.parse(fs.readFileSync(path.join(__dirname, '../../fixtures/contracts/supervisely-labeling-queue-1.json'), 'utf8')) as LabelingQueueProperties;

test('all that CloudFormation made strings is restored', () => {
  expect(decodeLabelingQueueProperties(released)).toMatchObject({
    spec: {
      teamId: 8,
      dataset: { projectId: 5555, name: 'ds1' },
      labelers: [{ login: 'labeler_1' }, { id: 102 }],
      reviewers: [{ login: 'my_username' }],
      qualityCheckers: [{ id: 103 }],
      work: { imageIds: [3882698, 3882697], imagesRange: { start: 1 } },
      settings: {
        objectsLimitPerImage: 10, tagsLimitPerImage: 5, dynamicClasses: false, dynamicTags: true, guideId: 3, toolboxSettings: { playbackRate: 2 },
        disableSubmit: true, hideFigureAuthor: true, reviewOwnAnnotations: true, skipCompleteJobOnEmpty: false,
      },
      attempt: 2,
      desiredStatus: 'in_progress',
    },
    relabel: 'kiwis', waitForStatus: 'completed', timeoutSeconds: 3300, mode: 'ENFORCE',
  });
  expect(decodeLabelingQueueRemoval(released)).toMatchObject({ removalMode: 'DRAIN', drainThen: 'COMPLETE', drainTimeoutSeconds: 600, timeoutSeconds: 3300 });
});

test('hashes stay: with others, every queue of the first release would be replaced', () => {
  const { spec } = decodeLabelingQueueProperties(released);
  expect([queueIdentity(spec, 'guid'), queueRevision(spec.settings)]).toEqual(['e330ceb59335', 'dfaa020c59f6']);
});

test.each([
  ['ContractVersion', { ContractVersion: '2' }, 'construct and handler are of different releases'],
  ['DesiredStatus', { DesiredStatus: 'done' }, 'DesiredStatus: expected one of pending, in_progress'],
  ['Reviewers', { Reviewers: [{}] }, 'Reviewers[0]: expected the Id or the Login of somebody'],
  ['CollectionId', { CollectionId: '0' }, 'CollectionId: expected the id of something on the server'],
  ['ToolboxSettings', { Settings: { Title: 'a', ToolboxSettings: '[1]' } }, 'Settings.ToolboxSettings: expected the JSON of an object'],
])('%s is checked', (_, changes, message) => {
  expect(() => decodeLabelingQueueProperties({ ...released, ...changes } as LabelingQueueProperties)).toThrow(message);
});
