import * as iam from 'aws-cdk-lib/aws-iam';
import { ObjectPattern } from './manifest-definition';
import { keyStatements } from '../../private/s3-location';

/**
 * What a job's role needs to read a manifest. S3 asks for both actions, as its guide has them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
 */
export function readManifest({ bucket, keys, key }: ObjectPattern, keyActions = ['kms:Decrypt']): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, keyActions, key),
  ];
}

/** What a job's role needs to write what it makes by itself: reports and manifests. */
export function writeStatements({ bucket, keys, key }: ObjectPattern): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey'], key),
  ];
}
