import type { JobOperation } from '@aws-sdk/client-s3-control';
import { putObjectAcl } from './acl';
import { computeChecksum } from './checksum';
import { copyObject } from './copy';
import { updateEncryption } from './encryption';
import { invokeFunction } from './lambda-invoke';
import { eachObject, type OperationContext } from './object-call';
import { initiateRestore } from './restore';
import type { ReplicatingService } from '../../services/s3/replication';
import type { TaskOperation } from '../task';

type Makers = { readonly [Name in keyof JobOperation]-?: (parameters: NonNullable<JobOperation[Name]>, context: OperationContext) => TaskOperation };

/** What a job does to each object, by the name of its operation. */
const OPERATIONS: Makers = {
  LambdaInvoke: invokeFunction,
  S3PutObjectCopy: copyObject,
  S3PutObjectAcl: putObjectAcl,
  S3PutObjectTagging: ({ TagSet }, { core, caller }) => eachObject((address) => core.call('s3', 'PutObjectTagging', { ...address, Tagging: { TagSet } }, caller).then(() => undefined)),
  S3DeleteObjectTagging: (_, { core, caller }) => eachObject((address) => core.call('s3', 'DeleteObjectTagging', address, caller).then(() => undefined)),
  S3InitiateRestoreObject: initiateRestore,
  S3PutObjectLegalHold: ({ LegalHold }, { core, caller }) => eachObject((address) => core.call('s3', 'PutObjectLegalHold', { ...address, LegalHold }, caller).then(() => undefined)),
  S3PutObjectRetention: ({ Retention, BypassGovernanceRetention }, { core, caller }) =>
    eachObject((address) => core.call('s3', 'PutObjectRetention', { ...address, Retention, BypassGovernanceRetention }, caller).then(() => undefined)),
  S3ReplicateObject: (_, { core, caller }) => eachObject((address) => core.service<ReplicatingService>('s3').replicate(address, caller)),
  S3ComputeObjectChecksum: computeChecksum,
  S3UpdateObjectEncryption: updateEncryption,
};

export function taskOperation(operation: JobOperation, context: OperationContext): TaskOperation {
  const [[name, parameters]] = Object.entries(operation) as Array<[keyof JobOperation, unknown]>;
  return (OPERATIONS[name] as (parameters: unknown, context: OperationContext) => TaskOperation)(parameters, context);
}
