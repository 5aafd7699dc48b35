import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { HandlerFunction, handlerLogGroup, LONGEST_HANDLER_TIMEOUT, oncePerStack } from '../../private/handler-function';
import { keyStatements } from '../../private/s3-location';
import { STACK_GUID } from '../../private/state-bucket';
import { FleetResult } from './job-fleet-result';
import { step } from './job-fleet-state-machine';
import { OutputBucket } from './labeling-job-provider';

/** What is merged, and where it goes. */
export interface MergeProps {
  readonly stateBucket: s3.IBucket;
  readonly outputs: readonly OutputBucket[];
  readonly result: FleetResult;
  /** What the names of all jobs of the stack begin with. */
  readonly stackWide: string;
}

/** The step that merges the labels of all jobs of a fleet. */
export function mergeStep(scope: Construct, props: MergeProps): sfn.TaskStateBase {
  const exporter = oncePerStack(scope, 'LabelsExport', LabelsExport, (stack) => new LabelsExport(stack, 'LabelsExport'));
  exporter.allow(props);
  return step(scope, 'Export', exporter.handler);
}

class LabelsExport extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.handler = new HandlerFunction(this, 'Export', {
      bundle: 'labels-export',
      handler: 'exportLabels',
      description: 'Merges the labels of a fleet of Ground Truth labeling jobs',
      timeout: LONGEST_HANDLER_TIMEOUT,
      logGroup: handlerLogGroup(this, 'Logs'),
    });
  }

  public allow({ stateBucket, outputs, result, stackWide }: MergeProps): void {
    const add = (...statements: iam.PolicyStatement[]) => statements.forEach((statement) => this.handler.addToRolePolicy(statement));
    add(
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [stateBucket.bucketArn] }),
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], resources: [stateBucket.arnForObjects(`${STACK_GUID}/*`)] }),
      ...keyStatements(stateBucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], resources: [result.bucket.arnForObjects(result.keys)],
      }),
      ...keyStatements(result.bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
    );
    for (const { bucket, key } of outputs) {
      add(
        new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`*${stackWide}-*`)] }),
        ...keyStatements(bucket, ['kms:Decrypt'], key),
      );
    }
  }
}
