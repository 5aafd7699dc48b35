import type { Exception } from './exceptions';

const PROVIDER = 'DataPreparationProvider';
const HANDLER = `${PROVIDER}/(OnEvent|IsComplete|Step)Role/DefaultPolicy/Resource`;
const FRAMEWORK = `${PROVIDER}/(Framework(OnEvent|Complete)Role|Framework/waiter-state-machine/Role)/DefaultPolicy/Resource`;
const JOB_ROLE = 'Images/(Preparation/Step\\dRole|Tagging/Role)/DefaultPolicy/Resource';
const RUN = 'Images/(Preparation|Tagging)/StateMachine/Role/DefaultPolicy/Resource';

function wildcard(where: string, resource: string): RegExp {
  return new RegExp(`^/Labels/${where} AwsSolutions-IAM5\\[Resource::${resource}\\]$`);
}

/** Every finding of AwsSolutions in the preparation of data that the library cannot or should not remove. */
export const preparationExceptions: readonly Exception[] = [
  {
    matches: /\/(OnEvent|IsComplete|Step)\/Resource AwsSolutions-L1$/,
    reason: 'the runtime of the handlers is pinned, the bundles are built and tested for it, and it is supported',
  },
  {
    matches: /\/Framework\/framework-[A-Za-z]+\/Resource AwsSolutions-L1$/,
    reason: 'CDK\'s provider framework chooses its own runtime, which comes with the user\'s version of aws-cdk-lib',
  },
  {
    matches: /waiter-state-machine\/Resource AwsSolutions-SF1$/,
    reason: 'logging all events would write the presigned response URL of CloudFormation, a secret, to a log',
  },
  { matches: /waiter-state-machine\/Resource AwsSolutions-SF2$/, reason: 'CDK\'s provider framework offers no tracing of its waiter' },
  { matches: wildcard(FRAMEWORK, '<.*Arn>:\\*'), reason: 'CDK\'s provider framework may call all versions of its functions' },
  { matches: wildcard(HANDLER, '\\*'), reason: 'ListJobs and CreateJob, the only actions on it, know no resource; only jobs with this stack\'s tag are created' },
  {
    matches: wildcard(HANDLER, 'arn:.*:s3:.*:job/\\*'),
    reason: 'S3 makes the ids of jobs: only those with this stack\'s tag are made and cancelled, by conditions, and any may be described',
  },
  { matches: wildcard(HANDLER, 'arn:.*:execution:<Images(Preparation|Tagging)StateMachine[^>]*\\.Name>:\\*'), reason: 'the executions of the preparation\'s own state machine, and of the tagging\'s' },
  {
    matches: wildcard(`(${HANDLER}|${JOB_ROLE})`, '<Out[^>]*>/(prepared|tagged)/.*StackId.*/\\*'),
    reason: 'the files of this stack\'s preparations: manifests and reports, whose names come from steps and ids of jobs',
  },
  { matches: wildcard(HANDLER, 'arn:.*cdk-hnb659fds-assets-.*/\\*\\.manifest'), reason: 'a running preparation reads the list that it was started with, also after a deployment' },
  { matches: wildcard(HANDLER, '<Out[^>]*>/labels/\\*'), reason: 'the labels of a job that has ended: its name is only known then' },
  { matches: wildcard(JOB_ROLE, '(<Out[^>]*>|arn:.*:s3:::archive)/(data/)?\\*'), reason: 'the objects that a job works on and those that it makes: their keys stand in the manifest' },
  { matches: wildcard(RUN, '<.*Arn>:\\*'), reason: 'CDK grants a step the versions of its function as well' },
  { matches: wildcard(RUN, '\\*'), reason: 'log delivery and X-Ray know no resources' },
];
