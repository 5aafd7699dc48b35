import type { EngineCore } from '../../core/engine';
import type { Operation, Service } from '../../core/service';
import { BucketStore } from './bucket-store';
import { bucketOperations } from './buckets';
import { s3Error } from './errors';
import { listingOperations } from './listing';
import { objectOperations } from './objects';

/** Amazon S3: general purpose buckets of one account in one region. */
export function createS3(core: EngineCore): Service {
  const store = new BucketStore(core);
  const events = { emit: () => undefined };
  return {
    name: 's3',
    operations: checkingOwner(core.settings.accountId, {
      ...bucketOperations(store),
      ...objectOperations(store, events),
      ...listingOperations(store),
    }),
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
