import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { OperationName, OperationOption } from '../../model/s3batch/operations';
import { refuse } from '../../private/errors';

/** Members in the API's spelling; those that are `undefined` are not sent. */
export type Members = Readonly<Record<string, unknown>>;

/** Where copies go. */
export interface CopyTarget {
  readonly bucket: s3.IBucket;
  /** Pattern of their keys. */
  readonly keys: string;
}

/** What an operation's options make of it. */
export interface OperationDefinition {
  readonly name: OperationName;
  readonly parameters: Members;
  /** Options that need rights of their own. */
  readonly options?: readonly OperationOption[];
  readonly target?: CopyTarget;
  /** Key that encrypts what is written, where the target bucket does not do it by itself. */
  readonly encryptionKey?: kms.IKey;
  readonly invokes?: lambda.IFunction;
  /** What is wrong with it for the objects of this manifest. */
  readonly problemsWith?: (objects: JobObjects) => string[];
}

/** What a manifest tells of a job's objects. */
export interface JobObjects {
  /** The bucket that all of them lie in. */
  readonly bucket: s3.IBucket;
  /** Whether the manifest names versions, or may do so. */
  readonly versions: boolean;
  /** Whether S3 makes the manifest. */
  readonly generated: boolean;
}

/** An operation without problems. */
export function define(factory: string, problems: readonly string[], definition: OperationDefinition): OperationDefinition {
  refuse(factory, problems);
  return definition;
}
