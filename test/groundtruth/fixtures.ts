import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { groundtruth, LabelCategories } from '../../src';

/** A stack that fits any region, unless told. */
export function newStack(props: StackProps = {}, id = 'Labels'): Stack {
  return new Stack(new App(), id, props);
}

/** The least that a job needs. */
export function jobProps(stack: Stack, overrides: Partial<groundtruth.LabelingJobProps> = {}): groundtruth.LabelingJobProps {
  return {
    taskType: groundtruth.TaskType.textClassification(),
    workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
    labels: LabelCategories.of('ham', 'spam'),
    input: groundtruth.InputManifest.fromRecords([{ source: 'a text' }]),
    ...overrides,
  };
}

export interface Synthesised {
  readonly stack: Stack;
  readonly job: groundtruth.LabelingJob;
  readonly template: Template;
  /** Properties of the job's custom resource. */
  readonly properties: Record<string, any>;
  /** Its CreateLabelingJob request. */
  readonly request: Record<string, any>;
  /** Its revision, where no token is in it. */
  readonly revision: unknown;
}

const TEAM_ARN = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/readers';

/** A stack with one job; everything is known at synthesis if `known`. */
export function synthJob(overrides: Partial<groundtruth.LabelingJobProps> = {}, { known = false, stack = newStack() } = {}): Synthesised {
  const team = known ? { workteam: groundtruth.Workteam.fromWorkteamArn(stack, 'KnownTeam', TEAM_ARN) } : {};
  const job = new groundtruth.LabelingJob(stack, 'Job', jobProps(stack, { ...team, ...overrides }));
  const template = Template.fromStack(stack);
  const [resource] = Object.values(template.findResources('Custom::GroundTruthLabelingJob'));
  const properties = resource.Properties;
  const revision = typeof properties.Revision === 'string' ? JSON.parse(properties.Revision) : properties.Revision;
  return { stack, job, template, properties, request: properties.Request, revision };
}

/** The statements of all policies of the role whose logical id begins so. */
export function statementsOf(template: Template, role: string): Array<Record<string, any>> {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some((each: { Ref?: string }) => each.Ref?.startsWith(role)));
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** All actions that statements allow, sorted. */
export function actionsOf(statements: ReadonlyArray<Record<string, any>>): string[] {
  return statements.flatMap(({ Action }) => Action).sort();
}
