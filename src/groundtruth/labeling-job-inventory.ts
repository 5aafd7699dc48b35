import { CfnElement, CustomResource, Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ILabelingJob } from './labeling-job-interface';
import { LabelingJobStatus } from './labeling-job-status';
import {
  LABELING_JOB_INVENTORY_RESOURCE_TYPE, LabelingJobInventoryAttribute, LabelingJobInventoryProperties,
} from './private/labeling-job-inventory-contract';
import { inventoryProblems } from './private/labeling-job-inventory-validation';
import { refuse } from '../private/errors';
import { LONGEST_HANDLER_TIMEOUT } from '../private/handler-function';
import { JobProvider, SERVICE_TIMEOUT } from '../private/job-provider';
import { recordStatements, STACK_GUID, StateBucket } from '../private/state-bucket';
import { ReconcileOn } from '../reconcile-on';

/** What an inventory is sorted by. */
export enum InventorySortBy {
  /** The job's name. */
  NAME = 'Name',
  /** When the job was created. */
  CREATION_TIME = 'CreationTime',
  /** The job's state. */
  STATUS = 'Status',
}

/** In which order an inventory is sorted. */
export enum InventorySortOrder {
  /** Smallest, or oldest, first. */
  ASCENDING = 'Ascending',
  /** Greatest, or newest, first. */
  DESCENDING = 'Descending',
}

/**
 * Which jobs an inventory lists, and where the list goes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListLabelingJobs.html
 */
export interface LabelingJobInventoryOptions {
  /**
   * Only jobs created after this time.
   *
   * @default - no such limit
   */
  readonly creationTimeAfter?: Date;

  /**
   * Only jobs created before this time.
   *
   * @default - no such limit
   */
  readonly creationTimeBefore?: Date;

  /**
   * Only jobs modified after this time.
   *
   * @default - no such limit
   */
  readonly lastModifiedTimeAfter?: Date;

  /**
   * Only jobs modified before this time.
   *
   * @default - no such limit
   */
  readonly lastModifiedTimeBefore?: Date;

  /**
   * Only jobs whose name contains this: up to 63 letters, digits and hyphens.
   *
   * @default - any name
   */
  readonly nameContains?: string;

  /**
   * Only jobs in this state.
   *
   * @default - any state
   */
  readonly statusEquals?: LabelingJobStatus;

  /**
   * What the list is sorted by.
   *
   * @default - the service's: InventorySortBy.CREATION_TIME
   */
  readonly sortBy?: InventorySortBy;

  /**
   * In which order the list is sorted.
   *
   * @default - the service's: InventorySortOrder.ASCENDING
   */
  readonly sortOrder?: InventorySortOrder;

  /**
   * How many jobs to list at most. The record holds the token that continues a list that was cut.
   *
   * @default - all
   */
  readonly maxItems?: number;

  /**
   * How many jobs to ask for in a call, 1 to 100.
   *
   * @default 100
   */
  readonly pageSize?: number;

  /**
   * The token of an earlier record that was cut, to continue there.
   *
   * @default - from the beginning
   */
  readonly startingToken?: string;

  /**
   * Bucket of the record, a file of JSON Lines with all jobs.
   *
   * @default - the stack's state bucket, made by the library
   */
  readonly recordBucket?: s3.IBucket;

  /**
   * Prefix of the record's key, ending in a slash, or empty.
   *
   * @default - the stack's and the resource's own prefix
   */
  readonly recordPrefix?: string;

  /**
   * What makes a deployment list again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;
}

/** Properties of a `LabelingJobInventory`. */
export interface LabelingJobInventoryProps extends LabelingJobInventoryOptions {
  /**
   * Jobs that the list is taken after, and taken again after each change of theirs.
   *
   * @default - none, the list is taken when the resource changes
   */
  readonly jobs?: ILabelingJob[];
}

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

    const provider = JobProvider.of(this, {
      id: 'LabelingJobInventoryProvider',
      bundle: 'labeling-job-inventory',
      description: 'Lists of Ground Truth labeling jobs',
      handlerTimeout: LONGEST_HANDLER_TIMEOUT,
      waits: false,
    });
    const bucket = props.recordBucket ?? StateBucket.of(this);
    provider.allow('list', () => [new iam.PolicyStatement({ actions: ['sagemaker:ListLabelingJobs'], resources: ['*'] })]);
    provider.allow(`records ${bucket.node.path} ${props.recordPrefix}`, () => recordStatements(bucket, props.recordPrefix));

    const properties: Omit<Record<keyof LabelingJobInventoryProperties, unknown>, 'ServiceToken' | 'RecordPrefix'> = {
      ContractVersion: '1',
      RecordBucket: bucket.bucketName,
      Filters: filters(props),
      Pagination: { MaxItems: props.maxItems, PageSize: props.pageSize, StartingToken: props.startingToken },
      ReconcileNonce: nonce(this, props),
    };
    const ownLogicalId = Lazy.string({ produce: () => Stack.of(this).getLogicalId(resource.node.defaultChild as CfnElement) });
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_JOB_INVENTORY_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties: { ...properties, RecordPrefix: props.recordPrefix ?? `${STACK_GUID}/${ownLogicalId}/` },
    });
    resource.node.addDependency(bucket, ...provider.permissions, ...(props.jobs ?? []));

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

function filters(props: LabelingJobInventoryProps): LabelingJobInventoryProperties['Filters'] {
  return {
    CreationTimeAfter: props.creationTimeAfter?.toISOString(),
    CreationTimeBefore: props.creationTimeBefore?.toISOString(),
    LastModifiedTimeAfter: props.lastModifiedTimeAfter?.toISOString(),
    LastModifiedTimeBefore: props.lastModifiedTimeBefore?.toISOString(),
    NameContains: props.nameContains,
    SortBy: props.sortBy,
    SortOrder: props.sortOrder,
    StatusEquals: props.statusEquals,
  };
}

/** A text that changes with whatever is to make the list be taken again: a job's next generation has another name. */
function nonce(scope: Construct, { jobs = [], reconcileOn = ReconcileOn.CHANGE }: LabelingJobInventoryProps): string | undefined {
  const parts = [reconcileOn._nonce(scope), ...jobs.map((job) => job.labelingJobName)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('/') : undefined;
}
