import type { Bucket, ObjectVersion } from './bucket';
import type { BucketStore } from './bucket-store';
import { s3Error } from './errors';
import { eligibleFor, type ReplicationConfiguration, type ReplicationRule } from './replication-rules';
import type { Caller, Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const SETTING = 'replication';

/** Replication of an object that is there already, which only a batch job can ask for. */
export interface ReplicatingService {
  replicate(address: { Bucket: string; Key: string; VersionId?: string }, caller: Caller): Promise<void>;
}

export function replicationOperations(store: BucketStore): Record<string, Operation> {
  return {
    PutBucketReplication: ({ Bucket: name, ReplicationConfiguration: configuration }: Input) => {
      const bucket = store.bucket(name);
      checkConfiguration(store, bucket, configuration);
      const Rules = (configuration as ReplicationConfiguration).Rules.map((rule) => ({ ID: store.newId(20), ...rule }));
      bucket.settings.set(SETTING, { ...configuration, Rules });
      return {};
    },
    GetBucketReplication: ({ Bucket: name }: Input) => ({ ReplicationConfiguration: configurationOf(store.bucket(name)) }),
    DeleteBucketReplication: ({ Bucket: name }: Input) => {
      store.bucket(name).settings.delete(SETTING);
      return {};
    },
  };
}

export function replicating(store: BucketStore): ReplicatingService {
  return {
    // a refusal is an answer like any other call's
    async replicate({ Bucket: name, Key, VersionId }) {
      const bucket = store.bucket(name);
      const version = store.object(bucket, Key, VersionId);
      const rule = eligibleFor(configurationOf(bucket), Key, version.tags);
      if (!rule || !isReplicable(version, rule)) throw s3Error('InvalidRequest', {}, 'The object is not eligible for replication');
      const target = store.bucket(bucketName(rule));
      if (target.versioning !== 'Enabled') {
        version.replicationStatus = 'FAILED';
        throw s3Error('InvalidRequest', {}, 'Destination bucket must have versioning enabled.');
      }
      target.add({ ...version, ...encryption(version, rule), storageClass: rule.Destination.StorageClass ?? version.storageClass, replicationStatus: 'REPLICA' });
      version.replicationStatus = 'COMPLETED';
    },
  };
}

function configurationOf({ name, settings }: Bucket): ReplicationConfiguration {
  const configuration = settings.get(SETTING) as ReplicationConfiguration | undefined;
  if (!configuration) throw s3Error('ReplicationConfigurationNotFoundError', { BucketName: name });
  return configuration;
}

function checkConfiguration(store: BucketStore, bucket: Bucket, { Rules }: ReplicationConfiguration): void {
  if (Rules.length === 0) throw s3Error('MalformedXML');
  if (bucket.versioning !== 'Enabled') throw s3Error('InvalidRequest', {}, 'Versioning must be \'Enabled\' on the bucket to apply a replication configuration');
  for (const rule of Rules) {
    const target = store.buckets.get(bucketName(rule));
    if (!target) throw s3Error('InvalidRequest', {}, 'Destination bucket must exist.');
    if (target.versioning !== 'Enabled') throw s3Error('InvalidRequest', {}, 'Destination bucket must have versioning enabled.');
  }
}

function bucketName({ Destination }: ReplicationRule): string {
  return Destination.Bucket.replace(/^arn:[^:]+:s3:::/, '');
}

/** A replica goes no further; objects under KMS keys go only where the rule says so. */
function isReplicable({ headers, replicationStatus }: ObjectVersion, { SourceSelectionCriteria }: ReplicationRule): boolean {
  return replicationStatus !== 'REPLICA'
    && (headers.ServerSideEncryption !== 'aws:kms' || SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled');
}

function encryption({ headers }: ObjectVersion, { Destination }: ReplicationRule): Pick<ObjectVersion, 'headers'> {
  const key = Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  return { headers: key !== undefined && headers.ServerSideEncryption === 'aws:kms' ? { ...headers, SSEKMSKeyId: key } : headers };
}
