import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BoundTaskType } from './task-type-definition';
import { keyStatements, readStatements } from '../../private/s3-location';

/** Ground Truth's own log groups, which all jobs of a region share; their names and streams follow. */
const LOG_GROUPS = '/aws/sagemaker/*';

/** Where a job writes. */
export interface OutputLocation {
  readonly bucket: s3.IBucket;
  /** Pattern of the keys below the output path. */
  readonly keys: string;
  /** Key that encrypts the output, where the bucket does not do it by itself. */
  readonly key?: kms.IKey;
}

/** Objects that a job reads. */
export interface InputLocation {
  readonly bucket: s3.IBucket;
  readonly keys: string;
}

/**
 * All that Ground Truth does with a job's role.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-security-permission-execution-role.html
 */
export function executionStatements(scope: Construct, inputs: readonly InputLocation[], output: OutputLocation): iam.PolicyStatement[] {
  return [
    ...inputs.flatMap(({ bucket, keys }) => readStatements(bucket, keys)),
    ...outputStatements(output),
    // PutMetricData knows no resource
    new iam.PolicyStatement({ actions: ['cloudwatch:PutMetricData'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group', resourceName: LOG_GROUPS, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
    }),
  ];
}

export function newExecutionRole(scope: Construct, id: string): iam.Role {
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
    description: 'Role of a SageMaker Ground Truth labeling job',
  });
}

function outputStatements({ bucket, keys: objects, key }: OutputLocation): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], resources: [bucket.arnForObjects(objects)] }),
    ...keyStatements(bucket, ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], key),
  ];
}

/** The statement by which a job's role may call the user's own functions, exactly these versions of them. */
export function invokeStatements(bound: BoundTaskType): iam.PolicyStatement[] {
  const arns = [bound.preAnnotation, bound.consolidation].filter((fn) => fn !== undefined).map((fn) => fn.functionArn);
  return arns.length > 0 ? [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [...new Set(arns)] })] : [];
}
