import { Resource, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BatchJobIdentity } from './batch-job-contract';
import { JobRole } from './job-role';
import { OperationDefinition } from './operation-definition';
import { jobNames } from '../../private/job-names';
import { BatchJobOptions } from '../batch-job-props';

/** What defines the work: with another of these, other work is done. */
export function jobIdentity(scope: Construct, operation: OperationDefinition, manifest: string, rerun: string | undefined): BatchJobIdentity {
  const { name, parameters, invokes } = operation;
  const named = invokes ? { ...parameters, FunctionArn: functionIdentity(invokes) } : parameters;
  return { Operation: Stack.of(scope).toJsonString({ [name]: named }), Manifest: manifest, Rerun: rerun };
}

/** The name of a function that this app makes is generated, and may change without anybody meaning it: its place in the app is what the user gave it. */
function functionIdentity(fn: lambda.IFunction): string {
  return Resource.isOwnedResource(fn) ? jobNames(fn).path : fn.functionArn;
}

/** The fields that the user set and that leave the work alone. What the library fills in or generates is missing on purpose. */
export function jobRevision(scope: Construct, { attempt, report, role }: BatchJobOptions): Record<string, unknown> {
  return { attempt, report: report?._declared(scope), role: role instanceof JobRole ? undefined : role?.roleArn };
}
