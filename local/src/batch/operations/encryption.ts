import type { S3UpdateObjectEncryptionOperation } from '@aws-sdk/client-s3-control';
import { eachObject, type OperationContext } from './object-call';
import type { TaskOperation } from '../task';

export function updateEncryption({ ObjectEncryption }: S3UpdateObjectEncryptionOperation, { core, caller }: OperationContext): TaskOperation {
  return eachObject(async (address) => void await core.call('s3', 'UpdateObjectEncryption', { ...address, ObjectEncryption }, caller));
}
