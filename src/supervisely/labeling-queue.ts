import { CustomResource, Resource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LabelingQueueProps } from './labeling-queue-props';
import { ReconcileOn } from '../reconcile-on';
import { allowDrift } from './private/labeling-job-provider';
import { LABELING_QUEUE_RESOURCE_TYPE, LabelingQueueAttribute, LabelingQueueProperties, LabelingQueueReconcileEvent } from './private/labeling-queue-contract';
import { queueProperties } from './private/labeling-queue-properties';
import { labelingQueueProvider, queueWaker } from './private/labeling-queue-provider';
import { labelingQueueProblems } from './private/labeling-queue-validation';
import { refuse } from '../private/errors';
import { jobNames } from '../private/job-names';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { STACK_GUID, StateBucket } from '../private/state-bucket';

/**
 * A labeling queue on a Supervisely server: images that labelers take one after the other, and reviewers accept or send back. It is deployed
 * when the server has made it; people then label for days.
 *
 * @see https://docs.supervisely.com/labeling/jobs/labeling-queues
 */
export class LabelingQueue extends Resource {
  /** The queue's id on the server. `LabelingJobInventory` lists its jobs by it. */
  public readonly queueId: number;
  /** The queue's name on the server: `<title> [<id>-r<generation>]`. */
  public readonly queueName: string;
  /** The queue's status, as of the last deployment: a `LabelingJobStatus`. */
  public readonly status: string;
  /** The queue's state in the words common to all job systems, as of the last deployment: a `JobState`. */
  public readonly state: string;
  /** How many queues there have been in a row, from 1. */
  public readonly generation: number;
  /** Id of the queue's team. */
  public readonly teamId: number;
  /** Id of the images' project. */
  public readonly projectId: number;
  /** Id of the images' dataset; a queue of a collection has none, so that nothing may use it. */
  public readonly datasetId: number;
  /** All images of the queue. */
  public readonly imagesCount: number;
  /** Images that nobody has taken yet, as of the last deployment. */
  public readonly pendingImagesCount: number;
  /** Images that somebody labels, as of the last deployment. */
  public readonly inProgressImagesCount: number;
  /** Images that wait for their review, as of the last deployment. */
  public readonly annotatedImagesCount: number;
  /** Images that reviewers have accepted, as of the last deployment. */
  public readonly acceptedImagesCount: number;
  /** What the last deployment has to say about the queue, for people. */
  public readonly message: string;
  /**
   * What the names by which the library knows this queue begin with.
   *
   * @internal
   */
  public readonly _nameBase: string;

  /**
   * @param scope the construct that owns the queue
   * @param id the queue's id in its scope
   * @param props what is to be labeled, how and by whom
   */
  constructor(scope: Construct, id: string, props: LabelingQueueProps) {
    refuse(`${scope.node.path}/${id}`, labelingQueueProblems(props));
    super(scope, id);

    this._nameBase = jobNames(this).base;
    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const provider = labelingQueueProvider(this, props.connection, stateBucket);
    const logicalId = ownLogicalId(this, () => resource);
    const reconcileOn = (props.reconcileOn ?? ReconcileOn.CHANGE)._bind(this, {
      wake: (driftParameter) => queueWaker(provider, {
        connection: props.connection._properties,
        stateBucket: stateBucket.bucketName,
        key: `${STACK_GUID}/${logicalId}/ledger.json`,
        driftParameter,
      } satisfies Record<keyof LabelingQueueReconcileEvent, unknown>),
    });
    if (reconcileOn.driftParameter !== undefined) allowDrift(this, provider, reconcileOn.driftParameter);

    const properties: Omit<Record<keyof LabelingQueueProperties, unknown>, 'ServiceToken'> = {
      ...queueProperties(this, props),
      StateBucket: stateBucket.bucketName,
      NameBase: this._nameBase,
      ReconcileNonce: reconcileOn.nonce,
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_QUEUE_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(stateBucket, ...provider.permissions, ...reconcileOn.before);

    const text = (name: LabelingQueueAttribute) => resource.getAttString(name);
    const number = (name: LabelingQueueAttribute) => Token.asNumber(resource.getAtt(name));
    this.queueId = number('QueueId');
    this.queueName = text('QueueName');
    this.status = text('Status');
    this.state = text('State');
    this.generation = number('Generation');
    this.teamId = number('TeamId');
    this.projectId = number('ProjectId');
    this.datasetId = number('DatasetId');
    this.imagesCount = number('ImagesCount');
    this.pendingImagesCount = number('PendingImagesCount');
    this.inProgressImagesCount = number('InProgressImagesCount');
    this.annotatedImagesCount = number('AnnotatedImagesCount');
    this.acceptedImagesCount = number('AcceptedImagesCount');
    this.message = text('Message');
  }
}
