import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CreateJobCommandInput, JobDescriptor, JobManifestGeneratorFilter, S3JobManifestGenerator } from '@aws-sdk/client-s3-control';
import { batchFixture, type Fixture } from './batch-for-tests';
import { startEngine, type TestEngine } from '../engine-for-tests';

const OPERATION = { S3DeleteObjectTagging: {} };
const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

let engine: TestEngine;
let batch: Fixture;

beforeEach(async () => {
  engine = await startEngine();
  batch = await batchFixture(engine);
});

afterEach(() => engine.stop());

/** The keys, as in the manifest, of the tasks that a job has run, whatever came of them. */
async function keysOf(job: JobDescriptor): Promise<string[]> {
  const { succeeded = [], failed = [] } = await batch.report(job);
  return [...succeeded, ...failed].map((row) => row.split(',')[1]).sort();
}

async function failureOf(Manifest: CreateJobCommandInput['Manifest']): Promise<string> {
  const { Status, FailureReasons, ProgressSummary } = await batch.run(OPERATION, { Manifest });
  expect([Status, ProgressSummary!.TotalNumberOfTasks]).toEqual(['Failed', 0]);
  return `${FailureReasons![0].FailureCode}: ${FailureReasons![0].FailureReason}`;
}

describe('a CSV manifest', () => {
  test('has quoted values, columns to ignore, no last line break, and Windows line ends', async () => {
    for (const key of ['a,b', 'c', 'd e']) await batch.put('data', key, 'x');
    const text = '1,"data","a,b","says ""hi"",\ntwice"\r\n2,data,c,\r\n"3",data,d+e,x';
    const job = await batch.run(OPERATION, { Manifest: await batch.manifest(text, { fields: ['Ignore', 'Bucket', 'Key', 'Ignore'] }) });
    expect(job.ProgressSummary).toMatchObject({ TotalNumberOfTasks: 3, NumberOfTasksSucceeded: 3 });
  });

  test('names versions', async () => {
    await engine.core.call('s3', 'PutBucketVersioning', { Bucket: 'data', VersioningConfiguration: { Status: 'Enabled' } });
    const versions: string[] = [];
    for (const body of ['1', '2']) {
      const { VersionId } = await engine.core.call<{ VersionId: string }>('s3', 'PutObject', { Bucket: 'data', Key: 'k', Body: body, Tagging: 'a=1' });
      versions.push(VersionId);
    }
    const Manifest = await batch.manifest([['data', 'k', versions[0]], ['data', 'k', '']], { fields: ['Bucket', 'Key', 'VersionId'] });
    const job = await batch.run(OPERATION, { Manifest });
    expect(await batch.report(job)).toEqual({
      succeeded: [`data,k,${versions[0]},succeeded,200,,"Successful"`],
      failed: ['data,k,,failed,400,InvalidRequest,"Task failed due to missing VersionId"'],
    });
    const tags = async (VersionId: string) => (await engine.core.call<{ TagSet: object[] }>('s3', 'GetObjectTagging', { Bucket: 'data', Key: 'k', VersionId })).TagSet.length;
    expect([await tags(versions[0]), await tags(versions[1])]).toEqual([0, 1]);
  });

  test('is read as a version of its object', async () => {
    await engine.core.call('s3', 'PutBucketVersioning', { Bucket: 'manifests', VersioningConfiguration: { Status: 'Enabled' } });
    const put = (Body: string) => engine.core.call<{ VersionId: string; ETag: string }>('s3', 'PutObject', { Bucket: 'manifests', Key: 'm', Body });
    const first = await put('data,first\n');
    await put('data,second\n');
    const Location = { ObjectArn: 'arn:aws:s3:::manifests/m', ObjectVersionId: first.VersionId, ETag: first.ETag };
    const job = await batch.run(OPERATION, { Manifest: { Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] }, Location } });
    expect(await keysOf(job)).toEqual(['first']);
  });

  test('that S3 cannot use fails the job', async () => {
    const good = await batch.manifest('data,k\n');
    expect(await failureOf({ ...good, Location: { ...good.Location!, ETag: 'wrong' } })).toMatch(/^412: The ETag/);
    expect(await failureOf({ ...good, Location: { ...good.Location!, ObjectArn: 'arn:aws:s3:::manifests/none' } })).toBe('404: Reading the manifest is forbidden: AccessDenied');
    expect(await failureOf(await batch.manifest('data,k\n', { fields: ['Bucket', 'Ignore'] }))).toBe('InvalidManifestContent: Required fields are missing in the schema: + Key');
    for (const text of ['data,k\ndata\n', 'data,k,v\n', 'data,"k\n', 'data,a"b\n', 'data,\n', '', 'data,k\nother,k\n', 'data,k\n\ndata,l\n']) {
      expect(await failureOf(await batch.manifest(text))).toMatch(/^InvalidManifestContent: Invalid Manifest Content: /);
    }
  });

  test('with a key that is not URL-encoded fails that task', async () => {
    const job = await batch.run(OPERATION, { Manifest: await batch.manifest('data,100%\n') });
    expect(await batch.report(job)).toEqual({ failed: ['data,100%,,failed,400,InvalidRequest,"The key 100% is not URL-encoded"'] });
  });
});

describe('an inventory report', () => {
  async function inventory(schema: string, rows: string, change: object = {}): Promise<CreateJobCommandInput['Manifest']> {
    const bytes = gzipSync(rows);
    await batch.put('manifests', 'inv/data.csv.gz', bytes);
    const ETag = await batch.put('manifests', 'inv/manifest.json', JSON.stringify({
      sourceBucket: 'data',
      destinationBucket: 'arn:aws:s3:::manifests',
      version: '2016-11-30',
      fileFormat: 'CSV',
      fileSchema: schema,
      files: [{ key: 'inv/data.csv.gz', size: bytes.length, MD5checksum: createHash('md5').update(bytes).digest('hex') }],
      ...change,
    }));
    return { Spec: { Format: 'S3InventoryReport_CSV_20161130' }, Location: { ObjectArn: 'arn:aws:s3:::manifests/inv/manifest.json', ETag } };
  }

  test('gives its rows', async () => {
    const job = await batch.run(OPERATION, { Manifest: await inventory('Bucket, Key, Size', '"data","a%20b","1"\n"data","c","2"\n') });
    expect(await keysOf(job)).toEqual(['a%20b', 'c']);
  });

  test('that is none fails the job', async () => {
    const rows = '"data","c","2"\n';
    expect(await failureOf(await inventory('Bucket, Key, Size', rows, { fileFormat: 'ORC' }))).toMatch('must be in CSV format, not ORC');
    expect(await failureOf(await inventory('Bucket, Size', rows))).toMatch('+ Key');
    expect(await failureOf(await inventory('Bucket, Key, Size', rows, { files: [{ key: 'inv/data.csv.gz', MD5checksum: '0' }] }))).toMatch('MD5 checksum');
    expect(await failureOf(await inventory('Bucket, Key, Size', rows, { files: [{ key: 'inv/manifest.json' }] }))).toMatch('not compressed');
  });
});

describe('a generator', () => {
  const generate = (Filter?: JobManifestGeneratorFilter, more: Partial<S3JobManifestGenerator> = {}) => batch.run(OPERATION, {
    ManifestGenerator: { S3JobManifestGenerator: { SourceBucket: 'arn:aws:s3:::data', EnableManifestOutput: false, Filter, ...more } },
  });

  beforeEach(async () => {
    await batch.put('data', 'in/1.jpg', 'x');
    await batch.put('data', 'in/2 ü.txt', 'xx', { StorageClass: 'GLACIER' });
    await engine.control('POST', 'clock', { advanceSeconds: 3600 });
    await batch.put('data', 'out/3.jpg', 'xxx', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN, BucketKeyEnabled: true });
  });

  test.each<[string, JobManifestGeneratorFilter | undefined, string[]]>([
    ['no filter', undefined, ['in/1.jpg', 'in/2%20%C3%BC.txt', 'out/3.jpg']],
    ['a prefix', { KeyNameConstraint: { MatchAnyPrefix: ['in/'] } }, ['in/1.jpg', 'in/2%20%C3%BC.txt']],
    ['prefix and suffix', { KeyNameConstraint: { MatchAnyPrefix: ['in/'], MatchAnySuffix: ['.jpg'] } }, ['in/1.jpg']],
    ['a part of the name', { KeyNameConstraint: { MatchAnySubstring: [' ü'] } }, ['in/2%20%C3%BC.txt']],
    ['sizes, their bounds left out', { ObjectSizeGreaterThanBytes: 1, ObjectSizeLessThanBytes: 3 }, ['in/2%20%C3%BC.txt']],
    ['storage classes', { MatchAnyStorageClass: ['GLACIER', 'DEEP_ARCHIVE'] }, ['in/2%20%C3%BC.txt']],
    ['encryption by S3', { MatchAnyObjectEncryption: [{ SSES3: {} }] }, ['in/1.jpg', 'in/2%20%C3%BC.txt']],
    ['encryption by a key', { MatchAnyObjectEncryption: [{ SSEKMS: { KmsKeyArn: KEY_ARN, BucketKeyEnabled: true } }] }, ['out/3.jpg']],
    ['replication', { ObjectReplicationStatuses: ['NONE'] }, ['in/1.jpg', 'in/2%20%C3%BC.txt', 'out/3.jpg']],
    ['what replicates not', { EligibleForReplication: false }, ['in/1.jpg', 'in/2%20%C3%BC.txt', 'out/3.jpg']],
  ])('finds objects by %s', async (_what, filter, keys) => {
    expect(await keysOf(await generate(filter))).toEqual(keys);
  });

  test.each<[string, JobManifestGeneratorFilter]>([
    ['a key without bucket key', { MatchAnyObjectEncryption: [{ SSEKMS: { BucketKeyEnabled: false } }] }],
    ['two layers', { MatchAnyObjectEncryption: [{ DSSEKMS: {} }] }],
    ['keys of customers', { MatchAnyObjectEncryption: [{ SSEC: {} }] }],
    ['no encryption', { MatchAnyObjectEncryption: [{ NOTSSE: {} }] }],
    ['replicas', { ObjectReplicationStatuses: ['REPLICA', 'COMPLETED', 'FAILED'] }],
    ['what replicates', { EligibleForReplication: true }],
  ])('that finds nothing fails the job: %s', async (_what, filter) => {
    expect(await generate(filter)).toMatchObject({ Status: 'Failed', FailureReasons: [{ FailureReason: 'Manifest generation found no keys matching the filter criteria' }] });
  });

  test('finds objects by time', async () => {
    const { LastModified } = await engine.core.call<{ LastModified: Date }>('s3', 'HeadObject', { Bucket: 'data', Key: 'out/3.jpg' });
    const before = new Date(LastModified.getTime() - 1000);
    expect(await keysOf(await generate({ CreatedAfter: before }))).toEqual(['out/3.jpg']);
    expect(await keysOf(await generate({ CreatedBefore: before }))).toEqual(['in/1.jpg', 'in/2%20%C3%BC.txt']);
  });

  test('writes what it finds where another job can read it', async () => {
    const ManifestOutputLocation = { Bucket: 'arn:aws:s3:::manifests', ManifestPrefix: 'made', ManifestFormat: 'S3InventoryReport_CSV_20211130', ManifestEncryption: { SSES3: {} } } as const;
    const job = await generate({ KeyNameConstraint: { MatchAnyPrefix: ['in/'] } }, { EnableManifestOutput: true, ManifestOutputLocation });
    expect(job.GeneratedManifestDescriptor).toEqual({
      Format: 'S3InventoryReport_CSV_20211130',
      Location: { ObjectArn: `arn:aws:s3:::manifests/made/job-${job.JobId}/manifest.json`, ETag: expect.any(String) },
    });
    const { files: [{ key }] } = JSON.parse(await batch.text('manifests', `made/job-${job.JobId}/manifest.json`)) as { files: Array<{ key: string }> };
    const { Body } = await engine.core.call<{ Body: Buffer }>('s3', 'GetObject', { Bucket: 'manifests', Key: key });
    expect(gunzipSync(Body).toString()).toBe('data,in/1.jpg,\ndata,in/2%20%C3%BC.txt,\n');
  });
});
