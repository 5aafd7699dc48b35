import type { Exception } from './exceptions';

const PROVIDER = 'Supervisely(DatasetImport|TeamMember|ProjectMeta|JobFleet|LabelingJob|LabelingJobInventory|LabelingQueue|LabelingQueueInventory|CompletionWebhook)Provider';
const HANDLER = `${PROVIDER}/(OnEvent|IsComplete|Reconcile|Step|Start)Role/DefaultPolicy/Resource`;
const EXPORT = 'Export/';
const FRAMEWORK = `${PROVIDER}/(Framework(OnEvent|Complete)Role|Framework/waiter-state-machine/Role)/DefaultPolicy/Resource`;

function wildcard(where: string, resource: string): RegExp {
  return new RegExp(`^/Labels/${where} AwsSolutions-IAM5\\[Resource::${resource}\\]$`);
}

/** Every finding of AwsSolutions in Supervisely's constructs that the library cannot or should not remove. */
export const superviselyExceptions: readonly Exception[] = [
  {
    matches: /\/(OnEvent|IsComplete|Reconcile|Step|Start|Receiver|Export\/Function)\/Resource AwsSolutions-L1$/,
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
  { matches: wildcard(`(${HANDLER}|Hook/ReceiverRole/DefaultPolicy/Resource|${EXPORT}FunctionRole/DefaultPolicy/Resource)`, '\\*'), reason: 'network interfaces, which Lambda makes in the function\'s name before there is anything to name' },
  { matches: wildcard(HANDLER, '<State[^>]*>/.*StackId.*/\\*'), reason: 'the objects of this stack below its own prefix' },
  { matches: wildcard(HANDLER, 'arn:.*cdk-hnb659fds-assets-.*/\\*\\.manifest'), reason: 'a running import reads the list that it was started with, also after a deployment' },
  { matches: wildcard(HANDLER, 'arn:<AWS::Partition>:s3:::photos/\\*'), reason: 'the images that are uploaded, wherever they lie in the buckets that are named' },
  { matches: wildcard(HANDLER, 'arn:.*:execution:.*:\\*'), reason: 'the executions of the import, which have names of their own' },
  { matches: wildcard(`${EXPORT}FunctionRole/DefaultPolicy/Resource`, '<State[^>]*>/labels/\\*'), reason: 'the result of an export, which is many objects below its prefix' },
  { matches: wildcard(`(${EXPORT}|Fleet/|Import/)StateMachine/Role/DefaultPolicy/Resource`, '\\*'), reason: 'delivery of logs and traces, for which AWS takes no resource' },
  { matches: wildcard(`(${EXPORT}|Fleet/|Import/)StateMachine/Role/DefaultPolicy/Resource`, '<.*Arn>:\\*'), reason: 'CDK lets a state machine call all versions of its function' },
  {
    matches: /^\/Labels\/Ann\/Password\/Resource AwsSolutions-SMG4$/,
    reason: 'the first password of an account, read once when the account is made: its owner changes it on the server',
  },
  {
    matches: /^\/Labels\/Hook\/Path\/Resource AwsSolutions-SMG4$/,
    reason: 'part of an address that the server has been told: another one needs a deployment, which tells the server',
  },
];
