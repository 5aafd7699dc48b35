import type { Exception } from './exceptions';

const PROVIDER = '(BatchJobProvider|BatchJobInventoryProvider)';
const HANDLER = `${PROVIDER}/(OnEvent|IsComplete|Reconcile)Role/DefaultPolicy/Resource`;
const FRAMEWORK = `${PROVIDER}/(Framework(OnEvent|Complete)Role|Framework/waiter-state-machine/Role)/DefaultPolicy/Resource`;
const JOB_ROLE = '((Tag|Copy)/Role|Fleet/S3PutObjectTaggingRole)/DefaultPolicy/Resource';

function wildcard(where: string, resource: string): RegExp {
  return new RegExp(`^/Labels/${where} AwsSolutions-IAM5\\[Resource::${resource}\\]$`);
}

/** Every finding of AwsSolutions in S3 Batch's constructs that the library cannot or should not remove. */
export const s3batchExceptions: readonly Exception[] = [
  {
    matches: /\/(OnEvent|IsComplete|Reconcile)\/Resource AwsSolutions-L1$/,
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
    reason: 'S3 makes the ids of jobs: a listed job\'s tags say whose it is, and only jobs with this stack\'s tag are acted on, by a condition',
  },
  { matches: wildcard(HANDLER, '<State[^>]*>/.*StackId.*/\\*'), reason: 'the objects of this stack below its own prefix' },
  {
    matches: wildcard(HANDLER, 'arn:.*cdk-hnb659fds-assets-.*/\\*\\.csv'),
    reason: 'a rollback reads the manifest of the version before, whose name is a digest of its content',
  },
  {
    matches: wildcard(`(${HANDLER}|${JOB_ROLE})`, '<Reports[^>]*>/(reports/job-|manifests/)\\*'),
    reason: 'reports and generated manifests lie in folders that are named by the ids of their jobs',
  },
  { matches: wildcard(JOB_ROLE, '<Images[^>]*>/(copies/)?\\*'), reason: 'the objects that the job works on and those that it makes: their keys stand in the manifest' },
  { matches: wildcard(JOB_ROLE, '<State[^>]*>/.*StackId.*/manifests/\\*'), reason: 'the job\'s own manifests, one a generation, which the handler writes' },
];
