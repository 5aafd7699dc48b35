import type { Bucket, ObjectVersion, Retention } from './bucket';
import type { BucketStore, NewVersion } from './bucket-store';
import { s3Error } from './errors';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const SETTING = 'objectLock';
const DAY = 24 * 3600 * 1000;

interface LockConfiguration {
  readonly ObjectLockEnabled?: 'Enabled';
  readonly Rule?: { readonly DefaultRetention?: { readonly Mode?: Retention['mode']; readonly Days?: number; readonly Years?: number } };
}

export function lockOperations(store: BucketStore): Record<string, Operation> {
  const found = ({ Bucket: name, Key, VersionId }: Input): ObjectVersion => {
    const bucket = store.bucket(name);
    requireLock(bucket);
    return store.object(bucket, Key, VersionId);
  };
  return {
    PutObjectLockConfiguration: ({ Bucket: name, ObjectLockConfiguration: configuration = {} }: Input) => {
      const bucket = store.bucket(name);
      checkConfiguration(bucket, configuration);
      bucket.settings.set(SETTING, { ...configuration, ObjectLockEnabled: 'Enabled' });
      return {};
    },
    GetObjectLockConfiguration: ({ Bucket: name }: Input) => {
      const ObjectLockConfiguration = store.bucket(name).settings.get(SETTING);
      if (!ObjectLockConfiguration) throw s3Error('ObjectLockConfigurationNotFoundError', { BucketName: name });
      return { ObjectLockConfiguration };
    },
    PutObjectLegalHold: (input: Input) => {
      const Status = input.LegalHold?.Status;
      if (Status === undefined) throw s3Error('MalformedXML');
      found(input).legalHold = Status;
      return {};
    },
    GetObjectLegalHold: (input: Input) => {
      const { legalHold } = found(input);
      if (legalHold === undefined) throw s3Error('NoSuchObjectLockConfiguration');
      return { LegalHold: { Status: legalHold } };
    },
    PutObjectRetention: (input: Input) => {
      const version = found(input);
      version.retention = changedRetention(version.retention, input, store.now());
      return {};
    },
    GetObjectRetention: (input: Input) => {
      const { retention } = found(input);
      if (!retention) throw s3Error('NoSuchObjectLockConfiguration');
      return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } };
    },
  };
}

/** Locking needs versions. */
export function enableLock(bucket: Bucket): void {
  bucket.versioning = 'Enabled';
  bucket.settings.set(SETTING, { ObjectLockEnabled: 'Enabled' });
}

export function isLocking({ settings }: Bucket): boolean {
  return settings.has(SETTING);
}

function requireLock(bucket: Bucket): void {
  if (!isLocking(bucket)) throw s3Error('InvalidRequest', {}, 'Bucket is missing Object Lock Configuration');
}

function checkConfiguration(bucket: Bucket, { ObjectLockEnabled, Rule }: LockConfiguration): void {
  if (bucket.versioning !== 'Enabled') throw s3Error('InvalidBucketState', {}, 'Versioning must be \'Enabled\' on the bucket to apply a Object Lock configuration');
  if (ObjectLockEnabled === undefined && !isLocking(bucket)) throw s3Error('MalformedXML');
  const retention = Rule?.DefaultRetention;
  if (Rule && (!retention?.Mode || (retention.Days === undefined) === (retention.Years === undefined))) throw s3Error('MalformedXML');
  if (retention && (retention.Days ?? retention.Years)! < 1) throw s3Error('InvalidArgument', {}, 'Default retention period must be a positive integer value.');
}

/** The lock of a new version: as the write asks, else the bucket's default. */
export function lockOf(bucket: Bucket, object: NewVersion, now: number): Pick<ObjectVersion, 'retention' | 'legalHold'> {
  const { retention, legalHold } = object;
  if (retention || legalHold) requireLock(bucket);
  if (retention && retention.until <= now) throw pastDate();
  if (object.isDeleteMarker) return {};
  return { legalHold, retention: retention ?? defaultRetention(bucket, now) };
}

function defaultRetention({ settings }: Bucket, now: number): Retention | undefined {
  const { Mode, Days = 0, Years = 0 } = (settings.get(SETTING) as LockConfiguration | undefined)?.Rule?.DefaultRetention ?? {};
  return Mode && { mode: Mode, until: now + (Days + 365 * Years) * DAY };
}

/** Compliance is only ever prolonged; governance gives way to those who may pass it by. */
function changedRetention(present: Retention | undefined, input: Input, now: number): Retention | undefined {
  const { Mode: mode, RetainUntilDate: date } = (input.Retention ?? {}) as { Mode?: Retention['mode']; RetainUntilDate?: Date };
  if ((mode === undefined) !== (date === undefined)) throw s3Error('MalformedXML');
  const next = mode && { mode, until: date!.getTime() };
  if (next && next.until <= now) throw pastDate();
  if (!present || present.until <= now) return next;
  const isStricter = next !== undefined && next.until >= present.until && (next.mode === present.mode || next.mode === 'COMPLIANCE');
  if (!isStricter && !(present.mode === 'GOVERNANCE' && input.BypassGovernanceRetention === true)) throw lockedError();
  return next;
}

/** A locked version cannot be deleted for good. */
export function checkDeletion({ retention, legalHold }: ObjectVersion, bypass: boolean | undefined, now: number): void {
  if (legalHold === 'ON') throw lockedError();
  if (retention && retention.until > now && !(retention.mode === 'GOVERNANCE' && bypass)) throw lockedError();
}

function lockedError(): Error {
  return s3Error('AccessDenied', {}, 'Access Denied because object protected by object lock.');
}

function pastDate(): Error {
  return s3Error('InvalidArgument', {}, 'The retain until date must be in the future!');
}

/** Members of GetObject's and HeadObject's outputs, and of a write's options. */
export function lockHeaders({ retention, legalHold }: ObjectVersion): Record<string, unknown> {
  return {
    ...(retention && { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.until) }),
    ...(legalHold && { ObjectLockLegalHoldStatus: legalHold }),
  };
}

export function lockOptions({ ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: legalHold }: Input): Pick<ObjectVersion, 'retention' | 'legalHold'> {
  if ((mode === undefined) !== (until === undefined)) {
    throw s3Error('InvalidArgument', {}, 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
  }
  return { ...(mode && { retention: { mode, until: (until as Date).getTime() } }), ...(legalHold && { legalHold }) };
}
