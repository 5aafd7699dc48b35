import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InputLocation } from './execution-role';
import { OutputBucket } from './labeling-job-provider';
import { HandlerFunction, handlerLogGroup, LONGEST_HANDLER_TIMEOUT, oncePerStack } from '../../private/handler-function';
import { keyStatements } from '../../private/s3-location';
import { STACK_GUID } from '../../private/state-bucket';

const ID = 'LabelsExport';

/** The function that merges the labels of many jobs, once a stack. */
export class LabelsExport extends Construct {
  public static of(scope: Construct): LabelsExport {
    return oncePerStack(scope, ID, LabelsExport, (stack) => new LabelsExport(stack, ID));
  }

  public readonly handler: HandlerFunction;
  private readonly allowed = new Set<string>();

  private constructor(scope: Stack, id: string) {
    super(scope, id);
    this.handler = new HandlerFunction(this, 'Function', {
      bundle: 'labels-export',
      handler: 'handler',
      description: 'Merges the labels of Ground Truth labeling jobs',
      timeout: LONGEST_HANDLER_TIMEOUT,
      logGroup: handlerLogGroup(this, 'Logs'),
    });
  }

  /** What fleets of this stack remember of their jobs. */
  public allowState(bucket: s3.IBucket): void {
    this.allow(`state ${bucket.node.path}`, [
      // without it S3 answers 403 instead of 404 for an object that is not there
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${STACK_GUID}/*`)] }),
      ...keyStatements(bucket, ['kms:Decrypt']),
    ]);
  }

  /** Inputs and outputs of jobs. */
  public allowRead({ bucket, key }: OutputBucket, keys: string): void {
    this.allow(`read ${bucket.bucketName} ${keys}`, [
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(keys)] }),
      ...keyStatements(bucket, ['kms:Decrypt'], key),
    ]);
    this.allow(`list ${bucket.bucketName}`, [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] })]);
  }

  /** An object or folder of a job that somebody else has made, by its URI; and the key with which it was encrypted, by its ARN. */
  public allowReadUri(uri: string, keyArn?: string): void {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri) ?? [];
    if (bucket === undefined) return;
    this.allow(`read ${uri}`, [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [s3Arn(this, bucket, key)] })]);
    this.allow(`list ${bucket}`, [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [s3Arn(this, bucket)] })]);
    if (keyArn?.startsWith('arn:')) this.allow(`key ${keyArn}`, [new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [keyArn] })]);
  }

  /** Where the result is written, put together from parts and cleaned up. */
  public allowResult({ bucket, keys }: InputLocation): void {
    this.allow(`result ${bucket.bucketName} ${keys}`, [
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], resources: [bucket.arnForObjects(keys)] }),
      ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
    ]);
    this.allow(`list ${bucket.bucketName}`, [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] })]);
  }

  private allow(key: string, statements: iam.PolicyStatement[]): void {
    if (this.allowed.has(key)) return;
    this.allowed.add(key);
    statements.forEach((statement) => this.handler.addToRolePolicy(statement));
  }
}

/** The ARN of a bucket, or of objects in it, that only its name is known of. */
export function s3Arn(scope: Construct, bucket: string, keys?: string): string {
  const format = { arnFormat: keys === undefined ? ArnFormat.NO_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME };
  return Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: bucket, resourceName: keys, ...format });
}
