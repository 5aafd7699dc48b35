import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { BoundLabelCategories } from '../../label-categories';
import { BoundInputManifest } from '../input-manifest';
import { executionStatements, InputLocation, invokeStatements } from './execution-role';
import { JobOutput } from './job-output';
import { BoundTaskType } from './task-type-definition';
import { readStatements } from '../../private/s3-location';

/** What a job reads besides the output of the one before. */
export function jobInputs(manifest: BoundInputManifest | undefined, labels: BoundLabelCategories | undefined, task: BoundTaskType): InputLocation[] {
  return [
    ...manifest?.location ? [manifest.location] : [],
    ...manifest?.data ?? [],
    ...labels ? [labels.location] : [],
    ...task.template ? [task.template.location] : [],
  ];
}

/** What a next generation starts from: the labels of the one before, which may have had another output location. */
export function formerLabels({ bucket, former }: JobOutput, keys: readonly string[]): InputLocation[] {
  return [bucket, ...former].flatMap((each) => keys.map((pattern) => ({ bucket: each, keys: pattern })));
}

/** Gives the role the permissions of jobs; returns what they consist of. */
export function allowExecution(
  scope: Construct, output: JobOutput, inputs: readonly InputLocation[], tasks: readonly BoundTaskType[], further: readonly iam.PolicyStatement[] = [],
): IDependable[] {
  const statements = [...executionStatements(scope, unique(inputs), output), ...tasks.flatMap(invokeStatements), ...further];
  return [...addToRole(output, statements), ...new Set(inputs.map(({ bucket }) => bucket))];
}

/** Lets jobs read something more. */
export function allowReading(output: JobOutput, inputs: readonly InputLocation[]): IDependable[] {
  return [...addToRole(output, inputs.flatMap(({ bucket, keys }) => readStatements(bucket, keys))), ...inputs.map(({ bucket }) => bucket)];
}

function addToRole({ role }: JobOutput, statements: readonly iam.PolicyStatement[]): IDependable[] {
  return statements.map((statement) => role.addToPrincipalPolicy(statement).policyDependable).filter((policy) => policy !== undefined);
}

/** Many jobs read the same: a policy says it once. */
function unique(inputs: readonly InputLocation[]): InputLocation[] {
  return [...new Map(inputs.map((input) => [`${input.bucket.bucketName}/${input.keys}`, input])).values()];
}
