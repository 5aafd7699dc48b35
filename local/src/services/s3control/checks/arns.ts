import { badRequest } from '../errors';

/** `arn:aws:s3:::bucket`: general purpose buckets alone. */
export function checkBucketArn(member: string, arn: string | undefined): void {
  if (arn === undefined) throw badRequest(`${member} is required`);
  if (!/^arn:[^:]+:s3:::[^/:]+$/.test(arn)) throw badRequest(`${member} must be the ARN of a general purpose bucket, as arn:aws:s3:::bucket, got '${arn}'`);
}

/** `arn:aws:s3:::bucket/key` */
export function checkObjectArn(member: string, arn: string): void {
  if (!/^arn:[^:]+:s3:::[^/:]+\/./s.test(arn)) throw badRequest(`${member} must be the ARN of an object, as arn:aws:s3:::bucket/key, got '${arn}'`);
}
