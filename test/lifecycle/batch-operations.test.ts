import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { deployAssembly } from '../../local/src/commands/deploy';
import { Engine } from '../../local/src/engine';
import { s3batch } from '../../src';
import { csvRows, ReportRow, reportRow } from '../../src/model/s3batch/completion-report';
import { OPERATION_NAMES, OperationName } from '../../src/model/s3batch/operations';

const { CannedAccessControlList, ChecksumAlgorithm, GlacierJobTier, LegalHoldStatus, Manifest, Operation, StorageClass } = s3batch;

/** Every operation at work: deployed with the shipped bundles, roles judged by their policies, on keys that manifests must encode. */
const KEYS = ['plain.txt', 'a b+c,"d"/ü 100%\n🐈.txt'];
const UNTIL = new Date('2040-01-01T00:00:00Z');

let engine: Engine;
let outputs: Record<string, string>;
const call = <T = any>(operation: string, input: object): Promise<T> => engine.core.call<T>('s3', operation, input);
const head = (Bucket: string, Key: string) => call('HeadObject', { Bucket, Key });
const put = (Bucket: string, options: object = {}) => Promise.all(KEYS.map((Key) => call('PutObject', { Bucket, Key, Body: Buffer.from('content'), ...options })));
const tags = async (Bucket: string, Key: string) => (await call<{ TagSet: object[] }>('GetObjectTagging', { Bucket, Key })).TagSet;

interface AtWork {
  readonly name: OperationName;
  /** Of the bucket with the objects. */
  readonly bucket: string;
  /** Makes the bucket and its objects. */
  readonly prepare: () => Promise<unknown>;
  readonly operation: (stack: Stack) => s3batch.Operation;
  /** What an object has become; `row` is its line in the report. */
  readonly check: (key: string, row: ReportRow) => Promise<void>;
}

const bucketOf = (Bucket: string, bucket: object = {}, object: object = {}) => async () => {
  await call('CreateBucket', { Bucket, ...bucket });
  await put(Bucket, object);
};

const REPLICATION = {
  Role: 'arn:aws:iam::123456789012:role/replication',
  Rules: [{
    Status: 'Enabled', Priority: 1, Filter: { Prefix: '' }, Destination: { Bucket: 'arn:aws:s3:::replicas' }, DeleteMarkerReplication: { Status: 'Disabled' },
  }],
};

const AT_WORK: readonly AtWork[] = [
  {
    name: 'LambdaInvoke',
    bucket: 'invoked',
    prepare: bucketOf('invoked'),
    operation: (stack) => Operation.invokeFunction({
      function: new lambda.Function(stack, 'Fn', {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline(`exports.handler = async ({ invocationSchemaVersion, invocationId, job, tasks }) => ({
          invocationSchemaVersion, invocationId,
          results: tasks.map(({ taskId, s3Key, s3Bucket }) => ({
            taskId, resultCode: 'Succeeded', resultString: [job.userArguments.greeting, s3Bucket, decodeURIComponent(s3Key.replace(/\\+/g, ' '))].join(' '),
          })),
        });`),
      }),
      userArguments: { greeting: 'hello' },
    }),
    check: async (key, { message }) => expect(message).toBe(`hello invoked ${key}`),
  },
  {
    name: 'S3PutObjectCopy',
    bucket: 'copied',
    prepare: async () => {
      await bucketOf('copied', {}, { Tagging: 'a=1' })();
      await call('CreateBucket', { Bucket: 'copies' });
    },
    operation: (stack) => Operation.copyObjects({
      targetBucket: s3.Bucket.fromBucketName(stack, 'Copies', 'copies'),
      targetKeyPrefix: 'thumbs',
      storageClass: StorageClass.STANDARD_IA,
      newObjectMetadata: { contentType: 'text/x-copy', userMetadata: { from: 'batch' } },
      newObjectTagging: { team: 'vision' },
      checksumAlgorithm: ChecksumAlgorithm.SHA256,
    }),
    check: async (key) => {
      expect(await head('copies', `thumbs/${key}`)).toMatchObject({ StorageClass: 'STANDARD_IA', ContentType: 'text/x-copy', Metadata: { from: 'batch' } });
      expect(await tags('copies', `thumbs/${key}`)).toEqual([{ Key: 'team', Value: 'vision' }]);
    },
  },
  {
    name: 'S3PutObjectAcl',
    bucket: 'shared',
    prepare: bucketOf('shared', { ObjectOwnership: 'ObjectWriter' }),
    operation: () => Operation.replaceAcl({ cannedAccessControlList: CannedAccessControlList.PUBLIC_READ }),
    check: async (Key) => {
      const { Grants } = await call('GetObjectAcl', { Bucket: 'shared', Key });
      expect(Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }, { Permission: 'READ', Grantee: { Type: 'Group' } }]);
    },
  },
  {
    name: 'S3PutObjectTagging',
    bucket: 'tagged',
    prepare: bucketOf('tagged', {}, { Tagging: 'old=1' }),
    operation: () => Operation.replaceTags({ tags: { team: 'vision', empty: '' } }),
    check: async (key) => expect(await tags('tagged', key)).toEqual([{ Key: 'empty', Value: '' }, { Key: 'team', Value: 'vision' }]),
  },
  {
    name: 'S3DeleteObjectTagging',
    bucket: 'untagged',
    prepare: bucketOf('untagged', {}, { Tagging: 'old=1' }),
    operation: () => Operation.deleteTags(),
    check: async (key) => expect(await tags('untagged', key)).toEqual([]),
  },
  {
    name: 'S3InitiateRestoreObject',
    bucket: 'archived',
    prepare: bucketOf('archived', {}, { StorageClass: 'GLACIER' }),
    operation: () => Operation.restore({ expiration: Duration.days(3), glacierJobTier: GlacierJobTier.BULK }),
    check: async (key) => expect(await head('archived', key)).toMatchObject({ StorageClass: 'GLACIER', Restore: expect.stringContaining('ongoing-request=') }),
  },
  {
    name: 'S3PutObjectLegalHold',
    bucket: 'held',
    prepare: bucketOf('held', { ObjectLockEnabledForBucket: true }),
    operation: () => Operation.legalHold({ status: LegalHoldStatus.ON }),
    check: async (key) => expect(await head('held', key)).toMatchObject({ ObjectLockLegalHoldStatus: 'ON' }),
  },
  {
    name: 'S3PutObjectRetention',
    bucket: 'retained',
    prepare: bucketOf('retained', { ObjectLockEnabledForBucket: true }),
    operation: () => Operation.retention({ mode: s3.ObjectLockMode.GOVERNANCE, retainUntilDate: UNTIL }),
    check: async (key) => expect(await head('retained', key)).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: UNTIL }),
  },
  {
    name: 'S3ReplicateObject',
    bucket: 'replicated',
    prepare: async () => {
      for (const Bucket of ['replicated', 'replicas']) {
        await call('CreateBucket', { Bucket });
        await call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
      }
      await put('replicated');
      await call('PutBucketReplication', { Bucket: 'replicated', ReplicationConfiguration: REPLICATION });
    },
    operation: () => Operation.replicate(),
    check: async (key) => {
      expect(await head('replicated', key)).toMatchObject({ ReplicationStatus: 'COMPLETED' });
      expect(await head('replicas', key)).toMatchObject({ ReplicationStatus: 'REPLICA' });
    },
  },
  {
    name: 'S3ComputeObjectChecksum',
    bucket: 'summed',
    prepare: bucketOf('summed', {}, { StorageClass: 'GLACIER' }),
    operation: () => Operation.computeChecksum({ checksumAlgorithm: ChecksumAlgorithm.CRC32 }),
    check: async (_, { message }) => expect(JSON.parse(message)).toMatchObject({ checksumAlgorithm: 'CRC32', checksum_hex: 'FEC530A9' }),
  },
  {
    name: 'S3UpdateObjectEncryption',
    bucket: 'encrypted',
    prepare: bucketOf('encrypted'),
    operation: (stack) => Operation.updateEncryption({ encryptionKey: new kms.Key(stack, 'Key'), bucketKeyEnabled: true }),
    check: async (key) => expect(await head('encrypted', key)).toMatchObject({
      ServerSideEncryption: 'aws:kms', SSEKMSKeyId: expect.stringContaining(':key/'), BucketKeyEnabled: true,
    }),
  },
];

/** One stack with a job for each operation, each of which must be complete without a failed task. */
function declare(stack: Stack): void {
  for (const { name, bucket, operation } of AT_WORK) {
    const job = new s3batch.BatchJob(stack, name, {
      operation: operation(stack),
      manifest: Manifest.fromRows(s3.Bucket.fromBucketName(stack, `${name}Objects`, bucket), KEYS.map((key) => ({ key }))),
      waitForCompletion: true,
      maxFailedTasks: 0,
    });
    for (const [what, value] of Object.entries({ Status: job.batchJobStatus, Report: job.reportManifestS3Uri, Succeeded: String(job.succeededTasks) })) {
      stack.exportValue(value, { name: `${name}${what}` });
    }
  }
}

beforeAll(async () => {
  engine = await Engine.start({ annotators: 'off', iam: 'enforce' });
  for (const { prepare } of AT_WORK) await prepare();
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'batch-operations-'));
  const app = new App({ outdir, analyticsReporting: false });
  declare(new Stack(app, 'Life'));
  app.synth();
  const { stacks: { Life } } = await deployAssembly({ endpoint: engine.endpoint, assemblyDirectory: outdir });
  fs.rmSync(outdir, { recursive: true, force: true });
  expect(Life).toMatchObject({ status: 'CREATE_COMPLETE' });
  outputs = Life.outputs;
});

afterAll(() => engine.stop());

/** The rows of a job's completion report, by key. */
async function report(uri: string): Promise<Record<string, ReportRow>> {
  const [, Bucket, manifestKey] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
  const text = async (Key: string) => (await call<{ Body: Buffer }>('GetObject', { Bucket, Key })).Body.toString();
  const { Results } = JSON.parse(await text(manifestKey)) as { Results: Array<{ Key: string }> };
  const rows = (await Promise.all(Results.map(({ Key }) => text(Key)))).flatMap(csvRows).map(reportRow);
  return Object.fromEntries(rows.map((row) => [row.key!, row]));
}

test('every operation is at work', () => {
  expect(AT_WORK.map(({ name }) => name)).toEqual([...OPERATION_NAMES]);
});

test.each(AT_WORK.map((each) => [each.name, each] as const))('%s does to objects what S3 documents', async (name, { check }) => {
  expect(outputs).toMatchObject({ [`Export${name}Status`]: 'Complete', [`Export${name}Succeeded`]: String(KEYS.length) });
  const rows = await report(outputs[`Export${name}Report`]);
  expect(Object.values(rows).filter(({ status }) => status === 'failed')).toEqual([]);
  expect(Object.keys(rows).sort()).toEqual([...KEYS].sort());
  for (const key of KEYS) await check(key, rows[key]);
});
