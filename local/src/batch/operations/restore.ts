import type { S3InitiateRestoreObjectOperation } from '@aws-sdk/client-s3-control';
import { eachObject, type OperationContext } from './object-call';
import type { TaskOperation } from '../task';

const TIERS = { BULK: 'Bulk', STANDARD: 'Standard' } as const;

/** The task has succeeded when the restore is under way: its end is the object's own event. */
export function initiateRestore({ ExpirationInDays: Days, GlacierJobTier = 'STANDARD' }: S3InitiateRestoreObjectOperation, { core, caller }: OperationContext): TaskOperation {
  const RestoreRequest = { Days, GlacierJobParameters: { Tier: TIERS[GlacierJobTier] } };
  return eachObject(async (address) => void await core.call('s3', 'RestoreObject', { ...address, RestoreRequest }, caller));
}
