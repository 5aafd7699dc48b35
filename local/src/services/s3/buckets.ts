import { Bucket } from './bucket';
import type { BucketStore } from './bucket-store';
import { s3Error } from './errors';
import { enableLock } from './object-lock';
import { checkBucketTags } from './tag-rules';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

/** Region in which a bucket has no location constraint, and in which creating one's own again succeeds. */
const CLASSIC_REGION = 'us-east-1';
const DEFAULT_BUCKETS = 10_000;
const PRIVATE_ACLS = [undefined, 'private'];

export function bucketOperations(store: BucketStore): Record<string, Operation> {
  const { region } = store.core.settings;
  return {
    CreateBucket: (input: Input) => createBucket(store, input),
    HeadBucket: ({ Bucket: name }: Input) => {
      if (!store.buckets.has(name)) throw s3Error('NotFound');
      return { BucketRegion: region, BucketArn: `arn:${store.core.settings.partition}:s3:::${name}` };
    },
    GetBucketLocation: ({ Bucket: name }: Input) => {
      store.bucket(name);
      return region === CLASSIC_REGION ? {} : { LocationConstraint: region };
    },
    ListBuckets: (input: Input) => listBuckets(store, input),
    DeleteBucket: ({ Bucket: name }: Input) => {
      if (!store.bucket(name).isEmpty) throw s3Error('BucketNotEmpty', { BucketName: name });
      store.buckets.delete(name);
      return {};
    },
  };
}

function createBucket(store: BucketStore, input: Input): object {
  const { region, partition } = store.core.settings;
  const name = input.Bucket as string;
  if (!isBucketName(name)) throw s3Error('InvalidBucketName', { BucketName: name });
  const constraint = (input.CreateBucketConfiguration?.LocationConstraint ?? CLASSIC_REGION) as string;
  if (constraint !== region) {
    throw s3Error('IllegalLocationConstraintException', {}, `The ${constraint === CLASSIC_REGION ? 'unspecified' : constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`);
  }
  if (!PRIVATE_ACLS.includes(input.ACL) && input.ObjectOwnership !== 'ObjectWriter' && input.ObjectOwnership !== 'BucketOwnerPreferred') {
    throw s3Error('InvalidRequest', {}, 'Bucket cannot have ACLs set with ObjectOwnership\'s BucketOwnerEnforced setting');
  }
  const answer = { Location: `/${name}`, BucketArn: `arn:${partition}:s3:::${name}` };
  if (store.buckets.has(name)) {
    if (region !== CLASSIC_REGION) throw s3Error('BucketAlreadyOwnedByYou', { BucketName: name });
    return answer;
  }
  store.buckets.set(name, newBucket(store, name, input));
  return answer;
}

function newBucket(store: BucketStore, name: string, input: Input): Bucket {
  const bucket = new Bucket(name, store.core.settings.region, store.now());
  const tags = input.CreateBucketConfiguration?.Tags;
  if (tags) bucket.settings.set('tagging', { TagSet: checkBucketTags(tags) });
  bucket.settings.set('ownershipControls', { Rules: [{ ObjectOwnership: input.ObjectOwnership ?? 'BucketOwnerEnforced' }] });
  bucket.settings.set('publicAccessBlock', { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true });
  if (input.ObjectLockEnabledForBucket) enableLock(bucket);
  return bucket;
}

/** The rules for general purpose buckets. */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
    && !name.includes('..')
    && !/^\d+\.\d+\.\d+\.\d+$/.test(name)
    && !/^(xn--|sthree-|amzn-s3-demo-)/.test(name)
    && !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
}

function listBuckets(store: BucketStore, { MaxBuckets = DEFAULT_BUCKETS, ContinuationToken, Prefix = '', BucketRegion }: Input): object {
  const { region } = store.core.settings;
  const names = [...store.buckets.keys()].sort()
    .filter((name) => name.startsWith(Prefix) && (BucketRegion === undefined || BucketRegion === region))
    .filter((name) => ContinuationToken === undefined || name > Buffer.from(ContinuationToken, 'base64').toString('utf8'));
  const page = names.slice(0, MaxBuckets);
  return {
    Buckets: page.map((name) => ({ Name: name, CreationDate: new Date(store.bucket(name).created), BucketRegion: region })),
    Owner: store.owner,
    ...(Prefix !== '' && { Prefix }),
    ...(page.length < names.length && { ContinuationToken: Buffer.from(page[page.length - 1]).toString('base64') }),
  };
}
