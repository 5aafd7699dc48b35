import { CustomResource, Fn, Resource, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LabelingJobProps } from './labeling-job-props';
import { EVENT_SOURCE } from './private/completion-webhook-contract';
import {
  LABELING_JOB_RESOURCE_TYPE, LABELING_JOB_STATE_CHANGE, LabelingJobAttribute, LabelingJobProperties,
} from './private/labeling-job-contract';
import { declarationProperties } from './private/labeling-job-properties';
import { allowDrift, awaitImport, jobWaker, labelingJobProvider, WakeUp } from './private/labeling-job-provider';
import { labelingJobProblems } from './private/labeling-job-validation';
import { jobRule } from '../groundtruth/private/job-events';
import { JobState } from '../model/job-state';
import { refuse } from '../private/errors';
import { jobNames } from '../private/job-names';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { STACK_GUID, StateBucket } from '../private/state-bucket';
import { ReconcileOn } from '../reconcile-on';

/** Of jobs whose completion is announced. */
const COMPLETIONS = ReconcileOn.anyOf(ReconcileOn.CHANGE, ReconcileOn.STATE_CHANGE);

/**
 * Labeling jobs on a Supervisely server, one for each labeler. They are deployed when the server has made them; people then label for days.
 *
 * @see https://developer.supervisely.com/getting-started/python-sdk-tutorials/labeling-jobs
 */
export class LabelingJob extends Resource {
  /** What the jobs' names on the server end in, without generation and labeler: `<title> [<job name>-r<generation>-u<labeler id>]`. */
  public readonly jobName: string;
  /** The first labeler's job. No number but an empty text where there is no job yet: while `status` is `preparing`, and after a report only. */
  public readonly jobId: number;
  /**
   * The jobs' ids as texts, in the order of the labelers, for outputs and other systems; a single empty text where `jobId` is one. Constructs of this
   * library take the `LabelingJob` itself, for instance in `jobs` of a `LabelsExport`.
   */
  public readonly jobIds: string[];
  /** The labelers' ids; a single empty text where `jobId` is one. */
  public readonly labelerIds: string[];
  /** The status that all jobs have reached, as of the last deployment: a `LabelingJobStatus`, or `preparing` while an import makes the dataset. */
  public readonly status: string;
  /** The jobs' statuses, in the order of the labelers, as of the last deployment. */
  public readonly statuses: string[];
  /** The jobs' state in the words common to all job systems, as of the last deployment: a `JobState`. */
  public readonly state: string;
  /** How many jobs there have been in a row for the labeler who has had most, from 1. */
  public readonly generation: number;
  /** Id of the jobs' team. While `status` is `preparing` and no team is declared, an empty text. */
  public readonly teamId: number;
  /**
   * Id of the dataset's project. An empty text while `status` is `preparing`, where `DatasetImport.projectId` tells it, and after a rollback that could
   * not look the jobs up.
   */
  public readonly projectId: number;
  /** Id of the dataset. An empty text while `status` is `preparing`, where `DatasetImport.datasetId` tells it. */
  public readonly datasetId: number;
  /** Images of all jobs. */
  public readonly imagesCount: number;
  /** Images that labelers have finished, as of the last deployment. */
  public readonly finishedImagesCount: number;
  /** Images that the reviewer has accepted, as of the last deployment. */
  public readonly acceptedImagesCount: number;
  /** Images that the reviewer has rejected, as of the last deployment. */
  public readonly rejectedImagesCount: number;
  /** Images that are done and not rejected, as of the last deployment. */
  public readonly labeledImagesCount: number;
  /** Images that are not done, or rejected, as of the last deployment. */
  public readonly unlabeledImagesCount: number;
  /** What the last deployment has to say about the jobs, for people. */
  public readonly message: string;
  /**
   * What the names by which the library knows these jobs begin with.
   *
   * @internal
   */
  public readonly _nameBase: string;
  /**
   * Where the library remembers the jobs of all generations.
   *
   * @internal
   */
  public readonly _ledger: { readonly bucket: string; readonly key: string };
  /** @internal */
  public readonly _stateBucket: s3.IBucket;
  /** @internal */
  public readonly _jobIds: string;
  /** @internal */
  public readonly _statuses: string;

  /**
   * @param scope the construct that owns the jobs
   * @param id the jobs' id in its scope
   * @param props what is to be labeled, how and by whom
   */
  constructor(scope: Construct, id: string, props: LabelingJobProps) {
    refuse(`${scope.node.path}/${id}`, labelingJobProblems(props));
    super(scope, id);

    this._nameBase = jobNames(this).base;
    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const provider = labelingJobProvider(this, props.connection, stateBucket);
    this._stateBucket = stateBucket;
    this._ledger = { bucket: stateBucket.bucketName, key: `${STACK_GUID}/${ownLogicalId(this, () => resource)}/ledger.json` };
    const wakeUp = (others: WakeUp = {}): WakeUp => ({
      connection: props.connection._properties, stateBucket: this._ledger.bucket, key: this._ledger.key, ...others,
    });
    const { completionWebhook } = props;
    const reconcileOn = (props.reconcileOn ?? (completionWebhook ? COMPLETIONS : ReconcileOn.CHANGE))._bind(this, {
      ended: completionWebhook?._completed([this]),
      eventBus: completionWebhook?.eventBus,
      otherwise: 'give the job a \'completionWebhook\', or use a schedule',
      wake: (driftParameter) => jobWaker(provider, wakeUp({ driftParameter })),
    });
    if (reconcileOn.driftParameter !== undefined) allowDrift(this, provider, reconcileOn.driftParameter);
    const awaited = props.dataset?._awaited;
    if (awaited) awaitImport(this, provider, awaited, wakeUp);

    const properties: Omit<Record<keyof LabelingJobProperties, unknown>, 'ServiceToken'> = {
      ...declarationProperties(this, props),
      StateBucket: stateBucket.bucketName,
      NameBase: this._nameBase,
      ReconcileNonce: reconcileOn.nonce,
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_JOB_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(stateBucket, ...provider.permissions, ...reconcileOn.before, ...awaited ? [awaited.maker] : []);
    this.jobName = resource.ref;

    const text = (name: LabelingJobAttribute) => resource.getAttString(name);
    const number = (name: LabelingJobAttribute) => Token.asNumber(resource.getAtt(name));
    this.jobId = number('JobId');
    this._jobIds = text('JobIds');
    this._statuses = text('Statuses');
    this.jobIds = Fn.split(',', this._jobIds);
    this.labelerIds = Fn.split(',', text('LabelerIds'));
    this.status = text('Status');
    this.statuses = Fn.split(',', this._statuses);
    this.state = text('State');
    this.generation = number('Generation');
    this.teamId = number('TeamId');
    this.projectId = number('ProjectId');
    this.datasetId = number('DatasetId');
    this.imagesCount = number('ImagesCount');
    this.finishedImagesCount = number('FinishedImagesCount');
    this.acceptedImagesCount = number('AcceptedImagesCount');
    this.rejectedImagesCount = number('RejectedImagesCount');
    this.labeledImagesCount = number('LabeledImagesCount');
    this.unlabeledImagesCount = number('UnlabeledImagesCount');
    this.message = text('Message');
  }

  /**
   * A rule for every change of the status that all jobs have reached. The server announces none but completed jobs, so that a change is told when a
   * deployment, a schedule or a message of the server has somebody look. `LabelingJobStateChangeDetail` says what the target hears.
   */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this._stateChanges(), options);
  }

  /** A rule for the end of all jobs with everything accepted. */
  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this._stateChanges(JobState.COMPLETED), options);
  }

  /**
   * A rule for what only a person can mend: a look between deployments that has failed, with its `reason`, or an import of the dataset that has ended
   * without one. The server itself knows no failed jobs.
   */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this._stateChanges(JobState.FAILED), options);
  }

  /** A rule for the end of all jobs of which at least one was stopped. */
  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this._stateChanges(JobState.STOPPED), options);
  }

  /**
   * By the beginning of the jobs' name, which no attribute of theirs tells: the jobs may wait for a rule.
   *
   * @internal
   */
  public _stateChanges(...states: JobState[]): events.EventPattern {
    return {
      source: [EVENT_SOURCE],
      detailType: [LABELING_JOB_STATE_CHANGE],
      detail: { jobName: [{ prefix: `${this._nameBase}-` }], ...(states.length > 0 && { state: states }) },
    };
  }
}
