import * as fs from 'node:fs';
import * as path from 'node:path';
import { fleetIdentity, rosterHash } from '../../../src/model/supervisely/fleet/fleet-spec';
import { settingsRevision } from '../../../src/model/supervisely/group-spec';
import type { JobFleetProperties } from '../../../src/supervisely/private/job-fleet-contract';
import { decodeJobFleetProperties, decodeJobFleetRemoval } from '../../../src/supervisely/private/job-fleet-decoding-contract';

/** Properties as the first release renders them: Delete and rollback bring them back for ever. */
const released = JSON.parse(fs.readFileSync(path.join(__dirname, '../../fixtures/contracts/supervisely-job-fleet-1.json'), 'utf8')) as JobFleetProperties;

test('all that CloudFormation made strings is restored', () => {
  expect(decodeJobFleetProperties(released)).toMatchObject({
    spec: {
      teamId: 8,
      imageSets: [
        { dataset: { projectId: 5555, name: 'ds1' }, includeImagesWithTags: ['ripe'], excludeImagesWithTags: ['blurred'] },
        { dataset: { id: 10556 }, imageIds: [3882698, 3882697] },
        { dataset: { importRecord: 's3://data/import/import.json' } },
      ],
      labelers: [{ login: 'labeler_1', weight: 2 }, { id: 102, weight: 1 }],
      work: { classes: ['kiwi', 'lemon'], tags: ['size'] },
      settings: { objectsLimitPerImage: 10, dynamicTags: true, guideId: 3, attempt: 2 },
      editable: { reviewer: { login: 'my_username' }, customData: { batch: 7 }, disableConfirm: false },
      rejectedImages: 'REPORT',
    },
    relabel: 'kiwis', waitForStatus: 'completed', timeoutSeconds: 3300, mode: 'ENFORCE',
  });
  expect(decodeJobFleetRemoval(released)).toMatchObject({
    teamId: 8, imageSets: [{ dataset: { name: 'ds1' } }, {}, {}], removalMode: 'DRAIN', drainThen: 'ARCHIVE', drainTimeoutSeconds: 600, timeoutSeconds: 3300,
  });
});

test('hashes stay: with others, every job of the first release would be replaced', () => {
  const { spec } = decodeJobFleetProperties(released);
  const roster = rosterHash([{ userId: 2, weight: 1 }, { userId: 1, weight: 3 }]);
  expect([fleetIdentity(spec, 'guid'), settingsRevision(spec.settings), roster]).toEqual(['c1f87539dae2', '141e128343df', '85e14a43d822']);
  expect(rosterHash([{ userId: 1, weight: 3 }, { userId: 2, weight: 1 }])).toBe(roster);
});

test.each([
  ['ContractVersion', { ContractVersion: '2' }, 'construct and handler are of different releases'],
  ['Labelers', { Labelers: [{}] }, 'Labelers[0]: expected the Id or the Login of somebody'],
  ['Weight', { Labelers: [{ Id: '1', Weight: '0' }] }, 'Labelers[0].Weight: expected 1 to 1000, got 0'],
  ['RejectedImages', { RejectedImages: 'KEEP' }, 'RejectedImages: expected one of RESTART, REPORT'],
])('%s is checked', (_, changes, message) => {
  expect(() => decodeJobFleetProperties({ ...released, ...changes } as JobFleetProperties)).toThrow(message);
});
