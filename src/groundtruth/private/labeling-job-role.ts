import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { BoundLabelCategories } from '../../label-categories';
import { BoundInputManifest } from '../input-manifest';
import { executionStatements, InputLocation, invokeStatements } from './execution-role';
import { JobOutput } from './job-output';
import { BoundTaskType } from './task-type-definition';

/** What a job reads besides the output of the one before. */
export function jobInputs(manifest: BoundInputManifest | undefined, labels: BoundLabelCategories | undefined, task: BoundTaskType): InputLocation[] {
  return [
    ...manifest ? [manifest.location, ...manifest.data] : [],
    ...labels ? [labels.location] : [],
    ...task.template ? [task.template.location] : [],
  ];
}

/** What a next generation starts from: the labels of the one before, which may have had another output location. */
export function formerLabels({ bucket, former }: JobOutput, keys: readonly string[]): InputLocation[] {
  return [bucket, ...former].flatMap((each) => keys.map((pattern) => ({ bucket: each, keys: pattern })));
}

/** Gives the role the permissions of jobs; returns what they consist of. */
export function allowExecution(scope: Construct, output: JobOutput, inputs: readonly InputLocation[], tasks: readonly BoundTaskType[]): IDependable[] {
  const statements = [...executionStatements(scope, unique(inputs), output), ...tasks.flatMap(invokeStatements)];
  const policies = statements.map((statement: iam.PolicyStatement) => output.role.addToPrincipalPolicy(statement).policyDependable);
  return [...policies.filter((policy) => policy !== undefined), ...new Set(inputs.map(({ bucket }) => bucket))];
}

/** Many jobs read the same: a policy says it once. */
function unique(inputs: readonly InputLocation[]): InputLocation[] {
  return [...new Map(inputs.map((input) => [`${input.bucket.bucketName}/${input.keys}`, input])).values()];
}
