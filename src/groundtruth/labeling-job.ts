import { Annotations, ArnFormat, CustomResource, Duration, ITaggableV2, Lazy, Names, Stack, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { JobRemoval } from './job-removal';
import { LabelingBucket } from './labeling-bucket';
import { LabelingJobBase } from './labeling-job-base';
import { ILabelingJob } from './labeling-job-interface';
import { LabelingJobProps } from './labeling-job-props';
import { executionStatements, invokeStatements, newExecutionRole } from './private/execution-role';
import { labelingJobArn } from './private/labeling-job-arn';
import { CONTRACT_VERSION, LABELING_JOB_RESOURCE_TYPE, LabelingJobAttribute, LabelingJobProperties } from './private/labeling-job-contract';
import { allowLabelingJob, labelingJobProvider } from './private/labeling-job-provider';
import { BoundLabelingJob, jobRequest, jobRevision } from './private/labeling-job-request';
import { renderTags } from './private/labeling-job-tags';
import { DEFAULT_LABEL_ATTRIBUTE, labelingJobProblems } from './private/labeling-job-validation';
import { checkWorkerCors } from './private/worker-cors';
import { isPublicCrowd } from '../model/groundtruth/built-in-functions';
import { PATTERNS } from '../model/groundtruth/limits';
import { nameBase, stackPrefix } from '../model/groundtruth/names';
import { refuse } from '../private/errors';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { StateBucket } from '../private/state-bucket';
import { isKnown } from '../private/tokens';
import { ReconcileOn } from '../reconcile-on';

const DEFAULT_OUTPUT_PREFIX = 'labels';
const DEFAULT_TIMEOUT = Duration.minutes(30);

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
    return new ImportedJob(scope, id, labelingJobName, labelingJobArn(Stack.of(scope), labelingJobName));
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
    return new ImportedJob(scope, id, Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!, arn, arn);
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
  /** The role in which Ground Truth works. */
  public readonly role: iam.IRole;
  /** The bucket of the labels. */
  public readonly outputBucket: s3.IBucket;
  /** The URI of the input manifest. */
  public readonly inputManifestUri: string;
  /** Key of the label in the output. */
  public readonly labelAttributeName: string;
  /** The job's tags, which change in place. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, LABELING_JOB_RESOURCE_TYPE);

  protected readonly arnPattern: string;
  protected readonly eventResources: string[];
  private readonly outputKeys: string;
  private readonly outputKey?: kms.IKey;

  /**
   * @param scope the construct that owns the job
   * @param id the job's id in its scope
   * @param props what is to be labeled, how and by whom
   */
  constructor(scope: Construct, id: string, props: LabelingJobProps) {
    refuse(`${scope.node.path}/${id}`, labelingJobProblems(scope, props));
    super(scope, id);
    warn(this, props);

    const prefix = props.outputPrefix ?? DEFAULT_OUTPUT_PREFIX;
    this.labelAttributeName = props.labelAttributeName ?? DEFAULT_LABEL_ATTRIBUTE;
    this.outputBucket = props.outputBucket ?? new LabelingBucket(this, 'Output');
    this.outputKeys = prefix === '' ? '*' : `${prefix}/*`;
    this.outputKey = props.outputKey;
    this.role = props.role ?? newExecutionRole(this, 'Role');

    const manifest = props.input._bind(this);
    const labels = props.labels?._bind(this, props.taskType._rules.labelDocument);
    const task = props.taskType._bind(this);
    this.inputManifestUri = manifest.location.uri;
    if (props.taskType._rules.source === 'source-ref') manifest.data.forEach(({ bucket }) => checkWorkerCors(this, bucket));
    const bound: BoundLabelingJob = { props, manifest, labels, task, roleArn: this.role.roleArn, outputPath: this.outputBucket.s3UrlForObject(prefix === '' ? undefined : prefix) };

    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const stackName = stackPrefix(nameOf(Stack.of(this)), Stack.of(this).node.path);
    const base = nameBase(stackName, this.node.path.slice(Stack.of(this).node.path.length + 1), this.node.path);
    const provider = labelingJobProvider(this);

    allowLabelingJob(provider, {
      jobs: labelingJobArn(this, `${stackName}-*`),
      stateBucket,
      role: this.role,
      outputs: [{ bucket: this.outputBucket, key: props.outputKey }, ...(props.formerOutputBuckets ?? []).map((bucket) => ({ bucket }))],
      outputKeys: `*${stackName}-*`,
      // a custom job that goes on gets a manifest of what is left
      resumeKeys: props.taskType._rules.labelsOnlyUnlabeled ? undefined : `${prefix === '' ? '' : `${prefix}/`}resume/*`,
    });

    const reconcileOn = props.reconcileOn ?? ReconcileOn.CHANGE;
    const removal = props.removal ?? JobRemoval.STOP;
    const properties: Omit<Record<keyof LabelingJobProperties, unknown>, 'ServiceToken'> = {
      ContractVersion: CONTRACT_VERSION,
      StateBucket: stateBucket.bucketName,
      NameBase: base,
      Identity: {
        Input: manifest.identity,
        LabelAttributeName: this.labelAttributeName,
        LabelCategories: labels?.identity ?? 'none',
        TaskType: props.taskType._rules.id,
      },
      Revision: Stack.of(this).toJsonString(jobRevision(bound)),
      Request: jobRequest(bound),
      Tags: Lazy.any({ produce: () => renderTags(this.node.path, this.cdkTagManager.tagValues()) }),
      LabelsOnlyUnlabeled: String(props.taskType._rules.labelsOnlyUnlabeled),
      Relabel: props.relabel,
      RemovalMode: removal._mode,
      DrainTimeoutSeconds: removal._timeoutSeconds,
      DrainThen: removal._then,
      Overlap: props.overlap ? 'true' : undefined,
      TimeoutSeconds: (props.timeout ?? DEFAULT_TIMEOUT).toSeconds(),
      WaitForStatus: props.waitForCompletion ? 'Completed' : undefined,
      ReconcileNonce: reconcileOn._nonce(this),
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: LABELING_JOB_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(stateBucket, this.outputBucket, this.role, ...provider.permissions, ...this.allowRole(bound, `*${base}-*`));

    this.labelingJobName = resource.getAttString(attribute('LabelingJobName'));
    this.labelingJobArn = resource.getAttString(attribute('LabelingJobArn'));
    this.labelingJobStatus = resource.getAttString(attribute('LabelingJobStatus'));
    this.state = resource.getAttString(attribute('State'));
    this.outputDatasetS3Uri = resource.getAttString(attribute('OutputDatasetS3Uri'));
    this.message = resource.getAttString(attribute('Message'));
    const number = (name: LabelingJobAttribute) => Token.asNumber(resource.getAtt(name));
    this.generation = number('Generation');
    this.totalLabeled = number('TotalLabeled');
    this.humanLabeled = number('HumanLabeled');
    this.machineLabeled = number('MachineLabeled');
    this.failedNonRetryableError = number('FailedNonRetryableError');
    this.unlabeled = number('Unlabeled');
    // by prefix, so that rules and grants follow the generations and make no circle with the job
    this.arnPattern = labelingJobArn(this, `${base}-*`);
    this.eventResources = events.Match.prefix(labelingJobArn(this, `${base}-`));
  }

  /** Allows somebody to read the labels. */
  public grantReadOutput(grantee: iam.IGrantable): iam.Grant {
    const read = this.outputBucket.grantRead(grantee, this.outputKeys);
    return this.outputKey ? read.combine(this.outputKey.grantDecrypt(grantee)) : read;
  }

  /** Gives the role the job's permissions, and a consolidation function the answers; returns what they consist of. */
  private allowRole({ props, manifest, labels, task }: BoundLabelingJob, ownKeys: string): IDependable[] {
    // a next generation starts from the labels of the one before, which may have had another output location
    const former = [this.outputBucket, ...(props.formerOutputBuckets ?? [])].map((bucket) => ({ bucket, keys: ownKeys }));
    const inputs = [manifest.location, ...manifest.data, ...(labels ? [labels.location] : []), ...(task.template ? [task.template.location] : []), ...former];
    const output = { bucket: this.outputBucket, keys: this.outputKeys, key: props.outputKey };
    const statements = [...executionStatements(this, inputs, output), ...invokeStatements(task)];
    const policies = statements.map((statement) => this.role.addToPrincipalPolicy(statement).policyDependable);
    const grant = task.consolidation && this.grantReadOutput(task.consolidation);
    return [...policies.filter((policy) => policy !== undefined), ...inputs.map(({ bucket }) => bucket), ...(grant ? [grant] : [])];
  }
}

class ImportedJob extends LabelingJobBase {
  public readonly labelingJobArn: string;
  protected readonly arnPattern: string;
  protected readonly eventResources: string[];

  constructor(scope: Construct, id: string, public readonly labelingJobName: string, arn: string, environmentFromArn?: string) {
    super(scope, id, { environmentFromArn });
    this.labelingJobArn = arn;
    this.arnPattern = arn;
    this.eventResources = [arn];
  }
}

/** The stack's name; a nested stack's is only known at deployment, its parent's and its path tell it apart as well. */
function nameOf(stack: Stack): string {
  return isKnown(stack.stackName) ? stack.stackName : stack.nestedStackParent ? nameOf(stack.nestedStackParent) : Names.uniqueId(stack);
}

/** A checked name of an attribute. */
function attribute(name: LabelingJobAttribute): string {
  return name;
}

function warn(job: LabelingJob, props: LabelingJobProps): void {
  const { workteam: { workteamArn }, taskTimeLimit, taskAvailabilityLifetime } = props;
  if (isKnown(workteamArn) && isPublicCrowd(workteamArn)) {
    Annotations.of(job).addWarningV2('cdk-labeling-workflows:publicCrowd',
      'Amazon Mechanical Turk closed on 2026-09-30: a job of the public team will find no workers, use a private or vendor team');
  }
  const [limit, lifetime] = [taskTimeLimit?.toSeconds(), taskAvailabilityLifetime?.toSeconds()];
  if (isKnown(limit) && isKnown(lifetime) && limit > lifetime) {
    Annotations.of(job).addWarningV2('cdk-labeling-workflows:taskTimeLimit',
      `a worker may take ${limit} seconds for a task that is offered for ${lifetime} seconds only: raise 'taskAvailabilityLifetime'`);
  }
}
