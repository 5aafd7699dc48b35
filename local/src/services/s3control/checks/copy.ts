import type { S3CopyObjectOperation } from '@aws-sdk/client-s3-control';
import { checkBucketArn } from './arns';
import { checkObjectTags } from './object-tags';
import { ServiceError } from '../../../core/service';
import { badRequest } from '../errors';

const MEMBER = 'Operation.S3PutObjectCopy';

export function checkCopy(copy: S3CopyObjectOperation): void {
  checkBucketArn(`${MEMBER}.TargetResource`, copy.TargetResource);
  if (copy.CannedAccessControlList && copy.AccessControlGrants) throw badRequest(`${MEMBER} has either CannedAccessControlList or AccessControlGrants`);
  if ((copy.ObjectLockMode === undefined) !== (copy.ObjectLockRetainUntilDate === undefined)) {
    throw badRequest(`${MEMBER} has ObjectLockMode and ObjectLockRetainUntilDate together, or neither`);
  }
  if (copy.SSEAwsKmsKeyId !== undefined && copy.NewObjectMetadata?.SSEAlgorithm === 'AES256') {
    throw badRequest(`${MEMBER}: SSEAwsKmsKeyId does not go with the SSEAlgorithm AES256`);
  }
  if (copy.ChecksumAlgorithm?.startsWith('XXHASH')) {
    throw new ServiceError('NotImplemented', `the local engine does not compute ${copy.ChecksumAlgorithm} checksums`, 501);
  }
  checkObjectTags(`${MEMBER}.NewObjectTagging`, copy.NewObjectTagging ?? []);
}
