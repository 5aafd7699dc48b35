import { Aws, CfnOutput, Duration, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { refuse } from './errors';
import { tokenProblems } from './tokens';
import { jobRule } from '../groundtruth/private/job-events';
import type { BackendRequest, BoundBackend } from '../labeling-backend';
import { LabelingInput } from '../labeling-input';
import { plainDocument } from '../model/groundtruth/label-document';
import { JobState } from '../model/job-state';
import { ReconcileOn } from '../reconcile-on';
import { PreparedData } from '../s3batch/prepared-data';
import { TaggedLabels, taggingMachine } from '../s3batch/private/tagging-machine';
import { Connection } from '../supervisely/connection';
import { DatasetImport } from '../supervisely/dataset-import';
import { LabelingJob } from '../supervisely/labeling-job';
import { LabelingJobInventory } from '../supervisely/labeling-job-inventory';
import { LabelsExport } from '../supervisely/labels-export';
import { EVENT_SOURCE } from '../supervisely/private/completion-webhook-contract';
import { LABELING_JOB_STATE_CHANGE } from '../supervisely/private/labeling-job-contract';
import { LABELS_EXPORTED } from '../supervisely/private/labels-export-contract';
import { ProjectMeta } from '../supervisely/project-meta';
import { SuperviselyBackendOptions } from '../supervisely-backend-options';

/** Nothing but completed jobs is announced, and that only where there is a webhook: without a look nobody would see the end. */
const LOOKS = ReconcileOn.schedule(events.Schedule.rate(Duration.hours(1)));
const NOT_DONE = ['FAILED', 'TIMED_OUT', 'ABORTED'];
/** The tag of images whose labels came along. */
const LABELED_TAG = 'ground-truth';

/** An import, jobs on its dataset, and an export of their labels, which the jobs' completion starts. */
export function bindSupervisely(scope: Construct, options: SuperviselyBackendOptions, request: BackendRequest): BoundBackend {
  const { connection, importedLabels } = options;
  refuse(scope, backendProblems(options, request));
  const names = request.labels?._labels;
  const prepared = request.prepare && new PreparedData(scope, 'Preparation', { input: request.input, steps: request.prepare, bucket: options.outputBucket });
  const brought = new DatasetImport(scope, 'Import', {
    connection,
    project: options.project,
    datasetName: options.datasetName,
    input: prepared ? LabelingInput._of(prepared._manifest()) : request.input,
    images: options.images,
    labels: importedLabels,
    labeledTag: importedLabels && LABELED_TAG,
    stateBucket: options.stateBucket,
  });
  const meta = names && options.task._labels([...names]);
  const declared = meta && new ProjectMeta(scope, 'Labels', { connection, projectId: brought.projectId, classes: meta.classes, tags: meta.tags });
  const job = labelingJob(scope, options, request, brought, {
    classes: meta?.classes?.map(({ className }) => className), tags: meta?.tags?.map(({ tagName }) => tagName),
  });
  if (declared) job.node.addDependency(declared);
  const labelAttributeName = options.labelAttributeName ?? options.task._labelAttributeName;
  const result = new LabelsExport(scope, 'Export', {
    connection,
    jobs: [job],
    dataset: importedLabels && brought.dataset,
    format: options.task._format,
    labels: names && [...names],
    labelAttributeName,
    bucket: options.outputBucket ?? prepared?.bucket,
    prefix: options.outputPrefix,
  });
  if (!request.outputs) result.node.children.filter((child) => child instanceof CfnOutput).forEach(({ node: { id } }) => result.node.tryRemoveChild(id));
  job.onCompleted('Export', {
    crossStackScope: result, description: 'Exports the labels when all jobs are completed', target: new targets.SfnStateMachine(result.stateMachine),
  });
  if (request.tags) tagLabeled(new Construct(scope, 'Tagging'), request.tags, { result, labelAttributeName, dataBuckets: brought._dataBuckets });
  return {
    jobName: job.jobName,
    state: job.state,
    outputUri: result.labelsUri,
    inputUri: brought._manifestUri,
    bucket: result.bucket,
    labeledCount: job.labeledImagesCount,
    unlabeledCount: job.unlabeledImagesCount,
    // the server knows no images that cannot be labeled; what could not be imported stands in the import's own list
    failedCount: 0,
    events: endsOf(scope, job, result),
    describeCommand: describeCommand(connection, brought),
    preparedData: prepared,
    superviselyJob: job,
    superviselyInventory: request.listJobs ? inventory(scope, options, request, brought, job) : undefined,
    datasetImport: brought,
    labelsExport: result,
  };
}

function backendProblems(options: SuperviselyBackendOptions, { labels, prepare }: BackendRequest): string[] {
  return [
    ...(labels && !labels._labels ? ['\'labels\' must be known at synthesis, for they become classes or tags of the project: use LabelCategories.of() or fromAsset()'] : []),
    ...(labels ? labels._problems(plainDocument()) : []),
    ...(labels && options.classes ? ['\'labels\' says what the classes are: leave \'classes\' out'] : []),
    ...(prepare && options.importedLabels ? ['\'importedLabels\' names labels of the declared lines, and \'prepare\' makes other lines: leave one of them out'] : []),
    ...(options.importedLabels ? tokenProblems('excludeImagesWithTags', [options.excludeImagesWithTags], 'the tag of images whose labels came along is added to it') : []),
    ...(labels ? tokenProblems('tags', [options.tags], 'tags of the workflow\'s labels are added to it') : []),
  ];
}

interface Names {
  readonly classes?: string[];
  readonly tags?: string[];
}

function labelingJob(scope: Construct, options: SuperviselyBackendOptions, request: BackendRequest, brought: DatasetImport, names: Names): LabelingJob {
  const { completionWebhook, tags, excludeImagesWithTags } = options;
  const looks = completionWebhook ? ReconcileOn.anyOf(ReconcileOn.CHANGE, ReconcileOn.STATE_CHANGE, LOOKS) : ReconcileOn.anyOf(ReconcileOn.CHANGE, LOOKS);
  return new LabelingJob(scope, 'Job', {
    ...options,
    title: options.title ?? options.datasetName,
    dataset: brought.dataset,
    teamId: brought.teamId,
    classes: names.classes ?? options.classes,
    tags: names.tags && tags ? [...new Set([...names.tags, ...tags])] : names.tags ?? tags,
    // nobody labels again what came with its labels
    excludeImagesWithTags: options.importedLabels ? [...new Set([...excludeImagesWithTags ?? [], LABELED_TAG])] : excludeImagesWithTags,
    reconcileOn: options.reconcileOn ?? request.reconcileOn ?? looks,
  });
}

/** The team's jobs, listed again whenever the workflow's own come to another state. */
function inventory(
  scope: Construct, options: SuperviselyBackendOptions, { reconcileOn }: BackendRequest, { teamId }: DatasetImport, job: LabelingJob,
): LabelingJobInventory {
  const { connection, stateBucket } = options;
  return new LabelingJobInventory(scope, 'Inventory', { reconcileOn, recordBucket: stateBucket, ...options.inventory, connection, teamId, jobs: [job] });
}

/** Each export tags what is labeled by then: whoever hears of it twice does nothing the second time. */
function tagLabeled(
  scope: Construct, tags: { [key: string]: string }, { result, ...labels }: Pick<TaggedLabels, 'labelAttributeName' | 'dataBuckets'> & { readonly result: LabelsExport },
): void {
  const { machine } = taggingMachine(scope, tags, { ...labels, bucket: result.bucket, labelKeys: result._keys, labelsUri: result.labelsUri });
  const input = events.RuleTargetInput.fromObject({ jobArn: `export/${events.EventField.eventId}` });
  result.onExported('Exported', {
    crossStackScope: scope, description: 'Tags the objects whose labels are exported', target: new targets.SfnStateMachine(machine, { input }),
  });
}

/** A workflow is completed when its labels can be read, and has failed when nobody will ever be able to, unless a person mends something. */
function endsOf(scope: Construct, job: LabelingJob, { stateMachine: { stateMachineArn }, labelsUri }: LabelsExport): BoundBackend['events'] {
  const exported = { labels: [labelsUri], completed: [true] };
  const jobs = (...states: JobState[]) => ({ jobName: [{ prefix: `${job._nameBase}-` }], state: states });
  const notExported = { stateMachineArn: [stateMachineArn], status: NOT_DONE };
  const rule = (source: string[], detailType: string[], detail: { [key: string]: unknown }) => (id: string, options: events.OnEventOptions = {}) =>
    jobRule(scope, id, { source, detailType, detail }, options);
  const OURS = [EVENT_SOURCE, 'aws.states'];
  const ENDED = 'Step Functions Execution Status Change';
  return {
    onStateChange: rule(OURS, [LABELS_EXPORTED, LABELING_JOB_STATE_CHANGE, ENDED], { $or: [exported, jobs(JobState.FAILED, JobState.STOPPED), notExported] }),
    onCompleted: rule([EVENT_SOURCE], [LABELS_EXPORTED], exported),
    onFailed: rule(OURS, [LABELING_JOB_STATE_CHANGE, ENDED], { $or: [jobs(JobState.FAILED), notExported] }),
    onStopped: rule([EVENT_SOURCE], [LABELING_JOB_STATE_CHANGE], jobs(JobState.STOPPED)),
  };
}

/** The token goes from the secret to the server by a pipe: it is neither shown nor an argument, which other users of the machine could see. */
function describeCommand({ serverUrl, apiToken, _properties: { SecretField: field } }: Connection, { teamId, datasetId }: DatasetImport): string {
  const filter = `[{"field":"datasetId","operator":"=","value":${Token.asString(datasetId)}}]`;
  const pick = field === undefined ? '' : ` | node -p 'JSON.parse(require("fs").readFileSync(0))[${JSON.stringify(field)}]'`;
  return `aws secretsmanager get-secret-value --region ${Aws.REGION} --secret-id ${apiToken.secretArn} --query SecretString --output text${pick} | sed 's/^/x-api-key: /'`
    + ` | curl -sS -H @- -H 'content-type: application/json' -d '{"teamId":${Token.asString(teamId)},"showDisabled":true,"filter":${filter}}' ${serverUrl}/public/api/v3/jobs.list`;
}
