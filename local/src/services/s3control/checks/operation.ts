import type { JobOperation } from '@aws-sdk/client-s3-control';
import { checkCopy } from './copy';
import { checkObjectTags } from './object-tags';
import { COMPOSITE_ALGORITHMS, COMPUTED_ALGORITHMS } from '../../../batch/operations/checksum-algorithms';
import type { EngineSettings } from '../../../core/engine';
import { ServiceError } from '../../../core/service';
import { badRequest } from '../errors';

type Checks = { readonly [Name in keyof JobOperation]-?: (operation: NonNullable<JobOperation[Name]>, settings: EngineSettings) => void };

const CHECKS: Checks = {
  LambdaInvoke: ({ FunctionArn, InvocationSchemaVersion, UserArguments }, { region }) => {
    if (FunctionArn === undefined) throw badRequest('Operation.LambdaInvoke.FunctionArn is required');
    const functionRegion = /^arn:[^:]+:lambda:([^:]+):/.exec(FunctionArn)?.[1];
    if (functionRegion !== undefined && functionRegion !== region) throw badRequest(`Operation.LambdaInvoke.FunctionArn must be in the region ${region}, got '${FunctionArn}'`);
    if (InvocationSchemaVersion !== undefined && !['1.0', '2.0'].includes(InvocationSchemaVersion)) {
      throw badRequest(`Operation.LambdaInvoke.InvocationSchemaVersion is 1.0 or 2.0, got '${InvocationSchemaVersion}'`);
    }
    if (UserArguments && InvocationSchemaVersion !== '2.0') throw badRequest('Operation.LambdaInvoke.UserArguments needs InvocationSchemaVersion 2.0');
  },
  S3PutObjectCopy: checkCopy,
  S3PutObjectAcl: ({ AccessControlPolicy: policy }) => {
    if ((policy?.AccessControlList === undefined) === (policy?.CannedAccessControlList === undefined)) {
      throw badRequest('Operation.S3PutObjectAcl.AccessControlPolicy must have either an AccessControlList or a CannedAccessControlList');
    }
  },
  S3PutObjectTagging: ({ TagSet }) => {
    if (TagSet === undefined) throw badRequest('Operation.S3PutObjectTagging.TagSet is required');
    checkObjectTags('Operation.S3PutObjectTagging.TagSet', TagSet);
  },
  S3DeleteObjectTagging: () => undefined,
  S3InitiateRestoreObject: ({ ExpirationInDays }) => {
    if (ExpirationInDays === 0) throw badRequest('Operation.S3InitiateRestoreObject.ExpirationInDays is at least 1 for Glacier classes, and left out for S3 Intelligent-Tiering');
  },
  S3PutObjectLegalHold: () => undefined,
  S3PutObjectRetention: ({ Retention }) => {
    if ((Retention!.Mode === undefined) !== (Retention!.RetainUntilDate === undefined)) {
      throw badRequest('Operation.S3PutObjectRetention.Retention has Mode and RetainUntilDate together, or neither');
    }
  },
  S3ReplicateObject: () => undefined,
  S3ComputeObjectChecksum: ({ ChecksumAlgorithm = 'CRC64NVME', ChecksumType }) => {
    if (!COMPUTED_ALGORITHMS.includes(ChecksumAlgorithm)) {
      throw new ServiceError('NotImplemented', `the local engine does not compute ${ChecksumAlgorithm} checksums`, 501);
    }
    if (ChecksumType === 'COMPOSITE' && !COMPOSITE_ALGORITHMS.includes(ChecksumAlgorithm)) {
      throw badRequest(`Operation.S3ComputeObjectChecksum: ${ChecksumAlgorithm} has no checksum of type COMPOSITE`);
    }
  },
  S3UpdateObjectEncryption: ({ ObjectEncryption }) => {
    if (ObjectEncryption?.SSEKMS === undefined) throw badRequest('Operation.S3UpdateObjectEncryption.ObjectEncryption must have SSE-KMS');
  },
};

export function checkOperation(settings: EngineSettings, operation: JobOperation): void {
  const names = Object.keys(operation) as Array<keyof JobOperation>;
  if (names.length !== 1) throw badRequest(`Operation must have exactly one operation, got ${names.length === 0 ? 'none' : names.join(', ')}`);
  const check = CHECKS[names[0]] as (value: unknown, settings: EngineSettings) => void;
  check(operation[names[0]], settings);
}
