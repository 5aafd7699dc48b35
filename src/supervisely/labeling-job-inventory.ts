import { CustomResource, Resource, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { LabelingJob } from './labeling-job';
import { LabelingJobInventoryProps } from './labeling-job-inventory-props';
import { LABELING_JOB_INVENTORY_RESOURCE_TYPE, LabelingJobInventoryAttribute, LabelingJobInventoryProperties } from './private/labeling-job-inventory-contract';
import { listingProperties } from './private/labeling-job-inventory-properties';
import { inventoryProblems } from './private/labeling-job-inventory-validation';
import { INVENTORIES, superviselyProvider } from './private/supervisely-provider';
import { refuse } from '../private/errors';
import { JobProvider, SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { recordStatements, STACK_GUID, StateBucket } from '../private/state-bucket';
import { ReconcileOn } from '../reconcile-on';

/**
 * A list of a team's labeling jobs, taken by the deployment: counts as attributes, the list itself as a file in S3.
 *
 * @see https://developer.supervisely.com/getting-started/python-sdk-tutorials/labeling-jobs
 */
export class LabelingJobInventory extends Resource {
  /** How many jobs are listed. */
  public readonly total: number;
  /** How many of them their labelers have not opened yet. */
  public readonly pending: number;
  /** How many of them are being labeled. */
  public readonly inProgress: number;
  /** How many of them are being reviewed. */
  public readonly onReview: number;
  /** How many of them are reviewed and with their manager. */
  public readonly reviewCompleted: number;
  /** How many of them have ended with everything accepted. */
  public readonly completed: number;
  /** How many of them were stopped. */
  public readonly stopped: number;
  /** Images of all listed jobs. */
  public readonly imagesCount: number;
  /** Images that labelers have finished, of all listed jobs. */
  public readonly finishedImagesCount: number;
  /** Images that reviewers have accepted, of all listed jobs. */
  public readonly acceptedImagesCount: number;
  /** Images that reviewers have rejected, of all listed jobs. */
  public readonly rejectedImagesCount: number;
  /** The URI of the list: JSON Lines, a job a line in the server's own form. */
  public readonly recordUri: string;
  /** `true` if the list was cut at `maxItems`, else `false`. */
  public readonly truncated: string;

  /**
   * @param scope the construct that owns the inventory
   * @param id the inventory's id in its scope
   * @param props which jobs to list
   */
  constructor(scope: Construct, id: string, props: LabelingJobInventoryProps) {
    refuse(`${scope.node.path}/${id}`, inventoryProblems(props));
    super(scope, id);

    const provider = superviselyProvider(this, props.connection, INVENTORIES);
    const bucket = props.recordBucket ?? StateBucket.of(this);
    provider.allow(`records ${bucket.node.path} ${props.recordPrefix}`, 'all', () => recordStatements(bucket, props.recordPrefix));

    const logicalId = ownLogicalId(this, () => resource);
    const listing = listingProperties(props, { bucket: bucket.bucketName, prefix: props.recordPrefix ?? `${STACK_GUID}/${logicalId}/` });
    const reconcileOn = (props.reconcileOn ?? ReconcileOn.CHANGE)._bind(this, {
      ended: props.jobs && stateChanges(props.jobs),
      otherwise: 'give \'jobs\', whose states are announced, or use a schedule',
      wake: () => new targets.LambdaFunction(lister(provider), { event: events.RuleTargetInput.fromObject(listing) }),
    });
    const properties: Omit<Record<keyof LabelingJobInventoryProperties, unknown>, 'ServiceToken'> = {
      ...listing, ReconcileNonce: nonce(reconcileOn.nonce, props.jobs),
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_JOB_INVENTORY_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(bucket, ...provider.permissions, ...reconcileOn.before, ...(props.jobs ?? []));

    const number = (name: LabelingJobInventoryAttribute) => Token.asNumber(resource.getAtt(name));
    this.total = number('Total');
    this.pending = number('Pending');
    this.inProgress = number('InProgress');
    this.onReview = number('OnReview');
    this.reviewCompleted = number('ReviewCompleted');
    this.completed = number('Completed');
    this.stopped = number('Stopped');
    this.imagesCount = number('ImagesCount');
    this.finishedImagesCount = number('FinishedImagesCount');
    this.acceptedImagesCount = number('AcceptedImagesCount');
    this.rejectedImagesCount = number('RejectedImagesCount');
    this.recordUri = resource.getAttString('RecordUri' satisfies LabelingJobInventoryAttribute);
    this.truncated = resource.getAttString('Truncated' satisfies LabelingJobInventoryAttribute);
  }
}

function lister(provider: JobProvider): ReturnType<JobProvider['worker']> {
  return provider.worker('Reconcile', { handler: 'reconcile', does: 'lists without a deployment', timeout: INVENTORIES.handlerTimeout });
}

/** The changes of which jobs tell by themselves. */
function stateChanges(jobs: readonly LabelingJob[]): events.EventPattern {
  const [first, ...others] = jobs.map((job) => job._stateChanges());
  const names = [first, ...others].flatMap(({ detail }) => detail!.jobName);
  return { ...first, detail: { jobName: names } };
}

/** A text that changes with whatever is to make the list be taken again: new jobs, and jobs in another status. */
function nonce(asked: string | undefined, jobs: readonly LabelingJob[] = []): string | undefined {
  const parts = [asked, ...jobs.flatMap((job) => [job._jobIds, job._statuses])].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('/') : undefined;
}
