import type { Bucket, Grant } from './bucket';
import type { BucketStore } from './bucket-store';
import { s3Error } from './errors';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const GROUPS = 'http://acs.amazonaws.com/groups/global';
const ALL_USERS = { Type: 'Group', URI: `${GROUPS}/AllUsers` };
const SIGNED_IN = { Type: 'Group', URI: `${GROUPS}/AuthenticatedUsers` };
/** The account behind EC2, which `aws-exec-read` lets read. */
const EC2 = { Type: 'CanonicalUser', ID: '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c' };

/** What each canned list grants beyond the owner's control; bucket and object have one owner here. */
const CANNED: Readonly<Record<string, readonly Grant[]>> = {
  'private': [],
  'public-read': [{ Grantee: ALL_USERS, Permission: 'READ' }],
  'public-read-write': [{ Grantee: ALL_USERS, Permission: 'READ' }, { Grantee: ALL_USERS, Permission: 'WRITE' }],
  'aws-exec-read': [{ Grantee: EC2, Permission: 'READ' }],
  'authenticated-read': [{ Grantee: SIGNED_IN, Permission: 'READ' }],
  'bucket-owner-read': [],
  'bucket-owner-full-control': [],
};

/** Those that also a bucket without access control lists takes: they change nothing. */
const WITHOUT_EFFECT = ['private', 'bucket-owner-full-control'];

const HEADERS: Readonly<Record<string, string>> = {
  GrantFullControl: 'FULL_CONTROL', GrantRead: 'READ', GrantReadACP: 'READ_ACP', GrantWrite: 'WRITE', GrantWriteACP: 'WRITE_ACP',
};

export function aclOperations(store: BucketStore): Record<string, Operation> {
  return {
    GetObjectAcl: ({ Bucket: name, Key, VersionId }: Input) => {
      const { grants = [] } = store.object(store.bucket(name), Key, VersionId);
      const own = { Grantee: { Type: 'CanonicalUser', ...store.owner }, Permission: 'FULL_CONTROL' };
      // a list put as a whole says itself what the owner may
      return { Owner: store.owner, Grants: grants.some(({ Grantee }) => Grantee.ID === store.owner.ID) ? grants : [own, ...grants] };
    },
    PutObjectAcl: (input: Input) => {
      const bucket = store.bucket(input.Bucket);
      const version = store.object(bucket, input.Key, input.VersionId);
      version.grants = input.AccessControlPolicy ? policyGrants(store, bucket, input.AccessControlPolicy) : requestedGrants(bucket, input) ?? missing();
      return {};
    },
  };
}

function missing(): never {
  throw s3Error('MissingSecurityHeader');
}

function policyGrants(store: BucketStore, bucket: Bucket, { Owner, Grants = [] }: Input): readonly Grant[] {
  refuseIfDisabled(bucket);
  if (Owner?.ID !== undefined && Owner.ID !== store.owner.ID) throw s3Error('AccessDenied');
  return Grants as readonly Grant[];
}

/** What a write or PutObjectAcl asks for by canned list or headers; undefined: nothing. */
export function requestedGrants(bucket: Bucket, input: Input): readonly Grant[] | undefined {
  const headers = Object.keys(HEADERS).filter((name) => input[name] !== undefined);
  if (input.ACL === undefined && headers.length === 0) return undefined;
  if (input.ACL !== undefined && headers.length > 0) throw s3Error('InvalidRequest', {}, 'Specifying both Canned ACLs and Header Grants is not allowed');
  if (headers.length > 0 || !WITHOUT_EFFECT.includes(input.ACL as string)) refuseIfDisabled(bucket);
  return input.ACL === undefined ? headers.flatMap((name) => headerGrants(HEADERS[name], input[name] as string)) : CANNED[input.ACL as string];
}

function refuseIfDisabled({ settings }: Bucket): void {
  const { Rules } = (settings.get('ownershipControls') ?? { Rules: [] }) as { Rules: ReadonlyArray<{ ObjectOwnership: string }> };
  if (Rules[0]?.ObjectOwnership === 'BucketOwnerEnforced') throw s3Error('AccessControlListNotSupported');
}

/** `id="…", uri="…", emailAddress="…"` */
function headerGrants(Permission: string, header: string): Grant[] {
  return header.split(',').map((part): Grant => {
    const [, type, value] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/.exec(part) ?? invalidGrantee(part);
    if (type === 'uri') return { Grantee: { Type: 'Group', URI: value }, Permission };
    return { Grantee: type === 'id' ? { Type: 'CanonicalUser', ID: value } : { Type: 'AmazonCustomerByEmail', EmailAddress: value }, Permission };
  });
}

function invalidGrantee(part: string): never {
  throw s3Error('InvalidArgument', { ArgumentValue: part.trim() }, 'Argument format not recognized');
}
