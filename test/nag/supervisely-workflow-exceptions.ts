import type { Exception } from './exceptions';

const PROVIDER = 'Supervisely(DatasetImport|ProjectMeta|LabelingJob|LabelingJobInventory)Provider';
const POLICY = 'Role/DefaultPolicy/Resource';

function wildcard(where: string, resource: string): RegExp {
  return new RegExp(`^/Labels/${where} AwsSolutions-IAM5\\[Resource::${resource}\\]$`);
}

/** Every finding of AwsSolutions in a workflow on a Supervisely server that the library cannot or should not remove. */
export const superviselyWorkflowExceptions: readonly Exception[] = [
  {
    matches: new RegExp(`^/Labels/(${PROVIDER}/(OnEvent|IsComplete|Reconcile|Step)|Fruit/Export/Function)/Resource AwsSolutions-L1$`),
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
  {
    matches: wildcard(`${PROVIDER}/(Framework(OnEvent|Complete)Role|Framework/waiter-state-machine/Role)/DefaultPolicy/Resource`, '<.*Arn>:\\*'),
    reason: 'CDK\'s provider framework may call all versions of its functions',
  },
  {
    matches: wildcard(`${PROVIDER}/(OnEvent|IsComplete|Reconcile|Step)${POLICY}`, '<State[^>]*>/.*StackId.*/\\*'),
    reason: 'the objects of this stack below its own prefix',
  },
  {
    matches: wildcard(`SuperviselyDatasetImportProvider/(OnEvent|IsComplete)${POLICY}`, 'arn:.*:execution:.*:\\*'),
    reason: 'the executions of the import, which have names of their own',
  },
  {
    matches: wildcard(`SuperviselyDatasetImportProvider/Step${POLICY}`, '<Data[^>]*>/\\*'),
    reason: 'the images that are uploaded, wherever they lie in the buckets that are named',
  },
  { matches: wildcard(`Fruit/Export/Function${POLICY}`, '<Output[^>]*>/labels/\\*'), reason: 'the result of an export, which is many objects below its prefix' },
  {
    matches: wildcard('Fruit/(Import|Export)/StateMachine/Role/DefaultPolicy/Resource', '\\*'),
    reason: 'delivery of logs and traces, for which AWS takes no resource',
  },
  {
    matches: wildcard('Fruit/(Import|Export)/StateMachine/Role/DefaultPolicy/Resource', '<.*Arn>:\\*'),
    reason: 'CDK lets a state machine call all versions of its function',
  },
];
