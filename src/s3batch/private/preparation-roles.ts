import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { allowRole, newJobRole, operationStatements, seeMissing } from './job-role';
import { ObjectPattern } from './manifest-definition';
import { readManifest, writeStatements } from './manifest-statements';
import { allowReading, allowToPass } from './preparation-provider';
import { JobProvider } from '../../private/job-provider';
import { BoundPreparationStep } from '../data-preparation';

/** The roles of a preparation's jobs. */
export interface StepRoles {
  /** One for each step, in their order. */
  readonly roles: readonly iam.Role[];
  readonly permissions: readonly IDependable[];
  /** Where the objects may lie when all steps are done. */
  readonly data: Array<{ bucket: s3.IBucket; keys: string }>;
}

/** Each step has a role of its own, with exactly its operation's rights to the buckets that its objects may lie in by then. */
export function stepRoles(
  scope: Construct, provider: JobProvider, steps: readonly BoundPreparationStep[], declared: ReadonlyArray<{ bucket: s3.IBucket; keys: string }>,
  folder: ObjectPattern,
): StepRoles {
  const permissions: IDependable[] = [];
  let data = [...declared];
  const roles = steps.map((step, index) => {
    const role = newJobRole(scope, `Step${index + 1}Role`);
    const onObjects = buckets(data).flatMap((bucket) => operationStatements(step.operation, { bucket, versions: false, generated: false }));
    permissions.push(...allowRole(role, [...readManifest(folder), ...writeStatements(folder), ...onObjects, ...buckets(data).map(seeMissing)]));
    allowToPass(provider, role);
    // whether a restore is done is asked of the objects
    if (step.kind === 'restore') data.forEach((each) => allowReading(provider, each));
    if (step.writer) {
      for (const { bucket, keys } of data) permissions.push(bucket.grantRead(step.writer, keys));
      permissions.push(step.moves!.to.bucket.grantPut(step.writer));
    }
    if (step.moves) data = step.moves.all ? [step.moves.to] : [...data.filter((each) => each.bucket !== step.moves!.to.bucket), step.moves.to];
    return role;
  });
  return { roles, permissions, data };
}

function buckets(data: ReadonlyArray<{ readonly bucket: s3.IBucket }>): s3.IBucket[] {
  return [...new Set(data.map(({ bucket }) => bucket))];
}
