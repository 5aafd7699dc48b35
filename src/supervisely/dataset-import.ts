import { createHash } from 'crypto';
import { CustomResource, Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Dataset } from './dataset';
import { DatasetImportProps } from './dataset-import-props';
import { ImageTransfer } from './image-transfer';
import {
  DATASET_IMPORT_CONTRACT_VERSION, DATASET_IMPORT_RESOURCE_TYPE, DatasetImportAttribute, DatasetImportProperties, IMPORT_FILES, ImportDefinition,
  ImportFolder, StartImportEvent,
} from './private/dataset-import-contract';
import {
  allowData, allowMachine, allowManifest, allowWaking, datasetImportProvider, startFunction, stepFunction,
} from './private/dataset-import-provider';
import { datasetImportProblems, importManifestProblems } from './private/dataset-import-validation';
import { BoundInputManifest, InputManifest } from '../groundtruth/input-manifest';
import { jobRule } from '../groundtruth/private/job-events';
import type { LabelForm } from '../model/supervisely/import/label-source';
import { refuse } from '../private/errors';
import { JobProvider, SERVICE_TIMEOUT } from '../private/job-provider';
import { objectLocation } from '../private/s3-location';
import { STACK_GUID, StateBucket } from '../private/state-bucket';
import { Wake } from '../s3batch/private/data-preparation-contract';
import { PreparationStates } from '../s3batch/private/preparation-states';

const DEFAULT_TAG = 'ground-truth';
const DEFAULT_TIMEOUT_SECONDS = 50 * 60;
const IDENTITY_LENGTH = 12;
const NOT_DONE = ['FAILED', 'TIMED_OUT', 'ABORTED'];
/** Their labels may be files beside the images. */
const MASK_FORMS: readonly LabelForm[] = ['SEMANTIC_SEGMENTATION', 'INSTANCE_SEGMENTATION'];

/**
 * Brings images into a dataset of a Supervisely server, with the labels that people have given in Ground Truth already. Each image gets there once,
 * also where a call ends half-way or is repeated; an import that was interrupted goes on where it was.
 *
 * It is deployed when project and dataset are there and the work has begun. A `LabelingJob` on its `dataset` begins when all images are there. When
 * the resource goes, project, dataset and labels stay. Only what it has made itself and what is still empty goes with an import that never ended.
 */
export class DatasetImport extends Resource {
  /** The dataset, for jobs that begin when its images are there. */
  public readonly dataset: Dataset;
  /** Id of the dataset. */
  public readonly datasetId: number;
  /** Id of its project. */
  public readonly projectId: number;
  /** Id of the project's team. */
  public readonly teamId: number;
  /** The URI of a record, JSON: what was imported. It is there when everything is. */
  public readonly importUri: string;
  /** The URI of what was not imported: JSON Lines, each with `line`, `source-ref` and `reason`; with `image-id` where only its labels were not. */
  public readonly failedUri: string;
  /** Does the work: started without input, it goes on where it was. */
  public readonly stateMachine: sfn.IStateMachine;

  /** @internal */
  public readonly _manifestUri: string;
  /**
   * Buckets of the images.
   *
   * @internal
   */
  public readonly _dataBuckets: s3.IBucket[];

  private readonly machine: sfn.StateMachine;
  private readonly provider: JobProvider;
  private readonly wakes: Wake[] = [];

  /**
   * @param scope the construct that owns the import
   * @param id the import's id in its scope
   * @param props which images, which labels, and where to
   */
  constructor(scope: Construct, id: string, props: DatasetImportProps) {
    const transfer = props.images ?? ImageTransfer.LINK;
    refuse(`${scope.node.path}/${id}`, datasetImportProblems(props));
    const manifest = manifestOf(props, transfer);
    refuse(`${scope.node.path}/${id}`, importManifestProblems(manifest));
    super(scope, id);
    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const declared = manifest._bind(this);
    const labels = (props.labels ?? []).flatMap(({ _sources }) => _sources);
    const target = { ...props.project._properties, DatasetName: props.datasetName };
    const { serverUrl } = props.connection;
    const identity = identityOf(this, { manifest: declared.identity, labels, target, serverUrl });
    const folder: ImportFolder = { bucket: stateBucket.bucketName, prefix: `${STACK_GUID}/imports/${this.node.addr.slice(0, 8)}/${identity}/` };
    const record = objectLocation(stateBucket, `${folder.prefix}${IMPORT_FILES.record}`);
    this.importUri = record.uri;
    this.failedUri = stateBucket.s3UrlForObject(`${folder.prefix}${IMPORT_FILES.failed}`);

    this.provider = datasetImportProvider(this, props.connection, stateBucket);
    const step = stepFunction(this.provider);
    const location = declared.location!;
    this._manifestUri = location.uri;
    this._dataBuckets = [...new Set(declared.data.map(({ bucket }) => bucket))];
    allowManifest(this.provider, { bucket: location.bucket, keys: location.keys });
    const readsData = transfer === ImageTransfer.UPLOAD || labels.some(({ form }) => MASK_FORMS.includes(form));
    if (readsData) for (const each of declared.data) allowData(this.provider, each);

    const attempt = props.attempt ?? 1;
    const states = new PreparationStates(this, step);
    const definition = {
      connection: props.connection._properties,
      target, folder, attempt, labels, transfer,
      manifestUri: location.uri,
      labeledTag: props.labeledTag ?? DEFAULT_TAG,
    } satisfies Record<keyof ImportDefinition, unknown>;
    this.machine = states.machine('StateMachine', 'Brings images and labels into a Supervisely dataset; needs no input', states
      .untilDone('Import', { action: 'import', ...definition })
      .next(states.wake('Wake', Lazy.string({ produce: () => Stack.of(this).toJsonString(this.wakes) }))));
    this.stateMachine = this.machine;
    allowMachine(this.provider, this.machine);
    if (declared.awaited) this.startWhenMade(declared, { stateMachineArn: this.machine.stateMachineArn, folder, identity, attempt });

    const properties: Omit<Record<keyof DatasetImportProperties, unknown>, 'ServiceToken'> = {
      ContractVersion: DATASET_IMPORT_CONTRACT_VERSION,
      Connection: props.connection._properties,
      Target: target,
      StateMachineArn: this.machine.stateMachineArn,
      Bucket: folder.bucket,
      Prefix: folder.prefix,
      Identity: identity,
      ManifestUri: location.uri,
      Attempt: props.attempt,
      AwaitsManifest: declared.awaited ? 'true' : undefined,
      WaitForCompletion: props.waitForCompletion ? 'true' : undefined,
      TimeoutSeconds: props.timeout?.toSeconds() ?? DEFAULT_TIMEOUT_SECONDS,
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: this.provider.serviceToken, resourceType: DATASET_IMPORT_RESOURCE_TYPE, serviceTimeout: SERVICE_TIMEOUT, properties,
    });
    resource.node.addDependency(stateBucket, this.machine, ...this.provider.permissions);
    if (declared.awaited) resource.node.addDependency(declared.awaited.maker);

    const number = (name: DatasetImportAttribute) => Token.asNumber(resource.getAtt(name));
    this.projectId = number('ProjectId');
    this.datasetId = number('DatasetId');
    this.teamId = number('TeamId');
    this.dataset = Dataset._ofImport({
      identity, record, wake: (reconciler, event) => this.wake(reconciler, event), maker: resource, failed: this.ended(NOT_DONE),
    });
  }

  /** A rule for the end of the import with everything done; what could not be imported is in `failedUri`. */
  public onImported(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this.ended(['SUCCEEDED']), options);
  }

  /** A rule for the end of the import before its end: `attempt`, or whoever starts the state machine, lets it go on. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, this.ended(NOT_DONE), options);
  }

  private wake(reconciler: lambda.IFunction, event: object): void {
    this.wakes.push({ functionArn: reconciler.functionArn, event });
    allowWaking(this.provider, reconciler);
  }

  /** The manifest is made after the deployment, for instance by a preparation of the images. */
  private startWhenMade({ awaited }: BoundInputManifest, event: StartImportEvent): void {
    awaited!.wake(startFunction(this.provider), event);
  }

  private ended(status: string[]): events.EventPattern {
    return {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [this.machine.stateMachineArn], status },
    };
  }
}

function manifestOf({ input, labels = [] }: DatasetImportProps, transfer: ImageTransfer): InputManifest {
  const brought = labels.find(({ _manifest }) => _manifest)?._manifest;
  return input ? InputManifest._from(input) : brought!.input({ readsImages: transfer === ImageTransfer.UPLOAD });
}

/** What defines an import: another list of images, other labels, or another place is another one. */
function identityOf(scope: Construct, defined: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(Stack.of(scope).resolve(defined))).digest('hex').slice(0, IDENTITY_LENGTH);
}
