import { CustomResource, Resource, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { LabelingQueue } from './labeling-queue';
import { LabelingQueueInventoryProps } from './labeling-queue-inventory-props';
import {
  LABELING_QUEUE_INVENTORY_RESOURCE_TYPE, LabelingQueueInventoryAttribute, LabelingQueueInventoryProperties,
} from './private/labeling-queue-inventory-contract';
import { queueInventoryProblems, queueListingProperties } from './private/labeling-queue-inventory-properties';
import { QUEUE_INVENTORIES, superviselyProvider } from './private/supervisely-provider';
import { refuse } from '../private/errors';
import { JobProvider, SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { recordStatements, STACK_GUID, StateBucket } from '../private/state-bucket';
import { ReconcileOn } from '../reconcile-on';

/**
 * A list of a team's labeling queues, taken by the deployment: counts as attributes, the list itself as a file in S3.
 *
 * @see https://docs.supervisely.com/labeling/jobs/labeling-queues
 */
export class LabelingQueueInventory extends Resource {
  /** How many queues are listed. */
  public readonly total: number;
  /** How many of them nobody has begun. */
  public readonly pending: number;
  /** How many of them are being worked on. */
  public readonly inProgress: number;
  /** How many of them have the status `on_review`. */
  public readonly onReview: number;
  /** How many of them have the status `review_completed`. */
  public readonly reviewCompleted: number;
  /** How many of them have ended with everything accepted. */
  public readonly completed: number;
  /** How many of them were stopped. */
  public readonly stopped: number;
  /** Images of all listed queues. */
  public readonly imagesCount: number;
  /** Images that nobody has taken yet, of all listed queues. */
  public readonly pendingImagesCount: number;
  /** Images that somebody labels, of all listed queues. */
  public readonly inProgressImagesCount: number;
  /** Images that wait for their review, of all listed queues. */
  public readonly annotatedImagesCount: number;
  /** Images that reviewers have accepted, of all listed queues. */
  public readonly acceptedImagesCount: number;
  /** The URI of the list: JSON Lines, a queue a line in the server's own form. */
  public readonly recordUri: string;
  /** `true` if the list was cut at `maxItems`, else `false`. */
  public readonly truncated: string;

  /**
   * @param scope the construct that owns the inventory
   * @param id the inventory's id in its scope
   * @param props which queues to list
   */
  constructor(scope: Construct, id: string, props: LabelingQueueInventoryProps) {
    refuse(`${scope.node.path}/${id}`, queueInventoryProblems(props));
    super(scope, id);

    const provider = superviselyProvider(this, props.connection, QUEUE_INVENTORIES);
    const bucket = props.recordBucket ?? StateBucket.of(this);
    provider.allow(`records ${bucket.node.path} ${props.recordPrefix}`, 'all', () => recordStatements(bucket, props.recordPrefix));

    const logicalId = ownLogicalId(this, () => resource);
    const listing = queueListingProperties(props, { bucket: bucket.bucketName, prefix: props.recordPrefix ?? `${STACK_GUID}/${logicalId}/` });
    const reconcileOn = (props.reconcileOn ?? ReconcileOn.CHANGE)._bind(this, {
      wake: () => new targets.LambdaFunction(lister(provider), { event: events.RuleTargetInput.fromObject(listing) }),
    });
    const properties: Omit<Record<keyof LabelingQueueInventoryProperties, unknown>, 'ServiceToken'> = {
      ...listing, ReconcileNonce: nonce(reconcileOn.nonce, props.queues),
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_QUEUE_INVENTORY_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(bucket, ...provider.permissions, ...reconcileOn.before, ...(props.queues ?? []));

    const number = (name: LabelingQueueInventoryAttribute) => Token.asNumber(resource.getAtt(name));
    this.total = number('Total');
    this.pending = number('Pending');
    this.inProgress = number('InProgress');
    this.onReview = number('OnReview');
    this.reviewCompleted = number('ReviewCompleted');
    this.completed = number('Completed');
    this.stopped = number('Stopped');
    this.imagesCount = number('ImagesCount');
    this.pendingImagesCount = number('PendingImagesCount');
    this.inProgressImagesCount = number('InProgressImagesCount');
    this.annotatedImagesCount = number('AnnotatedImagesCount');
    this.acceptedImagesCount = number('AcceptedImagesCount');
    this.recordUri = resource.getAttString('RecordUri' satisfies LabelingQueueInventoryAttribute);
    this.truncated = resource.getAttString('Truncated' satisfies LabelingQueueInventoryAttribute);
  }
}

function lister(provider: JobProvider): ReturnType<JobProvider['worker']> {
  return provider.worker('Reconcile', { handler: 'reconcile', does: 'lists without a deployment', timeout: QUEUE_INVENTORIES.handlerTimeout });
}

/** A text that changes with whatever is to make the list be taken again: new queues, and queues in another status. */
function nonce(asked: string | undefined, queues: readonly LabelingQueue[] = []): string | undefined {
  const parts = [asked, ...queues.flatMap((queue) => [Token.asString(queue.queueId), queue.status])].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('/') : undefined;
}
