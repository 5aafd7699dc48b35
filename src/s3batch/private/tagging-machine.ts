import { Aws, CustomResource, Names, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DATA_PREPARATION_CONTRACT_VERSION, DATA_PREPARATION_RESOURCE_TYPE, DataPreparationProperties } from './data-preparation-contract';
import { allowRole, newJobRole, operationStatements, seeMissing } from './job-role';
import { readManifest, writeStatements } from './manifest-statements';
import { allowExecutions, allowFolder, allowJobs, allowReading, allowToPass, preparationProvider, stepFunction } from './preparation-provider';
import { PreparationStates } from './preparation-states';
import { IS_COMPLETE, JobProvider, SERVICE_TIMEOUT } from '../../private/job-provider';
import { OWNER_TAGS } from '../../private/owner-tags-contract';
import { STACK_GUID } from '../../private/state-bucket';
import { Operation } from '../operation';

const PRIORITY = 10;

/** Labels whose objects are tagged. */
export interface TaggedLabels {
  /** Their bucket, which gets the reports too. */
  readonly bucket: s3.IBucket;
  /** Keys of the labels, a pattern. */
  readonly labelKeys: string;
  /** The manifest; `<job>` in it stands for the last part of the `jobArn` with which the machine is started. */
  readonly labelsUri: string;
  readonly labelAttributeName: string;
  readonly dataBuckets: s3.IBucket[];
}

/** Tags the objects of labeled lines by a job of S3 Batch Operations: once for each `jobArn` with which it is started. */
export function taggingMachine(
  scope: Construct, tags: { [key: string]: string }, { bucket, labelKeys, labelsUri, labelAttributeName, dataBuckets }: TaggedLabels,
): { readonly machine: sfn.StateMachine; readonly removal: CustomResource; readonly reportUri: string } {
  const prefix = `tagged/${STACK_GUID}/${scope.node.addr.slice(0, 8)}/`;
  const operation = Operation.replaceTags({ tags })._definition;

  const provider = preparationProvider(scope);
  const folder = { bucket, keys: `${prefix}*` };
  allowJobs(scope, provider);
  allowFolder(provider, folder);
  allowReading(provider, { bucket, keys: labelKeys });
  const role = newJobRole(scope, 'Role');
  const onObjects = dataBuckets.flatMap((each) => operationStatements(operation, { bucket: each, versions: false, generated: false }));
  const permissions = allowRole(role, [...readManifest(folder), ...writeStatements(folder), ...onObjects, ...dataBuckets.map(seeMissing)]);
  allowToPass(provider, role);

  const states = new PreparationStates(scope, stepFunction(provider));
  const own = sfn.JsonPath.objectAt('$.folder');
  const begin = states.call('ReadLabels', {
    action: 'labels', folder: { bucket: bucket.bucketName, prefix }, jobArn: sfn.JsonPath.stringAt('$.jobArn'), labelAttributeName, outputUri: labelsUri,
  });
  const step = {
    number: 0, kind: 'tag', operation: operation.name, parameters: Stack.of(scope).toJsonString(operation.parameters), roleArn: role.roleArn, priority: PRIORITY,
  };
  const owner = { [OWNER_TAGS.stackId]: Aws.STACK_ID, [OWNER_TAGS.logicalId]: Names.uniqueResourceName(scope, { maxLength: 128 }) };
  const machine = states.machine('StateMachine', 'Tags the objects of a labeling job that has ended', sfn.Chain.start(begin)
    .next(new sfn.Pass(scope, 'OwnFolder', { parameters: { folder: sfn.JsonPath.objectAt('$.answer.folder') } }))
    .next(states.step('Tag', { folder: own, step, tags: owner }))
    .next(states.call('Report', { action: 'tagged', folder: own })));
  const removal = endWithStack(scope, provider, { machine, bucket, prefix });
  removal.node.addDependency(bucket, role, ...permissions);
  return { machine, removal, reportUri: bucket.s3UrlForObject(prefix) };
}

/** A resource whose Delete ends what goes on: it is removed before the role that the jobs work in. Whoever starts the machine should depend on it. */
function endWithStack(
  scope: Construct, provider: JobProvider, { machine, bucket, prefix }: { machine: sfn.StateMachine; bucket: s3.IBucket; prefix: string },
): CustomResource {
  allowExecutions(provider, machine, { see: [IS_COMPLETE], begin: [], end: [IS_COMPLETE] });
  const properties: Omit<DataPreparationProperties, 'ServiceToken'> = {
    ContractVersion: DATA_PREPARATION_CONTRACT_VERSION, StateMachineArn: machine.stateMachineArn, Bucket: bucket.bucketName, Prefix: prefix, Identity: '', Kind: 'TAGGING',
  };
  const resource = new CustomResource(scope, 'Resource', {
    serviceToken: provider.serviceToken, resourceType: DATA_PREPARATION_RESOURCE_TYPE, serviceTimeout: SERVICE_TIMEOUT, properties,
  });
  resource.node.addDependency(machine, ...provider.permissions);
  return resource;
}
