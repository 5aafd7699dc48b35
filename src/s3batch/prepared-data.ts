import { createHash } from 'crypto';
import { Aws, CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BoundPreparationStep, DataPreparation } from './data-preparation';
import { LabelingInput } from '../labeling-input';
import {
  DATA_PREPARATION_CONTRACT_VERSION, DATA_PREPARATION_RESOURCE_TYPE, DataPreparationProperties, PREPARED_FILES, PreparationFolder, Wake,
} from './private/data-preparation-contract';
import { allowExecutions, allowFolder, allowJobs, allowReading, allowWaking, preparationProvider, stepFunction } from './private/preparation-provider';
import { stepRoles } from './private/preparation-roles';
import { PreparationStates } from './private/preparation-states';
import { preparationProblems } from './private/preparation-validation';
import { InputManifest } from '../groundtruth/input-manifest';
import { LabelingBucket } from '../groundtruth/labeling-bucket';
import { jobRule } from '../groundtruth/private/job-events';
import { refuse } from '../private/errors';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { ownLogicalId } from '../private/own-logical-id';
import { OWNER_TAGS } from '../private/owner-tags-contract';
import { objectLocation } from '../private/s3-location';
import { STACK_GUID } from '../private/state-bucket';

/** Properties of `PreparedData`. */
export interface PreparedDataProps {
  /** The objects, as the lines of a labeling manifest: each with a `source-ref`. Other keys are handed through. */
  readonly input: LabelingInput;

  /** What is done to the objects, one step after the other. */
  readonly steps: DataPreparation[];

  /**
   * The bucket of the prepared data: copies, the manifest that is labeled, and the jobs' reports.
   *
   * @default - a new `LabelingBucket`
   */
  readonly bucket?: s3.IBucket;

  /**
   * Buckets that the prepared data had before `bucket` was changed: what goes on there is ended, and begun anew in the present one.
   *
   * @default - none, the data has always been prepared in `bucket`
   */
  readonly formerBuckets?: s3.IBucket[];

  /**
   * Priority of the jobs among all of the account and region; the higher runs first.
   *
   * @default 10
   */
  readonly priority?: number;

  /**
   * Another number begins a preparation that has failed once more, where it ended. What is done stays done.
   *
   * @default 1
   */
  readonly attempt?: number;
}

const DEFAULT_PRIORITY = 10;
const IDENTITY_LENGTH = 12;

/**
 * Objects that jobs of S3 Batch Operations make ready to be labeled: restored, copied, fingerprinted, handled by a function of yours. A state machine
 * makes one job after the other, each on what came through the one before, and writes the manifest to be labeled.
 *
 * It is deployed when the work has begun. What is prepared once is never prepared again: another list of objects or other steps are another
 * preparation. When the resource goes, executions are stopped and jobs cancelled; what is prepared stays.
 */
export class PreparedData extends Construct {
  /** The bucket of the prepared data. */
  public readonly bucket: s3.IBucket;
  /** The URI of the labeling manifest. It is there when everything is prepared. */
  public readonly manifestUri: string;
  /** The URI of what is not labeled: JSON Lines, each with `line` of the declared manifest, `source-ref`, `step` and `reason`. */
  public readonly failedUri: string;
  /** The URI of a summary: objects prepared and failed, the jobs of each step. */
  public readonly summaryUri: string;
  /** Carries out the steps. */
  public readonly stateMachine: sfn.IStateMachine;

  private readonly machine: sfn.StateMachine;
  private readonly folder: PreparationFolder;
  private readonly identity: string;
  private readonly data: Array<{ bucket: s3.IBucket; keys: string }>;
  private readonly resource: CustomResource;
  private readonly wakes: Wake[] = [];
  private readonly stepFunction: lambda.IFunction;

  /**
   * @param scope the construct that owns it
   * @param id its id in its scope
   * @param props which objects, and what is done to them
   */
  constructor(scope: Construct, id: string, props: PreparedDataProps) {
    const manifest = InputManifest._from(props.input);
    refuse(`${scope.node.path}/${id}`, preparationProblems(props, manifest));
    super(scope, id);
    this.bucket = props.bucket ?? new LabelingBucket(this, 'Bucket');
    const declared = manifest._bind(this);
    const steps = props.steps.map((step) => step._bind({ bucket: this.bucket }));
    this.identity = identityOf(this, declared.identity, steps);
    this.folder = { bucket: this.bucket.bucketName, prefix: `prepared/${STACK_GUID}/${this.node.addr.slice(0, 8)}/${this.identity}/` };
    const uri = (file: string) => this.bucket.s3UrlForObject(`${this.folder.prefix}${file}`);
    this.manifestUri = uri(PREPARED_FILES.manifest);
    this.failedUri = uri(PREPARED_FILES.failed);
    this.summaryUri = uri(PREPARED_FILES.summary);

    const provider = preparationProvider(this);
    this.stepFunction = stepFunction(provider);
    allowJobs(this, provider);
    // also of preparations that went before: their Delete still looks at their jobs
    for (const bucket of [this.bucket, ...props.formerBuckets ?? []]) allowFolder(provider, { bucket, keys: `prepared/${STACK_GUID}/*` });
    allowReading(provider, { bucket: declared.location!.bucket, keys: declared.location!.keys });
    const { roles, permissions, data } = stepRoles(this, provider, steps, declared.data, { bucket: this.bucket, keys: `${this.folder.prefix}*` });
    this.data = data;

    const tags = { [OWNER_TAGS.stackId]: Aws.STACK_ID, [OWNER_TAGS.logicalId]: ownLogicalId(this, () => this.resource) };
    const stack = Stack.of(this);
    const rendered = steps.map(({ kind, operation, target }, number) => ({
      number, kind, operation: operation.name, parameters: stack.toJsonString(operation.parameters), roleArn: roles[number].roleArn,
      priority: props.priority ?? DEFAULT_PRIORITY, ...(target && { target: { bucket: target.bucket.bucketName, prefix: target.prefix } }),
    }));
    const states = new PreparationStates(this, this.stepFunction);
    const { folder } = this;
    const inputUri = declared.location!.uri;
    let chain = sfn.Chain.start(states.call('ReadInput', { action: 'read', folder, inputUri }));
    for (const step of rendered) chain = chain.next(states.step(`Step${step.number + 1}`, { folder, step, tags }));
    chain = chain.next(states.call('WriteManifest', { action: 'finish', folder, steps: steps.map(({ kind }) => kind) }))
      .next(states.wake('Wake', Lazy.string({ produce: () => stack.toJsonString(this.wakes) })));
    this.machine = states.machine('StateMachine', 'Prepares data for labeling; needs no input', chain);
    this.stateMachine = this.machine;
    allowExecutions(provider, this.machine);

    const properties: Omit<DataPreparationProperties, 'ServiceToken'> = {
      ContractVersion: DATA_PREPARATION_CONTRACT_VERSION,
      StateMachineArn: this.machine.stateMachineArn,
      Bucket: folder.bucket,
      Prefix: folder.prefix,
      Identity: this.identity,
      Attempt: props.attempt === undefined ? undefined : String(props.attempt),
    };
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken, resourceType: DATA_PREPARATION_RESOURCE_TYPE, serviceTimeout: SERVICE_TIMEOUT, properties,
    });
    this.resource.node.addDependency(this.bucket, this.machine, ...roles, ...provider.permissions, ...permissions);
  }

  /** A rule for the end of the work with everything done; objects that failed are in `failedUri`. */
  public onPrepared(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this.ended(['SUCCEEDED']), options);
  }

  /** A rule for the end of the work without a manifest: nothing is labeled until `attempt` begins it again. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this.ended(['FAILED', 'TIMED_OUT', 'ABORTED']), options);
  }

  /**
   * The manifest of what is prepared, for jobs that begin when it is there.
   *
   * @internal
   */
  public _manifest(): InputManifest {
    const location = objectLocation(this.bucket, `${this.folder.prefix}${PREPARED_FILES.manifest}`);
    return InputManifest._bound(() => ({
      uri: location.uri,
      location,
      identity: `prepared:${this.identity}`,
      data: this.data,
      awaited: { wake: (reconciler, event) => this.wake(reconciler, event), maker: this.resource },
    }));
  }

  private wake(reconciler: lambda.IFunction, event: object): void {
    this.wakes.push({ functionArn: reconciler.functionArn, event });
    allowWaking(preparationProvider(this), reconciler);
  }

  private ended(status: string[]): events.EventPattern {
    return {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [this.machine.stateMachineArn], status },
    };
  }
}

/** What defines the prepared data: the list of objects, and what is done to them. The code of functions does not belong to it. */
function identityOf(scope: Construct, input: string, steps: readonly BoundPreparationStep[]): string {
  const defined = Stack.of(scope).resolve({ input, steps: steps.map(({ kind, operation: { name, parameters } }) => ({ kind, name, parameters })) });
  return createHash('sha256').update(JSON.stringify(defined)).digest('hex').slice(0, IDENTITY_LENGTH);
}
