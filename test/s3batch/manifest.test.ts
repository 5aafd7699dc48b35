import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { images, joined, rights, synthJob } from './fixtures';
import { csvRows } from '../../local/src/batch/manifest/csv-rows';
import { decodeKey } from '../../local/src/batch/task';
import model from '../../local/src/models/s3control.json';
import { s3batch } from '../../src';
import { newStack } from '../groundtruth/fixtures';

const { GeneratedManifestEncryption, Manifest, ManifestField, ObjectEncryptionFilter, Operation, ReplicationStatus, StorageClass } = s3batch;

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'manifests-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function file(text: string, name = 'objects.csv'): string {
  const written = path.join(folder, name);
  fs.writeFileSync(written, text);
  return written;
}

const withManifest = (make: (stack: Stack) => s3batch.Manifest) => synthJob((stack) => ({ manifest: make(stack) }));

describe('rows in code', () => {
  /** The text of the asset that a job with these rows has. */
  function written(rows: s3batch.ManifestRow[]): string {
    const { stack, properties } = withManifest((each) => Manifest.fromRows(images(each), rows));
    const assembly = (stack.node.root as App).synth();
    return fs.readFileSync(path.join(assembly.directory, `asset.${properties.Manifest.Key}`), 'utf8');
  }

  async function read(text: string): Promise<string[][]> {
    const rows: string[][] = [];
    for await (const row of csvRows((async function* pieces() { yield Buffer.from(text); })())) rows.push(row);
    return rows;
  }

  test('are an asset without a bucket, which the deployment puts in front', () => {
    const { properties } = withManifest((stack) => Manifest.fromRows(images(stack), [{ key: 'a' }, { key: 'b c' }]));
    expect(properties.Manifest).toEqual({
      Format: 'S3BatchOperations_CSV_20180820',
      Fields: ['Key'],
      Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' },
      Key: expect.stringMatching(/^[0-9a-f]{64}\.csv$/),
      RowsBucket: { Ref: 'Images2D38C313' },
    });
    expect(written([{ key: 'a' }, { key: 'b c' }])).toBe('a\nb%20c\n');
  });

  test('may have versions', () => {
    const { properties } = withManifest((stack) => Manifest.fromRows(images(stack), [{ key: 'a', versionId: 'v1' }, { key: 'b', versionId: 'null' }]));
    expect(properties.Manifest.Fields).toEqual(['Key', 'VersionId']);
    expect(written([{ key: 'a', versionId: 'v1' }, { key: 'b', versionId: 'null' }])).toBe('a,v1\nb,null\n');
  });

  test('come back from a manifest as they went in, whatever is in their keys', async () => {
    const special = fc.constantFrom(' ', '+', ',', '"', '\n', '\r\n', '%', '%20', '/', '🐈', 'ü', '\'', '(', '*', '!', '~', '?', '#', '&', '=', '\t');
    const key = fc.array(fc.oneof(special, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    const keys = fc.sample(key, 400).filter((each) => !/\p{Surrogate}/u.test(each));
    const unique = [...new Set(keys)];
    const found = await read(written(unique.map((each) => ({ key: each }))));
    expect(found.map(([encoded]) => decodeKey(encoded))).toEqual(unique);
    expect(found.every((row) => row.length === 1)).toBe(true);
  });

  test('define the job by their content and bucket', () => {
    const { properties } = withManifest((stack) => Manifest.fromRows(images(stack), [{ key: 'a' }]));
    expect(joined(properties.Identity.Manifest)).toMatch(/^sha256:[0-9a-f]{64} <Images2D38C313>$/);
  });

  const refusedRows = (rows: s3batch.ManifestRow[]) => () => Manifest.fromRows(s3.Bucket.fromBucketName(newStack(), 'B', 'my-images'), rows);

  test.each<[string, s3batch.ManifestRow[], string]>([
    ['no rows', [], 'the manifest has no rows, give at least one object'],
    ['an empty key', [{ key: '' }], 'row 1: the key has 0 bytes, S3 takes 1 to 1024'],
    ['a long key', [{ key: 'ü'.repeat(513) }], 'row 1: the key has 1026 bytes'],
    ['half an emoji', [{ key: 'a\ud83d' }], 'row 1: the key "a\\ud83d" is not valid Unicode'],
    ['an empty version', [{ key: 'a', versionId: '' }], "row 1: the version id is empty: leave it out, or give 'null'"],
    ['versions of some only', [{ key: 'a' }, { key: 'b', versionId: 'v' }], 'row 2 has a versionId and row 1 has none: give all rows one or none'],
    ['the same object twice', [{ key: 'a' }, { key: 'b' }, { key: 'a' }], 'row 3 names the same object as row 1'],
  ])('fail with %s', (_, rows, message) => {
    expect(refusedRows(rows)).toThrow(message);
  });
});

describe('a file', () => {
  test('is copied to where S3 can read it, with the columns that it has', () => {
    const { properties, statements } = withManifest(() => Manifest.fromAsset(file('photos,train%20set/1.jpg,v1\nphotos,2.jpg,v2\n')));
    expect(properties.Manifest).toMatchObject({ Fields: ['Bucket', 'Key', 'VersionId'], Key: expect.stringMatching(/\.csv$/), Copied: 'true' });
    expect(properties.Manifest.RowsBucket).toBeUndefined();
    expect(properties.Identity.Manifest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const allowed = rights(statements);
    expect(allowed).toMatchObject({ 'arn:<AWS::Partition>:s3:::photos/*': ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'] });
    expect(Object.keys(allowed)).not.toContain('arn:<AWS::Partition>:s3:::<?>/*.csv');
  });

  test('may have columns in another order', () => {
    const fields = [ManifestField.KEY, ManifestField.IGNORE, ManifestField.BUCKET];
    const { properties } = withManifest(() => Manifest.fromAsset(file('"a,b",12,photos\n'), { fields }));
    expect(properties.Manifest.Fields).toEqual(['Key', 'Ignore', 'Bucket']);
  });

  test.each<[string, string, s3batch.AssetManifestOptions, string]>([
    ['no rows', '', {}, 'the manifest has no rows'],
    ['one column', 'a\n', {}, "row 1 has 1 columns, 'fields' has 2: Bucket, Key"],
    ['rows of different width', 'photos,a\nphotos,b,v\n', {}, "row 2 has 3 columns, 'fields' has 2"],
    ['two buckets', 'photos,a\nothers,b\n', {}, "row 2: bucket 'others' is not 'photos' of row 1"],
    ['keys that are not encoded', 'photos,100%\n', {}, 'row 1: the key "100%" has a broken escape'],
    ['an open quote', 'photos,"a\n', {}, 'it is not CSV: a quoted value is never closed'],
    ['columns without a key', 'photos,a\n', { fields: [ManifestField.BUCKET, ManifestField.IGNORE] }, "'fields' must hold Key, got Bucket, Ignore"],
    ['a key twice', 'photos,a,b\n', { fields: [ManifestField.BUCKET, ManifestField.KEY, ManifestField.KEY] }, "'fields' must hold Key once"],
    ['another bucket than said', 'photos,a\n', { sourceBucket: s3.Bucket.fromBucketName(newStack(), 'S', 'pictures') }, "'sourceBucket' is pictures, the rows name photos"],
  ])('fails with %s', (_, text, options, message) => {
    expect(() => Manifest.fromAsset(file(text), options)).toThrow(message);
  });

  test('fails where there is none', () => {
    expect(() => Manifest.fromAsset(path.join(folder, 'nothing.csv'))).toThrow('cannot read');
  });
});

describe('a manifest in a bucket', () => {
  const at = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Lists', 'lists');

  test('is as its declaration says, and may name objects of another bucket', () => {
    const { properties, statements } = withManifest((stack) => Manifest.fromObject(at(stack), 'in/a.csv', {
      fields: [ManifestField.BUCKET, ManifestField.KEY, ManifestField.VERSION_ID], sourceBucket: images(stack), etag: 'e', versionId: 'v',
    }));
    expect(properties.Manifest).toEqual({
      Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key', 'VersionId'], Bucket: 'lists', Key: 'in/a.csv', ETag: 'e', VersionId: 'v',
    });
    expect(properties.Identity.Manifest).toBe('s3://lists/in/a.csv versionId=v etag=e');
    expect(rights(statements)).toMatchObject({
      '<Images2D38C313.Arn>/*': ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
      'arn:<AWS::Partition>:s3:::lists/in/a.csv': ['s3:GetObject', 's3:GetObjectVersion'],
    });
  });

  test('lies beside its objects by default', () => {
    const { properties, statements } = withManifest((stack) => Manifest.fromObject(at(stack), 'a.csv'));
    expect(properties.Manifest).toMatchObject({ Fields: ['Bucket', 'Key'] });
    expect(rights(statements)['arn:<AWS::Partition>:s3:::lists/*']).toEqual(['s3:DeleteObjectTagging']);
  });

  test('warns of encryption that S3 does not read', () => {
    const { stack } = withManifest((each) => Manifest.fromObject(new s3.Bucket(each, 'Kms', { encryption: s3.BucketEncryption.KMS }), 'a.csv'));
    Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('encrypt the manifest by SSE-S3'));
  });

  test('fails without a bucket\'s column', () => {
    expect(() => Manifest.fromObject(at(newStack()), 'a', { fields: [ManifestField.KEY] })).toThrow("'fields' must hold Bucket, got Key");
  });

  test('fails with an empty ETag', () => {
    expect(() => Manifest.fromObject(at(newStack()), 'a', { etag: '' })).toThrow("'etag' must have 1 to 1024 characters, got 0");
  });

  test('an inventory report is read with its files', () => {
    const { properties, statements } = withManifest((stack) => Manifest.fromInventory(at(stack), 'inv/images/daily/2026-11-01T00-00Z/manifest.json', { sourceBucket: images(stack) }));
    expect(properties.Manifest).toEqual({ Format: 'S3InventoryReport_CSV_20161130', Bucket: 'lists', Key: 'inv/images/daily/2026-11-01T00-00Z/manifest.json' });
    expect(rights(statements)).toMatchObject({ 'arn:<AWS::Partition>:s3:::lists/inv/images/daily/*': ['s3:GetObject', 's3:GetObjectVersion'] });
  });

  test('an inventory report is named by its manifest.json', () => {
    expect(() => Manifest.fromInventory(at(newStack()), 'a.csv.gz', { sourceBucket: images(newStack()) })).toThrow("'key' must be that of the report's manifest.json");
  });
});

describe('a generated manifest', () => {
  const key = (stack: Stack) => stack.node.tryFindChild('K') as unknown as kms.IKey | undefined
    ?? kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:us-east-1:111122223333:key/k');
  const everything = (stack: Stack): s3batch.GeneratedManifestOptions => ({
    sourceBucket: images(stack),
    expectedBucketOwner: '111122223333',
    filter: {
      createdAfter: new Date('2026-01-01T00:00:00Z'),
      createdBefore: new Date('2026-06-01T00:00:00Z'),
      matchAnyPrefix: 'in/',
      matchAnySuffix: '.jpg',
      matchAnySubstring: 'cat',
      objectSizeGreaterThanBytes: 1,
      objectSizeLessThanBytes: 1000,
      matchAnyStorageClass: [StorageClass.STANDARD, StorageClass.GLACIER_IR],
      matchAnyObjectEncryption: ObjectEncryptionFilter.sseKms({ key: key(stack), bucketKeyEnabled: false }),
      eligibleForReplication: true,
      objectReplicationStatuses: [ReplicationStatus.NONE, ReplicationStatus.FAILED],
    },
    output: {
      bucket: s3.Bucket.fromBucketName(stack, 'Lists', 'lists'),
      manifestPrefix: 'made',
      manifestEncryption: GeneratedManifestEncryption.sseKms(key(stack)),
      expectedManifestBucketOwner: '111122223333',
    },
  });
  const GENERATOR = {
    ExpectedBucketOwner: '111122223333',
    SourceBucket: '<Images2D38C313.Arn>',
    EnableManifestOutput: true,
    ManifestOutputLocation: {
      ExpectedManifestBucketOwner: '111122223333',
      Bucket: 'arn:<AWS::Partition>:s3:::lists',
      ManifestPrefix: 'made',
      ManifestEncryption: { SSEKMS: { KeyId: 'arn:aws:kms:us-east-1:111122223333:key/k' } },
      ManifestFormat: 'S3InventoryReport_CSV_20211130',
    },
    Filter: {
      EligibleForReplication: true,
      CreatedAfter: '2026-01-01T00:00:00.000Z',
      CreatedBefore: '2026-06-01T00:00:00.000Z',
      ObjectReplicationStatuses: ['NONE', 'FAILED'],
      KeyNameConstraint: { MatchAnyPrefix: ['in/'], MatchAnySuffix: ['.jpg'], MatchAnySubstring: ['cat'] },
      ObjectSizeGreaterThanBytes: 1,
      ObjectSizeLessThanBytes: 1000,
      MatchAnyStorageClass: ['STANDARD', 'GLACIER_IR'],
      MatchAnyObjectEncryption: [{ SSEKMS: { KmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/k', BucketKeyEnabled: false } }],
    },
  };

  test('has every member that the service knows', () => {
    const { request, properties, statements } = withManifest((stack) => Manifest.generated(everything(stack)));
    expect(request.ManifestGenerator).toEqual({ S3JobManifestGenerator: GENERATOR });
    expect(properties.Manifest).toBeUndefined();
    const members = (name: string) => Object.keys((model.shapes as unknown as Record<string, { members: object }>)[name].members).sort();
    expect(Object.keys(GENERATOR).sort()).toEqual(members('S3JobManifestGenerator'));
    expect(Object.keys(GENERATOR.Filter).sort()).toEqual(members('JobManifestGeneratorFilter'));
    expect(Object.keys(GENERATOR.ManifestOutputLocation).sort()).toEqual(members('S3ManifestOutputLocation'));
    expect(rights(statements)).toMatchObject({
      '<Images2D38C313.Arn>': ['s3:PutInventoryConfiguration', 's3:GetReplicationConfiguration'],
      'arn:<AWS::Partition>:s3:::lists/made/*': ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      'arn:aws:kms:us-east-1:111122223333:key/k': ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
  });

  test.each<[string, s3batch.ObjectEncryptionFilter, object]>([
    ['SSE-S3', ObjectEncryptionFilter.SSE_S3, { SSES3: {} }],
    ['SSE-C', ObjectEncryptionFilter.SSE_C, { SSEC: {} }],
    ['none', ObjectEncryptionFilter.NOT_SSE, { NOTSSE: {} }],
    ['any key of KMS', ObjectEncryptionFilter.sseKms(), { SSEKMS: {} }],
    ['two layers', ObjectEncryptionFilter.dsseKms(), { DSSEKMS: {} }],
  ])('may ask for encryption by %s', (_, matchAnyObjectEncryption, expected) => {
    const { request } = withManifest((stack) => Manifest.generated({ sourceBucket: images(stack), filter: { matchAnyObjectEncryption } }));
    expect(request.ManifestGenerator.S3JobManifestGenerator.Filter).toEqual({ MatchAnyObjectEncryption: [expected] });
  });

  test('goes beside the report, so that what is left can be found', () => {
    const { request, properties } = withManifest((stack) => Manifest.generated({ sourceBucket: images(stack) }));
    expect(request.ManifestGenerator.S3JobManifestGenerator).toEqual({
      SourceBucket: '<Images2D38C313.Arn>',
      EnableManifestOutput: true,
      ManifestOutputLocation: { Bucket: '<BatchReportsA5EC7759.Arn>', ManifestPrefix: 'manifests', ManifestFormat: 'S3InventoryReport_CSV_20211130' },
    });
    // where the library puts it defines no work
    expect(JSON.parse(joined(properties.Identity.Manifest))).toEqual({ SourceBucket: '<Images2D38C313.Arn>', EnableManifestOutput: false });
  });

  test('goes nowhere for a job without a report', () => {
    const { request } = synthJob((stack) => ({ manifest: Manifest.generated({ sourceBucket: images(stack) }), report: s3batch.CompletionReport.none() }));
    expect(request.ManifestGenerator.S3JobManifestGenerator.EnableManifestOutput).toBe(false);
  });

  test('of a replication needs to see its configuration', () => {
    const { statements } = synthJob((stack) => ({ manifest: Manifest.generated({ sourceBucket: images(stack) }), operation: Operation.replicate() }));
    expect(rights(statements)['<Images2D38C313.Arn>']).toEqual(['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration']);
  });

  const source = s3.Bucket.fromBucketName(newStack(), 'B', 'my-images');
  const express = s3.Bucket.fromBucketName(newStack(), 'B', 'fast--use1-az4--x-s3');
  test.each<[string, Partial<s3batch.GeneratedManifestOptions>, string]>([
    ['a directory bucket', { sourceBucket: express }, "'sourceBucket' must be a general purpose bucket, got the directory bucket fast--use1-az4--x-s3"],
    ['output in a directory bucket', { output: { bucket: express } }, "'output.bucket' must be a general purpose bucket"],
    ['an owner\'s name', { expectedBucketOwner: 'me' }, "'expectedBucketOwner' must be an account's id of 12 digits, got \"me\""],
    ['an empty prefix', { filter: { matchAnyPrefix: '' } }, "'filter.matchAnyPrefix' must have 1 to 1024 characters, got 0"],
    ['a negative size', { filter: { objectSizeGreaterThanBytes: -1 } }, "'filter.objectSizeGreaterThanBytes' must be a whole number of 0 to"],
    ['sizes that exclude each other', { filter: { objectSizeGreaterThanBytes: 5, objectSizeLessThanBytes: 6 } }, 'leave no size between them'],
    ['times that exclude each other', { filter: { createdAfter: new Date(1), createdBefore: new Date(1) } }, "'filter.createdAfter' 1970-01-01T00:00:00.001Z must be earlier"],
    ['an output prefix with a slash', { output: { bucket: source, manifestPrefix: 'lists/' } }, "'output.manifestPrefix' must not begin or end with a slash"],
    ['a long output prefix', { output: { bucket: source, manifestPrefix: 'x'.repeat(513) } }, "'output.manifestPrefix' must have 1 to 512 characters, got 513"],
  ])('fails with %s', (_, options, message) => {
    expect(() => Manifest.generated({ sourceBucket: source, ...options })).toThrow(message);
  });
});
