import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LabelingBucket } from '../labeling-bucket';
import { LabelingOutputOptions } from '../labeling-output-options';
import { newExecutionRole } from './execution-role';
import { OutputBucket } from './labeling-job-provider';

export const DEFAULT_OUTPUT_PREFIX = 'labels';

/** Where jobs write, and as whom. */
export interface JobOutput {
  readonly bucket: s3.IBucket;
  readonly key?: kms.IKey;
  readonly role: iam.IRole;
  /** URI below which each job has a folder. */
  readonly path: string;
  /** Pattern of all keys below it. */
  readonly keys: string;
  /** Beginning of all keys below it: empty, or ending in a slash. */
  readonly keyPrefix: string;
  /** Where earlier jobs wrote. */
  readonly former: readonly s3.IBucket[];
}

export function jobOutput(scope: Construct, options: LabelingOutputOptions): JobOutput {
  const prefix = options.outputPrefix ?? DEFAULT_OUTPUT_PREFIX;
  const bucket = options.outputBucket ?? new LabelingBucket(scope, 'Output');
  return {
    bucket,
    key: options.outputKey,
    role: options.role ?? newExecutionRole(scope, 'Role'),
    path: bucket.s3UrlForObject(prefix === '' ? undefined : prefix),
    keys: prefix === '' ? '*' : `${prefix}/*`,
    keyPrefix: prefix === '' ? '' : `${prefix}/`,
    former: options.formerOutputBuckets ?? [],
  };
}

/** The present bucket and all former ones, as the handlers read them. */
export function outputBuckets({ bucket, key, former }: JobOutput): OutputBucket[] {
  return [{ bucket, key }, ...former.map((each) => ({ bucket: each }))];
}

/** Allows somebody to read what jobs wrote. */
export function grantReadLabels(grantee: iam.IGrantable, bucket: s3.IBucket, keys: string, key?: kms.IKey): iam.Grant {
  const read = bucket.grantRead(grantee, keys);
  return key ? read.combine(key.grantDecrypt(grantee)) : read;
}
