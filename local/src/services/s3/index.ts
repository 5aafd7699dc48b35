import { aclOperations } from './acl';
import { archiveOperations } from './archive';
import { settingOperations } from './bucket-settings';
import { BucketStore } from './bucket-store';
import { bucketOperations } from './buckets';
import { copyOperations } from './copy';
import { corsRules, type CorsRules } from './cors';
import { digesting, type DigestingService } from './digests';
import { s3Error } from './errors';
import { Notifications } from './events';
import { listingOperations } from './listing';
import { multipartOperations } from './multipart';
import { notificationOperations } from './notifications';
import { encryptionOperations } from './object-encryption';
import { lockOperations } from './object-lock';
import { objectOperations } from './objects';
import { replicating, type ReplicatingService, replicationOperations } from './replication';
import { taggingOperations } from './tagging';
import { versionOperations } from './versions';
import type { EngineCore } from '../../core/engine';
import type { Operation, Service } from '../../core/service';

/** Amazon S3: general purpose buckets of one account in one region. */
export function createS3(core: EngineCore): Service & CorsRules & DigestingService & ReplicatingService {
  const store = new BucketStore(core);
  const notifications = new Notifications(core);
  return {
    name: 's3',
    operations: checkingOwner(core.settings.accountId, {
      ...bucketOperations(store),
      ...settingOperations(store),
      ...notificationOperations(store, notifications),
      ...versionOperations(store),
      ...listingOperations(store),
      ...objectOperations(store, notifications),
      ...copyOperations(store, notifications),
      ...multipartOperations(store, notifications),
      ...taggingOperations(store, notifications),
      ...aclOperations(store),
      ...archiveOperations(store, notifications),
      ...encryptionOperations(store),
      ...lockOperations(store),
      ...replicationOperations(store),
    }),
    ...corsRules(store),
    ...digesting(store),
    ...replicating(store),
    notes: [
      'Bucket policies, public access blocks, lifecycle rules, ownership controls and logging are checked, stored and returned; none of them acts.',
      'Objects are encrypted in name only: the headers say what S3 would have done.',
      'SSE-C, MFA delete, XXHASH checksums and access control lists of buckets are refused; lists of objects are kept and returned.',
      'Replication rules replicate nothing by themselves: a batch job does.',
      'A write is never interrupted by another, so 409 ConditionalRequestConflict does not come up by itself; a fault can inject it.',
      'A signature is never judged, so presigned addresses do not expire.',
    ],
    simplified: {
      RestoreObject: 'Answers 200 always; takes as long, in virtual time, as documented at most.',
      GetBucketPolicyStatus: 'No policy counts as public.',
      GetObjectAttributes: 'Of the parts, only their number is given.',
      ListMultipartUploads: 'Common prefixes do not count towards a page.',
      PutBucketNotificationConfiguration: 'Destinations must exist; whether their policies let S3 in is not checked.',
    },
  };
}

/** Every request may name the account that it expects to own the bucket. */
function checkingOwner(accountId: string, operations: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]): [string, Operation] => [name, (input, context) => {
    const { ExpectedBucketOwner, ExpectedSourceBucketOwner } = input as Record<string, string | undefined>;
    for (const owner of [ExpectedBucketOwner, ExpectedSourceBucketOwner]) {
      if (owner !== undefined && owner !== accountId) throw s3Error('AccessDenied');
    }
    return operation(input, context) as unknown;
  }]));
}
