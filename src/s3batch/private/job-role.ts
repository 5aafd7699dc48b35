import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { isDirectoryBucket } from './directory-bucket';
import { JobObjects, OperationDefinition } from './operation-definition';
import { OBJECT_ACTIONS, OPTION_ACTIONS } from '../../model/s3batch/operations';
import { keyStatements } from '../../private/s3-location';

export const BATCH_OPERATIONS = 'batchoperations.s3.amazonaws.com';

/**
 * A role that the library has made. AWS documents no conditions in the trust of such roles, and a service that does not send what a condition
 * asks for could not assume the role.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
 */
export class JobRole extends iam.Role {
  constructor(scope: Construct, id: string, description = 'Role of a job of S3 Batch Operations') {
    super(scope, id, { assumedBy: new iam.ServicePrincipal(BATCH_OPERATIONS), description });
  }
}

export function newJobRole(scope: Construct, id: string): iam.Role {
  return new JobRole(scope, id);
}

/** What the operation itself does to objects and with keys and functions, and nothing more. */
export function operationStatements(operation: OperationDefinition, objects: JobObjects): iam.PolicyStatement[] {
  const { invokes } = operation;
  return [
    ...sourceStatements(operation, objects),
    ...targetStatements(operation),
    ...newKeyStatements(operation),
    ...(invokes ? [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [invokes.functionArn] })] : []),
  ];
}

function sourceStatements({ name, options = [], target }: OperationDefinition, { bucket, versions, generated }: JobObjects): iam.PolicyStatement[] {
  const actions = OBJECT_ACTIONS[name];
  const onObjects = [
    ...actions.source,
    ...(versions ? actions.version : []),
    ...(target ? [] : options.flatMap((option) => OPTION_ACTIONS[option])),
  ];
  if (isDirectoryBucket(bucket)) return onObjects.length > 0 ? [sessionStatement(bucket.bucketArn)] : [];
  return [
    ...statement([...actions.bucket, ...(generated ? actions.generated : [])], bucket.bucketArn),
    ...statement(onObjects, bucket.arnForObjects('*')),
    ...(actions.sourceKey.length > 0 ? keyStatements(bucket, [...actions.sourceKey]) : []),
  ];
}

function targetStatements({ name, options = [], target, encryptionKey }: OperationDefinition): iam.PolicyStatement[] {
  if (!target) return [];
  const { target: actions, targetKey } = OBJECT_ACTIONS[name];
  const keys = keyStatements(target.bucket, [...targetKey], encryptionKey);
  if (isDirectoryBucket(target.bucket)) return [sessionStatement(target.bucket.bucketArn), ...keys];
  return [...statement([...actions, ...options.flatMap((option) => OPTION_ACTIONS[option])], target.bucket.arnForObjects(target.keys)), ...keys];
}

/** A key that objects get where they are. */
function newKeyStatements({ name, target, encryptionKey }: OperationDefinition): iam.PolicyStatement[] {
  return target || !encryptionKey ? [] : statement(OBJECT_ACTIONS[name].targetKey, encryptionKey.keyArn);
}

/** All actions on objects of a directory bucket are one: to open a session. */
function sessionStatement(bucketArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['s3express:CreateSession'], resources: [bucketArn] });
}

function statement(actions: readonly string[], resource: string): iam.PolicyStatement[] {
  return actions.length > 0 ? [new iam.PolicyStatement({ actions: [...actions], resources: [resource] })] : [];
}

/** Gives the role its permissions; returns what they consist of. */
export function allowRole(role: iam.IRole, statements: readonly iam.PolicyStatement[]): IDependable[] {
  return statements.map((each) => role.addToPrincipalPolicy(each).policyDependable).filter((policy) => policy !== undefined);
}

/** So that the report says that an object is not there: without it S3 says that access is denied. */
export function seeMissing({ bucketArn }: s3.IBucket): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] });
}
