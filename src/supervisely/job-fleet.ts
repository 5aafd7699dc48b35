import { CustomResource, Duration, Fn, Resource, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { JobFleetProps } from './job-fleet-props';
import { ReconcileOn } from '../reconcile-on';
import { JOB_FLEET_RESOURCE_TYPE, JobFleetAttribute, JobFleetProperties } from './private/job-fleet-contract';
import { awaitImport, FleetWakeUp, jobFleetProvider, jobFleetStateMachine } from './private/job-fleet-provider';
import { asJob, jobFleetProblems } from './private/job-fleet-validation';
import { declarationProperties } from './private/labeling-job-properties';
import { allowDrift } from './private/labeling-job-provider';
import { userProperties } from './private/user-properties';
import { refuse } from '../private/errors';
import { jobNames } from '../private/job-names';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { STACK_GUID, StateBucket } from '../private/state-bucket';

/** Images come without anybody telling. */
const HOURLY = ReconcileOn.anyOf(ReconcileOn.CHANGE, ReconcileOn.schedule(events.Schedule.rate(Duration.hours(1))));

/**
 * Labeling jobs on a Supervisely server among which image sets are shared out, evenly or by weight: one job for each labeler and set. When people come or
 * go, or weights change, what is not done is shared out anew by stopping jobs and making other ones; what is done or in review stays as it is, and
 * no image is ever in two jobs at work. It sends no events: its record shows how far the jobs are, and `CompletionWebhook.onJobCompleted` tells
 * of each that is completed.
 *
 * @see https://developer.supervisely.com/getting-started/python-sdk-tutorials/labeling-jobs
 */
export class JobFleet extends Resource {
  /** The fleet's id: what the jobs' names on the server end in, without number and labeler: `<title> [<fleet id>-r<n>-u<labeler id>]`. */
  public readonly fleetId: string;
  /** The labelers' ids. */
  public readonly labelerIds: string[];
  /** The status that all jobs have reached, as of the last deployment: a `LabelingJobStatus`, or `preparing` while an import makes a dataset. */
  public readonly status: string;
  /** The jobs' state in the words common to all job systems, as of the last deployment: a `JobState`. */
  public readonly state: string;
  /** Id of the jobs' team. */
  public readonly teamId: number;
  /** How many jobs the fleet has or had, as of the last deployment. */
  public readonly jobs: number;
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
  /** How many of them were stopped, by the fleet or by people. */
  public readonly stopped: number;
  /** Images of all sets, as of the last deployment. */
  public readonly imagesCount: number;
  /** Images that labelers have finished, as of the last deployment. */
  public readonly finishedImagesCount: number;
  /** Images that reviewers have accepted, as of the last deployment. */
  public readonly acceptedImagesCount: number;
  /** Images that reviewers have rejected and that are not done again, as of the last deployment. */
  public readonly rejectedImagesCount: number;
  /** Images that are in nobody's job, as of the last deployment: held back, or without a labeler. */
  public readonly unassignedImagesCount: number;
  /** The URI of who has what: JSON Lines, a labeler a line, with their jobs; written anew by every look. */
  public readonly recordUri: string;
  /** What the last deployment has to say, for people. */
  public readonly message: string;
  /** The state machine that looks at the fleet: started without input, it does so at once. */
  public readonly stateMachine: sfn.IStateMachine;

  /**
   * Where the library remembers the jobs of all generations.
   *
   * @internal
   */
  public readonly _ledger: { readonly bucket: string; readonly key: string };
  /** @internal */
  public readonly _stateBucket: s3.IBucket;

  /**
   * @param scope the construct that owns the fleet
   * @param id the fleet's id in its scope
   * @param props which images, and who labels them
   */
  constructor(scope: Construct, id: string, props: JobFleetProps) {
    refuse(`${scope.node.path}/${id}`, jobFleetProblems(props));
    super(scope, id);

    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const provider = jobFleetProvider(this, props.connection, stateBucket);
    this._stateBucket = stateBucket;
    this._ledger = { bucket: stateBucket.bucketName, key: `${STACK_GUID}/${ownLogicalId(this, () => resource)}/ledger.json` };
    const wakeUp = (driftParameter?: string): FleetWakeUp => ({
      connection: props.connection._properties, stateBucket: this._ledger.bucket, key: this._ledger.key, driftParameter,
    });
    let machine: sfn.StateMachine | undefined;
    const stateMachine = (driftParameter?: string) => machine ??= jobFleetStateMachine(this, 'StateMachine', provider, wakeUp(driftParameter));
    const reconcileOn = (props.reconcileOn ?? HOURLY)._bind(this, {
      wake: (driftParameter) => new targets.SfnStateMachine(stateMachine(driftParameter)),
    });
    const { driftParameter } = reconcileOn;
    this.stateMachine = stateMachine(driftParameter);
    if (driftParameter !== undefined) allowDrift(this, provider, driftParameter);
    const awaited = [...new Set(props.imageSets.flatMap(({ _awaited }) => _awaited ?? []))];
    for (const one of awaited) awaitImport(provider, one, wakeUp(driftParameter));

    const { Dataset: _, Labelers: __, Work: { Classes, Tags }, DesiredStatus: ___, Resume: ____, ...declared } = declarationProperties(this, asJob(props));
    const properties: Omit<Record<keyof JobFleetProperties, unknown>, 'ServiceToken'> = {
      ...declared,
      ImageSets: props.imageSets.map(({ _properties }) => _properties),
      Labelers: props.labelers.map(({ labeler, weight }) => ({ ...userProperties(labeler), Weight: weight })),
      Work: { Classes, Tags },
      RejectedImages: props.rejectedImages,
      StateBucket: stateBucket.bucketName,
      NameBase: jobNames(this).base,
      ReconcileNonce: reconcileOn.nonce,
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: JOB_FLEET_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(stateBucket, ...provider.permissions, ...reconcileOn.before, ...awaited.map(({ maker }) => maker));

    const text = (name: JobFleetAttribute) => resource.getAttString(name);
    const number = (name: JobFleetAttribute) => Token.asNumber(resource.getAtt(name));
    this.fleetId = text('FleetId');
    this.labelerIds = Fn.split(',', text('LabelerIds'));
    this.status = text('Status');
    this.state = text('State');
    this.teamId = number('TeamId');
    this.jobs = number('Jobs');
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
    this.unassignedImagesCount = number('UnassignedImagesCount');
    this.recordUri = text('RecordUri');
    this.message = text('Message');
  }

  /** Allows somebody to make the fleet look at its jobs. */
  public grantReconcile(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }
}
