import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { secretStatements } from './supervisely-provider';
import { HandlerFunction, handlerLogGroup, LONGEST_HANDLER_TIMEOUT } from '../../private/handler-function';
import { keyStatements } from '../../private/s3-location';
import { LabelsExportProps } from '../labels-export-props';

/** Where the result is written. */
interface ResultFolder {
  readonly bucket: s3.IBucket;
  readonly keys: string;
}

/** The function that makes an export, in the network of its server, with rights to what this export reads and writes. */
export function exportFunction(scope: Construct, { connection, jobs = [], fleets = [], dataset }: LabelsExportProps, result: ResultFolder): HandlerFunction {
  const handler = new HandlerFunction(scope, 'Function', {
    bundle: 'supervisely-labels-export',
    handler: 'handler',
    description: 'Exports labels from a Supervisely server',
    timeout: LONGEST_HANDLER_TIMEOUT,
    logGroup: handlerLogGroup(scope, 'Logs'),
    network: connection._network,
  });
  const statements = [
    ...secretStatements(scope, connection.apiToken),
    ...[...jobs, ...fleets].flatMap(({ _stateBucket, _ledger }) => readStatements(_stateBucket, _ledger.key)),
    ...dataset?._awaited ? readStatements(dataset._awaited.record.bucket, dataset._awaited.record.keys) : [],
    ...writeResult(result),
  ];
  statements.forEach((statement) => handler.addToRolePolicy(statement));
  return handler;
}

/** What the stack remembers of these jobs, and of an import: not of others. */
function readStatements(bucket: s3.IBucket, keys: string): iam.PolicyStatement[] {
  return [
    listStatement(bucket),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt']),
  ];
}

/** Written, put together from parts and cleaned up. */
function writeResult({ bucket, keys }: ResultFolder): iam.PolicyStatement[] {
  return [
    listStatement(bucket),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** Without it S3 answers 403 instead of 404 for an object that is not there. */
function listStatement(bucket: s3.IBucket): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] });
}
