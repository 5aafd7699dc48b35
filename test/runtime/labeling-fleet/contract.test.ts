import * as fs from 'node:fs';
import * as path from 'node:path';
import { askedVersion } from '../../../runtime/labeling-fleet/member-version';
import { decodeFleetProperties, decodeFleetRemoval } from '../../../runtime/labeling-fleet/properties';
import { partAsMember, readSpecification } from '../../../runtime/labeling-fleet/specification';
import { DatasetPart, fleetResourceId, JOB_FLEET_CONTRACT_VERSION, JobFleetProperties, MemberSpec } from '../../../src/groundtruth/private/job-fleet-contract';
import { PendingVersion } from '../../../src/model/fleet/fleet-ledger';

interface Released {
  readonly properties: JobFleetProperties;
  readonly specification: readonly object[];
  readonly part: DatasetPart;
}

/** Every shape ever released, of the properties and of the specification that they name: Delete and rollback bring old ones back. */
const FOLDER = path.join(__dirname, '..', '..', 'fixtures', 'contracts');
const released = JSON.parse(fs.readFileSync(path.join(FOLDER, 'job-fleet-1.json'), 'utf8')) as Released;

async function* lines(): AsyncIterable<string> {
  yield* released.specification.map((line) => JSON.stringify(line));
}

/** The members and one part of the dataset, as their jobs are asked for. */
async function versions() {
  const input = decodeFleetProperties(released.properties);
  const { head, members } = await readSpecification(lines(), input);
  const all: MemberSpec[] = [];
  for await (const member of members) all.push(member);
  const context = { input, head, pending: { requestId: 'r' } as PendingVersion, stackGuid: '0f8fad5b-d9cb-469f-a165-70867728950e', isUpdate: false };
  return [...all.map((member) => askedVersion(member, context)), askedVersion(partAsMember(released.part, head, input), context, released.part.objects)];
}

test('the newest shape has a fixture', () => {
  expect(released.properties.ContractVersion).toBe(JOB_FLEET_CONTRACT_VERSION);
});

test('strings become what they were', () => {
  expect(decodeFleetProperties(released.properties)).toMatchObject({
    maxConcurrentJobs: 20, timeoutSeconds: 900, failOnFailedJob: true, reportOnly: false, relabel: 'new guideline', tags: { team: 'mail' }, driftParameter: '/fleet/drift',
  });
  expect(decodeFleetRemoval(released.properties)).toMatchObject({ removalMode: 'DRAIN', drainTimeoutSeconds: 600, drainThen: 'RETAIN', timeoutSeconds: 900 });
});

test('a Delete refuses nothing', () => {
  expect(decodeFleetRemoval({})).toMatchObject({ stateBucket: '', removalMode: 'STOP', timeoutSeconds: 3300 });
});

test('what only the deployment knew is put into the specification, and numbers are restored', async () => {
  const [own, taken, part] = await versions();
  expect(own).toMatchObject({
    request: {
      RoleArn: 'arn:aws:iam::111122223333:role/labels',
      LabelAttributeName: 'spam',
      HumanTaskConfig: { TaskTitle: 'Spam?', NumberOfHumanWorkersPerDataObject: 3 },
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://assets/44.manifest' } } },
    },
    tags: { team: 'mail', part: 'own' }, desiredState: 'DRAINED', labelsOnlyUnlabeled: true,
  });
  expect(taken).toMatchObject({ adopt: 'Mails-2026-08', labelsOnlyUnlabeled: false, resume: { failed: 'NEVER', maxAttempts: 1 } });
  expect(part.request).toMatchObject({ HumanTaskConfig: { WorkteamArn: 'team' } });
});

test('a part that is too small for automated labeling goes without', async () => {
  const [own, , part] = await versions();
  expect(own.request).toHaveProperty('LabelingJobAlgorithmsConfig');
  expect(part.request).not.toHaveProperty('LabelingJobAlgorithmsConfig');
});

test('ids and hashes stay: with others, every job of the first release would be made again', async () => {
  const { NameBase, Path } = released.properties;
  expect(fleetResourceId(NameBase, Path)).toBe('mails-0a1b2c-fleet-89ab-fad8c628');
  expect((await versions()).map(({ id, revision }) => [id, revision])).toEqual([
    ['mails-0a1b2c-fleet-89ab-01234567-88e4bc57139e', '2cc61b34649a'],
    ['mails-0a1b2c-fleet-89ab-89abcdef-eb22b2b2b4e6', '09bf2913a036'],
    ['mails-0a1b2c-fleet-89ab-dc7cb759-a7b64d27ada5', '9bf4601aebe9'],
  ]);
});
