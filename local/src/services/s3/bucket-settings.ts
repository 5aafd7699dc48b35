import type { BucketStore } from './bucket-store';
import { type S3ErrorCode, s3Error } from './errors';
import { checkCors, checkLifecycle, checkPolicy } from './setting-rules';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

/** A configuration of a bucket that is put, got and deleted as a whole. */
interface Setting {
  readonly name: string;
  /** The end of the operations' names: `PutBucketCors`, … */
  readonly operations: { readonly put: string; readonly get: string; readonly delete: string };
  /** The member of PutX that holds it. */
  readonly input: string;
  /** How GetX gives it. */
  readonly output: (value: unknown) => object;
  readonly absent: S3ErrorCode;
  readonly check?: (value: Input, bucket: string) => void;
}

const NOTHING_BLOCKED = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false };

const SETTINGS: readonly Setting[] = [
  {
    name: 'cors',
    operations: { put: 'PutBucketCors', get: 'GetBucketCors', delete: 'DeleteBucketCors' },
    input: 'CORSConfiguration',
    output: (value) => value as object,
    absent: 'NoSuchCORSConfiguration',
    check: checkCors,
  },
  {
    name: 'policy',
    operations: { put: 'PutBucketPolicy', get: 'GetBucketPolicy', delete: 'DeleteBucketPolicy' },
    input: 'Policy',
    output: (Policy) => ({ Policy }),
    absent: 'NoSuchBucketPolicy',
    check: checkPolicy,
  },
  {
    name: 'publicAccessBlock',
    operations: { put: 'PutPublicAccessBlock', get: 'GetPublicAccessBlock', delete: 'DeletePublicAccessBlock' },
    input: 'PublicAccessBlockConfiguration',
    output: (value) => ({ PublicAccessBlockConfiguration: { ...NOTHING_BLOCKED, ...value as object } }),
    absent: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    name: 'lifecycle',
    operations: { put: 'PutBucketLifecycleConfiguration', get: 'GetBucketLifecycleConfiguration', delete: 'DeleteBucketLifecycle' },
    input: 'LifecycleConfiguration',
    output: (value) => value as object,
    absent: 'NoSuchLifecycleConfiguration',
    check: checkLifecycle,
  },
  {
    name: 'ownershipControls',
    operations: { put: 'PutBucketOwnershipControls', get: 'GetBucketOwnershipControls', delete: 'DeleteBucketOwnershipControls' },
    input: 'OwnershipControls',
    output: (OwnershipControls) => ({ OwnershipControls }),
    absent: 'OwnershipControlsNotFoundError',
  },
];

const DEFAULT_ENCRYPTION = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] };

export function settingOperations(store: BucketStore): Record<string, Operation> {
  return {
    ...Object.assign({}, ...SETTINGS.map((setting) => operationsOf(store, setting))) as Record<string, Operation>,
    PutBucketEncryption: (input: Input) => {
      store.bucket(input.Bucket).settings.set('encryption', input.ServerSideEncryptionConfiguration);
      return {};
    },
    // deleting it goes back to what S3 does by itself
    DeleteBucketEncryption: (input: Input) => {
      store.bucket(input.Bucket).settings.delete('encryption');
      return {};
    },
    GetBucketEncryption: (input: Input) => ({
      ServerSideEncryptionConfiguration: store.bucket(input.Bucket).settings.get('encryption') ?? DEFAULT_ENCRYPTION,
    }),
    PutBucketLogging: (input: Input) => {
      store.bucket(input.Bucket).settings.set('logging', input.BucketLoggingStatus);
      return {};
    },
    GetBucketLogging: (input: Input) => store.bucket(input.Bucket).settings.get('logging') ?? {},
    GetBucketPolicyStatus: (input: Input) => {
      if (!store.bucket(input.Bucket).settings.has('policy')) throw s3Error('NoSuchBucketPolicy', { BucketName: input.Bucket });
      return { PolicyStatus: { IsPublic: false } };
    },
    GetBucketAcl: (input: Input) => {
      store.bucket(input.Bucket);
      return ownerAcl(store);
    },
  };
}

function operationsOf(store: BucketStore, setting: Setting): Record<string, Operation> {
  return {
    [setting.operations.put]: (input: Input) => {
      const { settings, name } = store.bucket(input.Bucket);
      setting.check?.(input[setting.input], name);
      settings.set(setting.name, input[setting.input]);
      return {};
    },
    [setting.operations.get]: (input: Input) => {
      const { settings } = store.bucket(input.Bucket);
      if (!settings.has(setting.name)) throw s3Error(setting.absent, { BucketName: input.Bucket });
      return setting.output(settings.get(setting.name));
    },
    [setting.operations.delete]: (input: Input) => {
      store.bucket(input.Bucket).settings.delete(setting.name);
      return {};
    },
  };
}

function ownerAcl(store: BucketStore): object {
  return { Owner: store.owner, Grants: [{ Grantee: { Type: 'CanonicalUser', ...store.owner }, Permission: 'FULL_CONTROL' }] };
}
