/** A finding that stays, and why. */
export interface Exception {
  readonly matches: RegExp;
  readonly reason: string;
}

const PROVIDER = '(LabelingJobProvider|LabelingJobInventoryProvider|JobFleetProvider)';
const HANDLER = `${PROVIDER}/(OnEvent|IsComplete|Prepare|Reconcile)Role/DefaultPolicy/Resource`;
const EXPORT = 'LabelsExport/FunctionRole/DefaultPolicy/Resource';
const FRAMEWORK = `${PROVIDER}/(Framework(OnEvent|Complete)Role|Framework/waiter-state-machine/Role)/DefaultPolicy/Resource`;
const RUN = 'Fleet/StateMachine/Role/DefaultPolicy/Resource';
const JOB_ROLE = '(Spam/Job|Fleet|Streaming)/Role/DefaultPolicy/Resource';
const STREAM = '(Mails/Intake|Streaming/Stream/(Forward|Collect))Role/DefaultPolicy/Resource';

function wildcard(where: string, resource: string): RegExp {
  return new RegExp(`^/Labels/${where} AwsSolutions-IAM5\\[Resource::${resource}\\]$`);
}

/** Every finding of AwsSolutions that the library cannot or should not remove. */
export const exceptions: readonly Exception[] = [
  {
    matches: /\/(OnEvent|IsComplete|Prepare|Reconcile|LabelsExport\/Function|Mails\/Intake|Stream\/(Forward|Collect))\/Resource AwsSolutions-L1$/,
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
  { matches: wildcard(HANDLER, '\\*'), reason: 'ListLabelingJobs, the only action on it, knows no resource' },
  {
    matches: wildcard(HANDLER, 'arn:.*:labeling-job/labels-[0-9a-f]{6}-\\*'),
    reason: 'the jobs of this stack: their names end in an identity and a generation that only the deployment knows',
  },
  {
    matches: wildcard(HANDLER, 'arn:.*:labeling-job/\\*'),
    reason: 'only jobs that are tagged with this stack\'s id, by a condition: an adopted job has a name of its own and outlives its declaration',
  },
  { matches: wildcard(HANDLER, 'arn:.*:GroundTruth-labels-[0-9a-f]{6}-\\*'), reason: 'the queues that this stack\'s jobs leave behind, named like the jobs' },
  { matches: wildcard(`(${HANDLER}|${EXPORT})`, '<(Fleet|Stream)?State[^>]*>/.*StackId.*/\\*'), reason: 'the objects of this stack below its own prefix' },
  {
    matches: wildcard(`(${HANDLER}|${EXPORT})`, '<(Fleet|Stream)?Out[^>]*>/\\*labels-[0-9a-f]{6}-\\*'),
    reason: 'the output of this stack\'s jobs, to see what is left: below the present prefix or a former one, its keys begin with a job\'s name',
  },
  { matches: wildcard(FRAMEWORK, '<.*Arn>:\\*'), reason: 'CDK\'s provider framework may call all versions of its functions' },
  { matches: wildcard(JOB_ROLE, '\\*'), reason: 'PutMetricData, and looks at a network of the user\'s, the only actions on it, know no resource' },
  { matches: wildcard(JOB_ROLE, 'arn:.*:network-interface/\\*'), reason: 'interfaces within the user\'s subnets, which automated labeling makes and removes: only the service knows their ids' },
  {
    matches: wildcard(JOB_ROLE, '<(Fleet|Stream)?Out[^>]*>/\\*labels-[0-9a-f]{6}-(spam-job-[0-9a-f]{8}|fleet-[0-9a-f]{4}|streaming-[0-9a-f]{8})-\\*'),
    reason: 'a next generation reads the output of the one before, below the present prefix or a former one',
  },
  { matches: wildcard(JOB_ROLE, '<(Fleet|Stream)?Out[^>]*>/labels/\\*'), reason: 'the job\'s own output: its keys are the service\'s' },
  {
    matches: wildcard(JOB_ROLE, 'arn:.*cdk-hnb659fds-assets-.*/\\*\\.(manifest|json|html)'),
    reason: 'a running job reads the files that it was started with, also after a deployment that brought other ones',
  },
  { matches: wildcard(JOB_ROLE, 'arn:.*:log-group:/aws/sagemaker/\\*'), reason: 'the service\'s own log groups: streams are named like jobs' },
  { matches: wildcard(HANDLER, 'arn:.*cdk-hnb659fds-assets-.*/\\*\\.jsonl'), reason: 'a rollback reads the specification of the version before' },
  {
    matches: wildcard(`(${HANDLER}|${JOB_ROLE})`, '<FleetOut[^>]*>/labels/parts/labels-[0-9a-f]{6}-fleet-[0-9a-f]{4}/\\*'),
    reason: 'the manifests of a dataset\'s parts, of which only a run knows how many there are',
  },
  { matches: wildcard(`(${HANDLER}|${JOB_ROLE})`, '<Images[^>]*>/cats/\\*'), reason: 'the data objects: all under the prefix that the user has named' },
  { matches: wildcard(HANDLER, '<FleetOut[^>]*>/labels/resume/\\*'), reason: 'manifests of what is left, named like the jobs that read them' },
  { matches: wildcard(HANDLER, 'arn:.*:execution:<FleetStateMachine[^>]*\\.Name>:\\*'), reason: 'the executions of the fleet\'s own state machine' },
  { matches: wildcard(EXPORT, '<FleetOut[^>]*>/results/labels-[0-9a-f]{6}-fleet-[0-9a-f]{4}/\\*'), reason: 'the files of the result, and of a run that puts them together' },
  { matches: wildcard(RUN, '<.*Arn>:\\*'), reason: 'CDK grants a step the versions of its function as well' },
  { matches: wildcard(RUN, 'arn:.*:s3:::<FleetOut[^>]*>/\\*'), reason: 'CDK grants a Distributed Map all objects of the bucket of its list, which is the fleet\'s own' },
  { matches: wildcard(RUN, '\\*'), reason: 'log delivery and X-Ray know no resources' },
  {
    matches: /^\/Labels\/Fleet\/StateMachine\/DistributedMapPolicy\/Resource AwsSolutions-IAM5\[Resource::arn:.*:execution:.*:\*\]$/,
    reason: 'a Distributed Map runs as executions of the same state machine, whose names the service makes',
  },
  { matches: /^\/Labels\/Mails\/WakeQueue\/Resource AwsSolutions-SQS3$/, reason: 'a lost wake costs an hour and no record: an hourly schedule wakes the forwarder anyway' },
  { matches: wildcard(`(${STREAM}|${HANDLER})`, '<Records[^>]*>/mails/\\*'), reason: 'the stream\'s own records and marks, below its prefix: their keys are digests' },
  { matches: wildcard(JOB_ROLE, '<Pictures[^>]*>/in/\\*'), reason: 'the data objects: all under the prefix that the user has named' },
  { matches: wildcard(JOB_ROLE, 'arn:.*:GroundTruth-labels-[0-9a-f]{6}-streaming-[0-9a-f]{8}-\\*'), reason: 'the queues that Ground Truth makes for the job\'s generations, named like these' },
  { matches: /^\/Labels\/Streaming\/Stream\/ForwardRole\/DefaultPolicy\/Resource AwsSolutions-IAM5\[Action::kms:GenerateDataKey\*\]$/, reason: 'CDK grants publishing to an encrypted topic so, on its key alone' },
  { matches: wildcard(STREAM, '<StreamOut[^>]*>/\\*labels-[0-9a-f]{6}-streaming-[0-9a-f]{8}-\\*'), reason: 'the output manifests of the stream\'s own jobs, below the present prefix or a former one' },
  { matches: wildcard(STREAM, 'arn:.*:labeling-job/labels-[0-9a-f]{6}-streaming-[0-9a-f]{8}-\\*'), reason: 'the stream\'s own jobs: their names end in a generation that only the deployment knows' },
];
