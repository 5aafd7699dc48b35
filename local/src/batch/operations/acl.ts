import type { S3Grant, S3Grantee, S3SetObjectAclOperation } from '@aws-sdk/client-s3-control';
import { eachObject, type OperationContext } from './object-call';
import type { TaskOperation } from '../task';

export function putObjectAcl({ AccessControlPolicy: policy }: S3SetObjectAclOperation, { core, caller }: OperationContext): TaskOperation {
  const { AccessControlList: list, CannedAccessControlList } = policy!;
  const grants = list?.Grants?.map(({ Grantee, Permission }) => ({ Grantee: granteeOf(Grantee!), Permission })) ?? [];
  const input = list ? { AccessControlPolicy: { Owner: list.Owner, Grants: grants } } : { ACL: CannedAccessControlList };
  return eachObject(async (address) => void await core.call('s3', 'PutObjectAcl', { ...address, ...input }, caller));
}

const HEADERS: Readonly<Record<string, string>> = {
  FULL_CONTROL: 'GrantFullControl', READ: 'GrantRead', READ_ACP: 'GrantReadACP', WRITE: 'GrantWrite', WRITE_ACP: 'GrantWriteACP',
};

/** Grants as the headers of a write: `id="…", uri="…"`. */
export function grantHeaders(grants: readonly S3Grant[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { Grantee, Permission } of grants) {
    const header = HEADERS[Permission!];
    const grantee = `${Grantee!.TypeIdentifier}="${Grantee!.Identifier}"`;
    headers[header] = header in headers ? `${headers[header]}, ${grantee}` : grantee;
  }
  return headers;
}

function granteeOf({ TypeIdentifier: type, Identifier, DisplayName }: S3Grantee): object {
  if (type === 'emailAddress') return { Type: 'AmazonCustomerByEmail', EmailAddress: Identifier };
  return type === 'uri' ? { Type: 'Group', URI: Identifier } : { Type: 'CanonicalUser', ID: Identifier, DisplayName };
}
