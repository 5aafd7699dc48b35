import { ArnFormat, CustomResource, Duration, ITaggableV2, Stack, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { JobRemoval } from './job-removal';
import { LabelingJobBase } from './labeling-job-base';
import { ILabelingJob } from './labeling-job-interface';
import { LabelingJobProps } from './labeling-job-props';
import { bindAutomatedLabeling } from './private/automated-labeling';
import { InputLocation } from './private/execution-role';
import { ImportedLabelingJob } from './private/imported-labeling-job';
import { ENDED, jobEvents, jobResources, jobRule } from './private/job-events';
import { jobNames } from '../private/job-names';
import { grantReadLabels, JobOutput, jobOutput, outputBuckets } from './private/job-output';
import { jobStream } from './private/job-stream';
import { labelingJobArn, spellings } from './private/labeling-job-arn';
import { CONTRACT_VERSION, LABELING_JOB_RESOURCE_TYPE, LabelingJobAttribute, LabelingJobProperties } from './private/labeling-job-contract';
import { allowDrift, allowJobQueues, allowLabelingJob, allowStreamStore, allowToAwait, jobReconciler, jobWaker, labelingJobProvider } from './private/labeling-job-provider';
import { BoundLabelingJob, jobRequest, jobRevision } from './private/labeling-job-request';
import { allowExecution, allowReading, formerLabels, jobInputs } from './private/labeling-job-role';
import { DEFAULT_LABEL_ATTRIBUTE, labelingJobProblems } from './private/labeling-job-validation';
import { warnOfLabelingJob } from './private/labeling-job-warnings';
import { OBJECT_FAILED, OBJECT_LABELED, STREAM_EVENT_SOURCE } from './private/labeling-stream-contract';
import { lifecycleProperties } from './private/lifecycle-properties';
import { checkWorkerCors } from './private/worker-cors';
import { PATTERNS } from '../model/groundtruth/limits';
import { refuse } from '../private/errors';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { STACK_GUID, StateBucket } from '../private/state-bucket';
import { isKnown } from '../private/tokens';
import { ReconcileOn } from '../reconcile-on';
import { resumePolicy } from '../resume-options';

/**
 * A streaming job ends after ten idle days, and the next one takes its place. No event says that the last object of a job that is to be
 * drained was labeled, or that an event was lost: once an hour somebody looks.
 */
const RENEWED = ReconcileOn.anyOf(ReconcileOn.CHANGE, ReconcileOn.STATE_CHANGE, ReconcileOn.schedule(events.Schedule.rate(Duration.hours(1))));

/**
 * A labeling job of Amazon SageMaker Ground Truth. It is deployed when the service has accepted it; people then label for days.
 *
 * Jobs cannot be edited, deleted or named twice, so the resource is a line of generations of which the newest is meant by all attributes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms.html
 */
export class LabelingJob extends LabelingJobBase implements ITaggableV2 {
  /**
   * An existing job of this account and region.
   *
   * @param scope the construct that uses the job
   * @param id the job's id in its scope
   * @param labelingJobName the job's name
   */
  public static fromLabelingJobName(scope: Construct, id: string, labelingJobName: string): ILabelingJob {
    const valid = !isKnown(labelingJobName) || PATTERNS.labelingJobName.test(labelingJobName);
    refuse(`${scope.node.path}/${id}`, valid ? [] : [`'labelingJobName' must have 1 to 63 letters, digits and hyphens, got ${JSON.stringify(labelingJobName)}`]);
    return new ImportedLabelingJob(scope, id, labelingJobName, labelingJobArn(Stack.of(scope), labelingJobName));
  }

  /**
   * An existing job.
   *
   * @param scope the construct that uses the job
   * @param id the job's id in its scope
   * @param arn the job's ARN
   */
  public static fromLabelingJobArn(scope: Construct, id: string, arn: string): ILabelingJob {
    const valid = !isKnown(arn) || PATTERNS.labelingJobArn.test(arn);
    refuse(`${scope.node.path}/${id}`, valid ? [] : [`'labelingJobArn' must be like arn:aws:sagemaker:us-east-1:111122223333:labeling-job/name, got ${JSON.stringify(arn)}`]);
    return new ImportedLabelingJob(scope, id, Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!, arn, arn);
  }

  /** The name of the newest generation. */
  public readonly labelingJobName: string;
  /** The ARN of the newest generation. */
  public readonly labelingJobArn: string;
  /** The newest generation's state in Ground Truth's words, as of the last deployment: a `LabelingJobStatus`. */
  public readonly labelingJobStatus: string;
  /** The newest generation's state in the words common to all job systems, as of the last deployment: a `JobState`. */
  public readonly state: string;
  /** The number of the newest generation, from 1. */
  public readonly generation: number;
  /** The URI of the labels: a manifest (JSON Lines), complete once the job has ended. */
  public readonly outputDatasetS3Uri: string;
  /**
   * ARN of the model that automated labeling has trained, as of the last deployment; empty before the job has ended and for all other jobs. Another
   * job may start from it: `automatedLabeling: { initialModelArn }`.
   */
  public readonly finalActiveLearningModelArn: string;
  /** Objects labeled, as of the last deployment. */
  public readonly totalLabeled: number;
  /** Objects labeled by people, as of the last deployment. */
  public readonly humanLabeled: number;
  /** Objects labeled by machines, as of the last deployment. */
  public readonly machineLabeled: number;
  /** Objects that could not be labeled, as of the last deployment. */
  public readonly failedNonRetryableError: number;
  /** Objects not labeled yet, as of the last deployment. */
  public readonly unlabeled: number;
  /** What the last deployment has to say about the job, for people. */
  public readonly message: string;
  /** In which fields the job differs from its declaration, as of the last deployment; for an adopted job, whose work goes on. */
  public readonly drift: string;
  /** The role in which Ground Truth works. */
  public readonly role: iam.IRole;
  /** The bucket of the labels. */
  public readonly outputBucket: s3.IBucket;
  /** The URI of the input manifest. */
  public readonly inputManifestUri: string;
  /** Key of the label in the output. */
  public readonly labelAttributeName: string;
  /** The topic of a streaming job's labels; `undefined` for other jobs, and for one on a topic of yours that was given none. */
  public readonly outputTopic?: sns.ITopic;
  /** The job's tags, which change in place. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, LABELING_JOB_RESOURCE_TYPE);

  /**
   * The buckets of the data objects, as far as the manifest tells them.
   *
   * @internal
   */
  public readonly _dataBuckets: s3.IBucket[];
  /** @internal */
  public readonly _taskTypeId: string;

  protected readonly arnPatterns: string[];
  protected readonly eventResources: string[];
  private readonly output: JobOutput;
  /** Of a stream with an intake, in events. */
  private readonly streamName?: string;

  /**
   * @param scope the construct that owns the job
   * @param id the job's id in its scope
   * @param props what is to be labeled, how and by whom
   */
  constructor(scope: Construct, id: string, props: LabelingJobProps) {
    refuse(`${scope.node.path}/${id}`, labelingJobProblems(scope, props));
    super(scope, id);
    warnOfLabelingJob(this, props);

    this.output = jobOutput(this, props);
    this.labelAttributeName = props.labelAttributeName ?? DEFAULT_LABEL_ATTRIBUTE;
    this._taskTypeId = props.taskType._rules.id;
    this.outputBucket = this.output.bucket;
    this.role = this.output.role;

    const manifest = props.input._bind(this);
    this._dataBuckets = [...new Set(manifest.data.map(({ bucket }) => bucket))];
    const labels = props.labels?._bind(this, props.taskType._rules.labelDocument);
    const task = props.taskType._bind(this);
    this.inputManifestUri = manifest.uri;
    const checkData = ({ bucket }: InputLocation) => {
      if (props.taskType._rules.source === 'source-ref') checkWorkerCors(this, bucket);
    };

    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const names = jobNames(this);
    const adopted = props.adopt === undefined ? [] : [props.adopt];
    // by prefix, so that rules and grants follow the generations and make no circle with the job
    this.arnPatterns = [`${names.base}-*`, ...adopted.flatMap(spellings)].map((name) => labelingJobArn(this, name));
    this.eventResources = jobResources(this, labelingJobArn(this, `${names.base}-`), () => adopted);

    const provider = labelingJobProvider(this);
    allowLabelingJob(this, provider, {
      stackWide: names.stackWide,
      adopted,
      // wherever in its bucket a job that somebody else has made keeps them
      labelFiles: props.adopt === undefined || !labels ? [] : [labels.location, { bucket: this.outputBucket, keys: '*.json' }],
      stateBuckets: [stateBucket, ...props.formerStateBuckets ?? []],
      roles: [this.role],
      outputs: outputBuckets(this.output),
      // a custom job that goes on gets a manifest of what is left, one on a topic also what its predecessor has not taken from its queue
      resumeKeys: props.taskType._rules.labelsOnlyUnlabeled && manifest.stream?.kind !== 'TOPIC' ? undefined : `${this.output.keyPrefix}resume/*`,
    });
    allowJobQueues(this, provider, names.stackWide, adopted);
    const logicalId = ownLogicalId(this, () => resource);
    const ledger = { bucket: stateBucket, key: `${STACK_GUID}/${logicalId}/ledger.json` };
    const stream = jobStream(this, {
      props, manifest, labelAttributeName: this.labelAttributeName, nameBase: names.base, output: this.output, ledger,
      jobArns: this.arnPatterns, ended: jobEvents(this.eventResources, ENDED),
      addData: (data) => {
        checkData(data);
        resource.node.addDependency(...allowReading(this.output, [data]));
      },
    });
    if (stream?.store) allowStreamStore(provider, stream.store.bucket, stream.store.prefix);
    this.streamName = stream?.streamName;
    this.outputTopic = stream?.topics.output;
    const inputs = [...jobInputs(manifest, labels, task), ...stream?.data ?? []];
    [...manifest.data, ...stream?.data ?? []].forEach(checkData);
    const automated = props.automatedLabeling && bindAutomatedLabeling(this, props.automatedLabeling, this.role);
    const bound: BoundLabelingJob = {
      props, manifestUri: manifest.location?.uri, topics: stream?.topics, labels, task, automated, roleArn: this.role.roleArn, outputPath: this.output.path,
    };
    const reconcileOn = (props.reconcileOn ?? (stream ? RENEWED : ReconcileOn.CHANGE))._bind(this, {
      ended: jobEvents(this.eventResources, ENDED),
      wake: (driftParameter) => jobWaker(provider, { stateBucket: stateBucket.bucketName, key: ledger.key, driftParameter }),
    });
    if (manifest.awaited) {
      allowToAwait(provider, manifest.location!);
      manifest.awaited.wake(jobReconciler(provider), { stateBucket: stateBucket.bucketName, key: ledger.key });
    }
    if (reconcileOn.driftParameter !== undefined) allowDrift(this, provider, reconcileOn.driftParameter);

    const properties: Omit<Record<keyof LabelingJobProperties, unknown>, 'ServiceToken'> = {
      // whoever takes the declaration of an adopted job back has not started it
      ...lifecycleProperties(this, props, this.cdkTagManager, props.removal ?? (props.adopt === undefined ? JobRemoval.STOP : JobRemoval.RETAIN)),
      ContractVersion: CONTRACT_VERSION,
      StateBucket: stateBucket.bucketName,
      NameBase: names.base,
      Identity: {
        Input: manifest.identity,
        LabelAttributeName: this.labelAttributeName,
        LabelCategories: labels?.identity ?? 'none',
        TaskType: props.taskType._rules.id,
      },
      Revision: Stack.of(this).toJsonString(jobRevision(bound)),
      Request: jobRequest(bound),
      LabelsOnlyUnlabeled: String(props.taskType._rules.labelsOnlyUnlabeled),
      Adopt: props.adopt,
      AwaitsInput: manifest.awaited ? 'true' : undefined,
      Resume: props.resume && JSON.stringify(resumePolicy(props.resume)),
      DesiredState: props.desiredState,
      Mode: props.mode,
      Overlap: props.overlap ? 'true' : undefined,
      WaitForStatus: props.waitForCompletion ? 'Completed' : undefined,
      ReconcileNonce: reconcileOn.nonce,
      Stream: stream?.property,
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_JOB_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    const permissions = allowExecution(this, this.output, [
      ...inputs, ...formerLabels(this.output, [`*${names.base}-*`, ...adopted.map((name) => `*${name}/*`)]),
    ], [task], [...stream?.roleStatements ?? [], ...automated?.roleStatements ?? []]);
    const grant = task.consolidation && this.grantReadOutput(task.consolidation);
    resource.node.addDependency(stateBucket, this.outputBucket, this.role, ...provider.permissions);
    resource.node.addDependency(...permissions, ...grant ? [grant] : [], ...reconcileOn.before, ...stream?.before ?? [], ...automated?.before ?? []);
    if (manifest.awaited) resource.node.addDependency(manifest.awaited.maker);

    const text = (name: LabelingJobAttribute) => resource.getAttString(name);
    const number = (name: LabelingJobAttribute) => Token.asNumber(resource.getAtt(name));
    this.labelingJobName = text('LabelingJobName');
    this.labelingJobArn = text('LabelingJobArn');
    this.labelingJobStatus = text('LabelingJobStatus');
    this.state = text('State');
    this.outputDatasetS3Uri = text('OutputDatasetS3Uri');
    this.finalActiveLearningModelArn = text('FinalActiveLearningModelArn');
    this.message = text('Message');
    this.drift = text('Drift');
    this.generation = number('Generation');
    this.totalLabeled = number('TotalLabeled');
    this.humanLabeled = number('HumanLabeled');
    this.machineLabeled = number('MachineLabeled');
    this.failedNonRetryableError = number('FailedNonRetryableError');
    this.unlabeled = number('Unlabeled');
  }

  /**
   * A rule for each data object of a stream that has got its label. Its target hears of each at least once: a Lambda function, a queue, another
   * event bus. `DataObjectLabeledDetail` says what it hears.
   */
  public onLabeled(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this.streamEvents('onLabeled', OBJECT_LABELED), options);
  }

  /** A rule for each attempt of labeling a data object of a stream that has failed; `DataObjectLabelingFailedDetail` says what its target hears. */
  public onLabelingFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this.streamEvents('onLabelingFailed', OBJECT_FAILED), options);
  }

  /** Allows somebody to read the labels. */
  public grantReadOutput(grantee: iam.IGrantable): iam.Grant {
    return grantReadLabels(grantee, this.output.bucket, this.output.keys, this.output.key);
  }

  private streamEvents(method: string, detailType: string): events.EventPattern {
    const { streamName } = this;
    refuse(this, streamName === undefined ? [`'${method}' needs a stream with an intake: give the job an InputManifest.streaming()`] : []);
    return { source: [STREAM_EVENT_SOURCE], detailType: [detailType], detail: { stream: [streamName] } };
  }
}
