import { CustomResource, Resource, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IBatchJob } from './batch-job-interface';
import { BatchJobInventoryProps } from './batch-job-inventory-props';
import { batchJobArn } from './private/batch-job-arn';
import { batchJobEvents, ENDED, warnOfEvents } from './private/batch-job-events';
import { BATCH_JOB_INVENTORY_RESOURCE_TYPE, BatchJobInventoryAttribute, BatchJobInventoryProperties } from './private/batch-job-inventory-contract';
import { rangeProblems, lengthProblems } from './private/value-problems';
import { LIMITS } from '../model/s3batch/limits';
import { refuse } from '../private/errors';
import { LONGEST_HANDLER_TIMEOUT } from '../private/handler-function';
import { JobProvider, SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { recordStatements, STACK_GUID, StateBucket } from '../private/state-bucket';
import { isKnown } from '../private/tokens';
import { ReconcileOn } from '../reconcile-on';

/** The paginator's token holds S3's, and where in its page the list was cut, as Base64. */
const MAX_TOKEN_LENGTH = 2 * LIMITS.nextTokenLength;

/**
 * A list of the S3 Batch Operations jobs of account and region, taken by the deployment: counts as attributes, the list itself as a file in S3.
 * S3 forgets jobs 90 days after their end.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListJobs.html
 */
export class BatchJobInventory extends Resource {
  /** How many jobs are listed. */
  public readonly total: number;
  /** How many of them work on objects. */
  public readonly active: number;
  /** How many of them were cancelled. */
  public readonly cancelled: number;
  /** How many of them are being cancelled. */
  public readonly cancelling: number;
  /** How many of them have ended with no task left, however many have failed. */
  public readonly complete: number;
  /** How many of them write their report. */
  public readonly completing: number;
  /** How many of them S3 has given up. */
  public readonly failed: number;
  /** How many of them S3 is giving up. */
  public readonly failing: number;
  /** How many of them were just made. */
  public readonly newJobs: number;
  /** How many of them wait for jobs of higher priority. */
  public readonly paused: number;
  /** How many of them make way for jobs of higher priority. */
  public readonly pausing: number;
  /** How many of them read or generate their manifest. */
  public readonly preparing: number;
  /** How many of them wait for their turn. */
  public readonly ready: number;
  /** How many of them wait for confirmation. */
  public readonly suspended: number;
  /** Tasks of all listed jobs. */
  public readonly totalTasks: number;
  /** Tasks done, of all listed jobs. */
  public readonly succeededTasks: number;
  /** Tasks failed, of all listed jobs. */
  public readonly failedTasks: number;
  /** Seconds in which S3 has worked, of all listed jobs. */
  public readonly activeSeconds: number;
  /** The URI of the list: JSON Lines, a job a line. */
  public readonly recordUri: string;
  /** `true` if the list was cut at `maxItems`, else `false`. */
  public readonly truncated: string;

  /**
   * @param scope the construct that owns the inventory
   * @param id the inventory's id in its scope
   * @param props which jobs to list
   */
  constructor(scope: Construct, id: string, props: BatchJobInventoryProps = {}) {
    refuse(`${scope.node.path}/${id}`, inventoryProblems(props));
    super(scope, id);

    const provider = inventoryProvider(this, props);
    const bucket = props.recordBucket ?? StateBucket.of(this);
    provider.allow(`records ${bucket.node.path} ${props.recordPrefix}`, 'all', () => recordStatements(bucket, props.recordPrefix));

    const listing: Omit<Record<keyof BatchJobInventoryProperties, unknown>, 'ServiceToken' | 'ReconcileNonce'> = {
      ContractVersion: '1',
      AccountId: Stack.of(this).account,
      RecordBucket: bucket.bucketName,
      RecordPrefix: props.recordPrefix ?? `${STACK_GUID}/${ownLogicalId(this, () => resource)}/`,
      JobStatuses: props.jobStatuses,
      Pagination: { MaxItems: props.maxItems, PageSize: props.pageSize, StartingToken: props.startingToken },
      DescribeTimers: props.describeTimers ? 'true' : undefined,
    };
    const reconcileOn = (props.reconcileOn ?? ReconcileOn.CHANGE)._bind(this, {
      ended: batchJobEvents(ENDED),
      wake: () => new targets.LambdaFunction(lister(provider), { event: events.RuleTargetInput.fromObject(listing) }),
    });
    if (reconcileOn.listens) warnOfEvents(this);
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: BATCH_JOB_INVENTORY_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties: { ...listing, ReconcileNonce: nonce(reconcileOn.nonce, props.jobs) },
    });
    resource.node.addDependency(bucket, ...provider.permissions, ...reconcileOn.before, ...(props.jobs ?? []));

    const number = (name: BatchJobInventoryAttribute) => Token.asNumber(resource.getAtt(name));
    this.total = number('Total');
    this.active = number('Active');
    this.cancelled = number('Cancelled');
    this.cancelling = number('Cancelling');
    this.complete = number('Complete');
    this.completing = number('Completing');
    this.failed = number('Failed');
    this.failing = number('Failing');
    this.newJobs = number('New');
    this.paused = number('Paused');
    this.pausing = number('Pausing');
    this.preparing = number('Preparing');
    this.ready = number('Ready');
    this.suspended = number('Suspended');
    this.totalTasks = number('TotalTasks');
    this.succeededTasks = number('SucceededTasks');
    this.failedTasks = number('FailedTasks');
    this.activeSeconds = number('ActiveSeconds');
    this.recordUri = resource.getAttString('RecordUri' satisfies BatchJobInventoryAttribute);
    this.truncated = resource.getAttString('Truncated' satisfies BatchJobInventoryAttribute);
  }
}

function inventoryProvider(scope: Construct, { describeTimers }: BatchJobInventoryProps): JobProvider {
  const provider = JobProvider.of(scope, {
    id: 'BatchJobInventoryProvider',
    bundle: 'batch-job-inventory',
    description: 'Lists of S3 Batch Operations jobs',
    handlerTimeout: LONGEST_HANDLER_TIMEOUT,
    waits: false,
  });
  provider.allow('list', 'all', () => [new iam.PolicyStatement({ actions: ['s3:ListJobs'], resources: ['*'] })]);
  if (describeTimers) provider.allow('describe', 'all', () => [new iam.PolicyStatement({ actions: ['s3:DescribeJob'], resources: [batchJobArn(scope, '*')] })]);
  return provider;
}

function lister(provider: JobProvider): ReturnType<JobProvider['worker']> {
  return provider.worker('Reconcile', { handler: 'reconcile', does: 'lists without a deployment', timeout: LONGEST_HANDLER_TIMEOUT });
}

/** A text that changes with whatever is to make the list be taken again: a job's next generation has another id. */
function nonce(asked: string | undefined, jobs: readonly IBatchJob[] = []): string | undefined {
  const parts = [asked, ...jobs.map((job) => job.batchJobId)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('/') : undefined;
}

/** What is wrong with an inventory's filter and paging. */
function inventoryProblems({ jobStatuses, maxItems, pageSize, startingToken, recordPrefix }: BatchJobInventoryProps): string[] {
  const problems = [
    ...rangeProblems('maxItems', maxItems, { min: 1, max: Number.MAX_SAFE_INTEGER }),
    ...rangeProblems('pageSize', pageSize, { min: 1, max: LIMITS.listPageSize.max }),
    ...lengthProblems('startingToken', startingToken, MAX_TOKEN_LENGTH),
  ];
  if (jobStatuses?.length === 0) problems.push('\'jobStatuses\' must not be empty: leave it out for jobs in any state');
  if (isKnown(recordPrefix) && recordPrefix !== '' && (!recordPrefix.endsWith('/') || recordPrefix.startsWith('/') || /[*?$]/.test(recordPrefix))) {
    problems.push(`'recordPrefix' must end, but not begin, with a slash and be without '*', '?' and '$', got ${JSON.stringify(recordPrefix)}`);
  }
  return problems;
}
