import { CustomResource, Resource, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ILabelingJob } from './labeling-job-interface';
import { LabelingJobInventoryProps } from './labeling-job-inventory-props';
import { INVENTORY_DECLARATIONS } from './private/declarations-contract';
import { ENDED, jobEvents } from './private/job-events';
import { labelingJobArn } from './private/labeling-job-arn';
import {
  LABELING_JOB_INVENTORY_RESOURCE_TYPE, LabelingJobInventoryAttribute, LabelingJobInventoryProperties,
} from './private/labeling-job-inventory-contract';
import { inventoryFilters } from './private/labeling-job-inventory-filters';
import { inventoryProblems } from './private/labeling-job-inventory-validation';
import { refuse } from '../private/errors';
import { LONGEST_HANDLER_TIMEOUT } from '../private/handler-function';
import { JobProvider, SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { recordStatements, STACK_GUID, StateBucket } from '../private/state-bucket';
import { ReconcileOn } from '../reconcile-on';

/**
 * A list of the labeling jobs of account and region, taken by the deployment: counts as attributes, the list itself as a file in S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListLabelingJobs.html
 */
export class LabelingJobInventory extends Resource {
  /** How many jobs are listed. */
  public readonly total: number;
  /** How many of them are being prepared. */
  public readonly initializing: number;
  /** How many of them are being labeled. */
  public readonly inProgress: number;
  /** How many of them have ended with everything labeled. */
  public readonly completed: number;
  /** How many of them have ended by a failure. */
  public readonly failed: number;
  /** How many of them are being stopped. */
  public readonly stopping: number;
  /** How many of them were stopped. */
  public readonly stopped: number;
  /** Objects labeled, of all listed jobs. */
  public readonly totalLabeled: number;
  /** Objects labeled by people, of all listed jobs. */
  public readonly humanLabeled: number;
  /** Objects labeled by machines, of all listed jobs. */
  public readonly machineLabeled: number;
  /** Objects that could not be labeled, of all listed jobs. */
  public readonly failedNonRetryableError: number;
  /** Objects not labeled yet, of all listed jobs. */
  public readonly unlabeled: number;
  /** The URI of the list: JSON Lines, a job a line. */
  public readonly recordUri: string;
  /** The URI of the declarations, which `FleetJobs.fromDeclarations()` takes once they are on disk; `undefined` without `declarations`. */
  public readonly declarationsUri?: string;
  /** `true` if the list was cut at `maxItems`, else `false`. */
  public readonly truncated: string;

  /**
   * @param scope the construct that owns the inventory
   * @param id the inventory's id in its scope
   * @param props which jobs to list
   */
  constructor(scope: Construct, id: string, props: LabelingJobInventoryProps = {}) {
    refuse(`${scope.node.path}/${id}`, inventoryProblems(props));
    super(scope, id);

    const provider = inventoryProvider(this, props);
    const bucket = props.recordBucket ?? StateBucket.of(this);
    provider.allow(`records ${bucket.node.path} ${props.recordPrefix}`, 'all', () => recordStatements(bucket, props.recordPrefix));

    const logicalId = ownLogicalId(this, () => resource);
    const recordPrefix = props.recordPrefix ?? `${STACK_GUID}/${logicalId}/`;
    if (props.declarations) this.declarationsUri = bucket.s3UrlForObject(`${recordPrefix}${INVENTORY_DECLARATIONS}`);
    const listing: Omit<Record<keyof LabelingJobInventoryProperties, unknown>, 'ServiceToken' | 'ReconcileNonce'> = {
      ContractVersion: '1',
      RecordBucket: bucket.bucketName,
      RecordPrefix: recordPrefix,
      Filters: inventoryFilters(props),
      Pagination: { MaxItems: props.maxItems, PageSize: props.pageSize, StartingToken: props.startingToken },
      Declarations: props.declarations ? 'true' : undefined,
    };
    const reconcileOn = (props.reconcileOn ?? ReconcileOn.CHANGE)._bind(this, {
      ended: jobEvents(events.Match.prefix(labelingJobArn(this, '')), ENDED),
      wake: () => new targets.LambdaFunction(lister(provider), { event: events.RuleTargetInput.fromObject(listing) }),
    });
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_JOB_INVENTORY_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties: { ...listing, ReconcileNonce: nonce(reconcileOn.nonce, props.jobs) },
    });
    resource.node.addDependency(bucket, ...provider.permissions, ...reconcileOn.before, ...(props.jobs ?? []));

    const number = (name: LabelingJobInventoryAttribute) => Token.asNumber(resource.getAtt(name));
    this.total = number('Total');
    this.initializing = number('Initializing');
    this.inProgress = number('InProgress');
    this.completed = number('Completed');
    this.failed = number('Failed');
    this.stopping = number('Stopping');
    this.stopped = number('Stopped');
    this.totalLabeled = number('TotalLabeled');
    this.humanLabeled = number('HumanLabeled');
    this.machineLabeled = number('MachineLabeled');
    this.failedNonRetryableError = number('FailedNonRetryableError');
    this.unlabeled = number('Unlabeled');
    this.recordUri = resource.getAttString('RecordUri' satisfies LabelingJobInventoryAttribute);
    this.truncated = resource.getAttString('Truncated' satisfies LabelingJobInventoryAttribute);
  }
}

function inventoryProvider(scope: Construct, { declarations }: LabelingJobInventoryProps): JobProvider {
  const provider = JobProvider.of(scope, {
    id: 'LabelingJobInventoryProvider',
    bundle: 'labeling-job-inventory',
    description: 'Lists of Ground Truth labeling jobs',
    handlerTimeout: LONGEST_HANDLER_TIMEOUT,
    waits: false,
  });
  provider.allow('list', 'all', () => [new iam.PolicyStatement({ actions: ['sagemaker:ListLabelingJobs'], resources: ['*'] })]);
  if (declarations) provider.allow('describe', 'all', () => [new iam.PolicyStatement({ actions: ['sagemaker:DescribeLabelingJob'], resources: [labelingJobArn(scope, '*')] })]);
  return provider;
}

function lister(provider: JobProvider): ReturnType<JobProvider['worker']> {
  return provider.worker('Reconcile', { handler: 'reconcile', does: 'lists without a deployment', timeout: LONGEST_HANDLER_TIMEOUT });
}

/** A text that changes with whatever is to make the list be taken again: a job's next generation has another name. */
function nonce(asked: string | undefined, jobs: readonly ILabelingJob[] = []): string | undefined {
  const parts = [asked, ...jobs.map((job) => job.labelingJobName)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('/') : undefined;
}
