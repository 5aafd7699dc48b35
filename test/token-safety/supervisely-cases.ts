import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Case, TokenCases, Tokens } from './cases';
import { LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, supervisely, SuperviselyBackendOptions } from '../../src';
import { connectionOf, fleetProps, jobProps, queueProps } from '../supervisely/fixtures';

const {
  CompletionWebhook, Dataset, DatasetImport, ImageSet, ImportedLabels, JobFleet, JobRemoval, LabelFormat, LabelingJob, LabelingJobInventory,
  LabelingQueue, LabelingQueueInventory, LabelingTask, LabelsExport, ObjectClass, Project, ProjectMeta, QueueRemoval, TagMeta, TeamMember, TeamRole,
  User,
} = supervisely;

const connection = (props: (token: Tokens) => Partial<supervisely.ConnectionProps>): Case => (stack, token) =>
  new LabelingJob(stack, 'Job', jobProps(stack, { connection: connectionOf(stack, props(token)) }));
const job = (props: (token: Tokens) => Partial<supervisely.LabelingJobProps>): Case => (stack, token) => new LabelingJob(stack, 'Job', jobProps(stack, props(token)));
const fleet = (props: (token: Tokens) => Partial<supervisely.JobFleetProps>): Case => (stack, token) => new JobFleet(stack, 'Fleet', fleetProps(stack, props(token)));
const queue = (props: (token: Tokens) => Partial<supervisely.LabelingQueueProps>): Case => (stack, token) =>
  new LabelingQueue(stack, 'Queue', queueProps(stack, props(token)));
const queues = (props: (token: Tokens) => Partial<supervisely.LabelingQueueInventoryProps>): Case => (stack, token) =>
  new LabelingQueueInventory(stack, 'Queues', { connection: connectionOf(stack), teamId: 8, ...props(token) });
const list = (props: (token: Tokens) => Partial<supervisely.LabelingJobInventoryProps>): Case => (stack, token) =>
  new LabelingJobInventory(stack, 'List', { connection: connectionOf(stack), teamId: 8, ...props(token) });
const member = (props: (token: Tokens) => Partial<supervisely.TeamMemberProps>): Case => (stack, token) =>
  new TeamMember(stack, 'Ann', { connection: connectionOf(stack), teamId: 8, ...props(token) });
const meta = (props: (token: Tokens) => Partial<supervisely.ProjectMetaProps>): Case => (stack, token) =>
  new ProjectMeta(stack, 'Meta', { connection: connectionOf(stack), projectId: 5555, classes: [ObjectClass.any('a')], ...props(token) });

const labels = (props: (token: Tokens) => Partial<supervisely.LabelsExportProps>): Case => (stack, token) =>
  new LabelsExport(stack, 'Labels', { connection: connectionOf(stack), jobIds: [7], labelAttributeName: 'fruit', ...props(token) });

const webhook = (props: (token: Tokens) => Partial<supervisely.CompletionWebhookProps>): Case => (stack, token) =>
  new CompletionWebhook(stack, 'Hook', { connection: connectionOf(stack), teamId: 8, ...props(token) });

const images = (props: (token: Tokens) => Partial<supervisely.DatasetImportProps>): Case => (stack, token) => new DatasetImport(stack, 'Import', {
  connection: connectionOf(stack), project: Project.fromProjectId(1), datasetName: 'ds', input: LabelingInput.fromRecords([{ 'source-ref': 's3://photos/b.png' }]), ...props(token),
});

const workflow = (options: (token: Tokens) => Partial<SuperviselyBackendOptions>): Case => (stack, token) => new LabelingWorkflow(stack, 'Workflow', {
  backend: LabelingBackend.supervisely({
    connection: connectionOf(stack), project: Project.fromProjectId(5555), datasetName: 'november', task: LabelingTask.boundingBox(), labelers: [User.fromUserId(7)],
    ...options(token),
  }),
  labels: LabelCategories.of('kiwi', 'lemon'),
  input: LabelingInput.fromRecords([{ 'source-ref': 's3://fruit/1.jpeg' }]),
});

/** Every property of the submodule's public structs, and of those that lead to it, that can be a token. */
export const SUPERVISELY_PROPERTY_CASES: Readonly<Record<string, TokenCases>> = {
  'SuperviselyBackendOptions.datasetName': { renders: workflow((t) => ({ datasetName: t.text })) },
  'SuperviselyBackendOptions.title': { renders: workflow((t) => ({ title: t.text })) },
  'SuperviselyBackendOptions.outputPrefix': { renders: workflow((t) => ({ outputPrefix: t.text })) },
  'SuperviselyBackendOptions.labelAttributeName': { renders: workflow((t) => ({ labelAttributeName: t.text })) },
  'supervisely.ClassificationTaskOptions.tag': { refused: workflow((t) => ({ task: LabelingTask.classification({ tag: t.text }) })) },
  'supervisely.CompletionWebhookProps.teamId': { renders: webhook((t) => ({ teamId: t.number })) },
  'supervisely.CompletionWebhookProps.retriesCount': { renders: webhook((t) => ({ retriesCount: t.number })) },
  'supervisely.ConnectionProps.apiTokenField': { renders: connection((t) => ({ apiTokenField: t.text })) },
  'supervisely.ConnectionProps.serverUrl': { renders: connection((t) => ({ serverUrl: t.text })) },
  'supervisely.ConnectionProps.requestTimeout': {
    renders: connection((t) => ({ requestTimeout: t.seconds })), refused: connection((t) => ({ requestTimeout: t.minutes })),
  },
  'supervisely.DatasetImportProps.datasetName': { renders: images((t) => ({ datasetName: t.text })) },
  'supervisely.DatasetImportProps.labeledTag': { renders: images((t) => ({ labels: [ImportedLabels.polygons('a')], labeledTag: t.text })) },
  'supervisely.DatasetImportProps.attempt': { renders: images((t) => ({ attempt: t.number })) },
  'supervisely.DatasetImportProps.timeout': {
    renders: images((t) => ({ waitForCompletion: true, timeout: t.seconds })), refused: images((t) => ({ waitForCompletion: true, timeout: t.minutes })),
  },
  'supervisely.DrainOptions.timeout': {
    renders: job((t) => ({ removal: JobRemoval.drain({ timeout: t.seconds }) })), refused: job((t) => ({ removal: JobRemoval.drain({ timeout: t.minutes }) })),
  },
  'supervisely.FleetLifecycleOptions.timeout': { renders: fleet((t) => ({ timeout: t.seconds })), refused: fleet((t) => ({ timeout: t.minutes })) },
  'supervisely.FleetLifecycleOptions.relabel': { renders: fleet((t) => ({ relabel: t.text })) },
  'supervisely.FleetLifecycleOptions.attempt': { renders: fleet((t) => ({ attempt: t.number })) },
  'supervisely.JobFleetProps.title': { renders: fleet((t) => ({ title: t.text })) },
  'supervisely.JobFleetProps.teamId': { renders: fleet((t) => ({ teamId: t.number })) },
  'supervisely.JobResumeOptions.maxAttempts': { refused: job((t) => ({ resume: { maxAttempts: t.number } })) },
  'supervisely.LabelingJobInventoryOptions.projectId': { renders: list((t) => ({ projectId: t.number })) },
  'supervisely.LabelingJobInventoryOptions.datasetId': { renders: list((t) => ({ datasetId: t.number })) },
  'supervisely.LabelingJobInventoryOptions.queueIds': { renders: list((t) => ({ queueIds: [1, t.number] })) },
  'supervisely.LabelingJobInventoryOptions.jobName': { renders: list((t) => ({ jobName: t.text })) },
  'supervisely.LabelingJobInventoryOptions.nameContains': { renders: list((t) => ({ nameContains: t.text })) },
  'supervisely.LabelingJobInventoryOptions.maxItems': { renders: list((t) => ({ maxItems: t.number })) },
  'supervisely.LabelingJobInventoryOptions.pageSize': { renders: list((t) => ({ pageSize: t.number })) },
  'supervisely.LabelingJobInventoryOptions.startingToken': { renders: list((t) => ({ startingToken: t.text })) },
  'supervisely.LabelingJobInventoryOptions.recordPrefix': { renders: list((t) => ({ recordPrefix: t.text })) },
  'supervisely.LabelingJobInventoryProps.teamId': { renders: list((t) => ({ teamId: t.number })) },
  'supervisely.LabelingJobProps.title': { renders: job((t) => ({ title: t.text })) },
  'supervisely.LabelingJobProps.teamId': { renders: job((t) => ({ teamId: t.number })) },
  'supervisely.LabelingLifecycleOptions.relabel': { renders: job((t) => ({ relabel: t.text })) },
  'supervisely.LabelingLifecycleOptions.timeout': { renders: job((t) => ({ timeout: t.seconds })), refused: job((t) => ({ timeout: t.minutes })) },
  'supervisely.LabelingLifecycleOptions.attempt': { renders: job((t) => ({ attempt: t.number })) },
  'supervisely.LabelingQueueProps.title': { renders: queue((t) => ({ title: t.text })) },
  'supervisely.LabelingQueueProps.collectionId': { renders: queue((t) => ({ dataset: undefined, collectionId: t.number })) },
  'supervisely.LabelingQueueProps.teamId': { renders: queue((t) => ({ teamId: t.number })) },
  'supervisely.QueueLifecycleOptions.timeout': { renders: queue((t) => ({ timeout: t.seconds })), refused: queue((t) => ({ timeout: t.minutes })) },
  'supervisely.QueueLifecycleOptions.relabel': { renders: queue((t) => ({ relabel: t.text })) },
  'supervisely.QueueLifecycleOptions.attempt': { renders: queue((t) => ({ attempt: t.number })) },
  'supervisely.QueueDrainOptions.timeout': {
    renders: queue((t) => ({ removal: QueueRemoval.drain({ timeout: t.seconds }) })),
    refused: queue((t) => ({ removal: QueueRemoval.drain({ timeout: t.minutes }) })),
  },
  'supervisely.LabelingQueueInventoryOptions.projectId': { renders: queues((t) => ({ projectId: t.number })) },
  'supervisely.LabelingQueueInventoryOptions.datasetId': { renders: queues((t) => ({ datasetId: t.number })) },
  'supervisely.LabelingQueueInventoryOptions.collectionId': { renders: queues((t) => ({ collectionId: t.number })) },
  'supervisely.LabelingQueueInventoryOptions.queueIds': { renders: queues((t) => ({ queueIds: [1, t.number] })) },
  'supervisely.LabelingQueueInventoryOptions.queueNames': { renders: queues((t) => ({ queueNames: t.list })) },
  'supervisely.LabelingQueueInventoryOptions.maxItems': { renders: queues((t) => ({ maxItems: t.number })) },
  'supervisely.LabelingQueueInventoryOptions.pageSize': { renders: queues((t) => ({ pageSize: t.number })) },
  'supervisely.LabelingQueueInventoryOptions.startingToken': { renders: queues((t) => ({ startingToken: t.text })) },
  'supervisely.LabelingQueueInventoryOptions.recordPrefix': { renders: queues((t) => ({ recordPrefix: t.text })) },
  'supervisely.LabelingQueueInventoryProps.teamId': { renders: queues((t) => ({ teamId: t.number })) },
  'supervisely.LabelingTaskOptions.cloneOf': { renders: job((t) => ({ cloneOf: t.number })) },
  'supervisely.LabelingSettingsOptions.readme': { renders: job((t) => ({ readme: t.text })) },
  'supervisely.LabelingSettingsOptions.description': { renders: job((t) => ({ description: t.text })) },
  'supervisely.LabelingSettingsOptions.classes': { renders: job((t) => ({ classes: t.list })) },
  'supervisely.LabelingSettingsOptions.tags': { renders: job((t) => ({ tags: t.list })) },
  'supervisely.JobSettingsOptions.readOnlyTags': { renders: job((t) => ({ readOnlyTags: t.list })) },
  'supervisely.LabelingSettingsOptions.objectsLimitPerImage': { renders: job((t) => ({ objectsLimitPerImage: t.number })) },
  'supervisely.LabelingSettingsOptions.tagsLimitPerImage': { renders: job((t) => ({ tagsLimitPerImage: t.number })) },
  'supervisely.LabelingWorkOptions.imageIds': { renders: job((t) => ({ imageIds: [t.number] })) },
  'supervisely.LabelingWorkOptions.includeImagesWithTags': { renders: job((t) => ({ includeImagesWithTags: t.list })) },
  'supervisely.LabelingWorkOptions.excludeImagesWithTags': { renders: job((t) => ({ excludeImagesWithTags: t.list, includeImagesWithTags: ['a'] })) },
  'supervisely.LabelingSettingsOptions.guideId': { renders: job((t) => ({ guideId: t.number })) },
  'supervisely.ClassificationFormatOptions.tag': { renders: labels((t) => ({ format: LabelFormat.classification({ tag: t.text }) })) },
  'supervisely.LabelsExportProps.jobIds': { renders: labels((t) => ({ jobIds: [7, t.number] })) },
  'supervisely.LabelsExportProps.queueIds': { renders: labels((t) => ({ queueIds: [7, t.number] })) },
  'supervisely.LabelsExportProps.labelAttributeName': { renders: labels((t) => ({ labelAttributeName: t.text })) },
  'supervisely.LabelsExportProps.labels': { renders: labels((t) => ({ labels: t.list })) },
  'supervisely.LabelsExportProps.prefix': { renders: labels((t) => ({ prefix: t.text })) },
  'supervisely.ObjectClassOptions.color': { refused: (_, t) => ObjectClass.any('a', { color: t.text }) },
  'supervisely.ObjectClassOptions.hotkey': { refused: (_, t) => ObjectClass.any('a', { hotkey: t.text }) },
  'supervisely.ProjectMetaProps.projectId': { renders: meta((t) => ({ projectId: t.number })) },
  'supervisely.TagMetaOptions.color': { refused: (_, t) => TagMeta.none('a', { color: t.text }) },
  'supervisely.TagMetaOptions.hotkey': { refused: (_, t) => TagMeta.none('a', { hotkey: t.text }) },
  'supervisely.TeamMemberProps.teamId': { renders: member((t) => ({ login: 'ann', teamId: t.number })) },
  'supervisely.TeamMemberProps.login': { renders: member((t) => ({ login: t.text })) },
  'supervisely.TeamMemberProps.userId': { renders: member((t) => ({ userId: t.number })) },
  'supervisely.TeamMemberProps.passwordField': {
    renders: (stack, t) => member(() => ({ login: 'ann', password: secretsmanager.Secret.fromSecretNameV2(stack, 'Password', 'ann'), passwordField: t.text }))(stack, t),
  },
  'supervisely.TeamMemberProps.fullName': { renders: member((t) => ({ login: 'ann', fullName: t.text })) },
  'supervisely.TeamMemberProps.email': { renders: member((t) => ({ login: 'ann', email: t.text })) },
};

/** The same for parameters of factories, and for structs within structs. */
export const SUPERVISELY_FACTORY_CASES: Readonly<Record<string, TokenCases>> = {
  'supervisely.ImagesRange.start': { renders: job((t) => ({ imagesRange: { start: t.number, end: 2 } })) },
  'supervisely.ImagesRange.end': { renders: job((t) => ({ imagesRange: { start: 1, end: t.number } })) },
  'supervisely.ToolboxSettings.playbackRate': { renders: job((t) => ({ toolboxSettings: { playbackRate: t.number } })) },
  'supervisely.ToolboxSettings.skipFramesSize': { renders: job((t) => ({ toolboxSettings: { skipFramesSize: t.number } })) },
  'supervisely.JobSettingsOptions.customData, a value': { renders: job((t) => ({ customData: { batch: t.text } })) },
  'supervisely.FleetLabeler.weight': { renders: fleet((t) => ({ labelers: [{ labeler: User.fromUserId(1), weight: t.number }] })) },
  'supervisely.ImageSet.fromImageIds': { renders: fleet((t) => ({ imageSets: [ImageSet.fromImageIds(Dataset.fromDatasetId(1), [t.number])] })) },
  'supervisely.ImageSet.fromTags, included': { renders: fleet((t) => ({ imageSets: [ImageSet.fromTags(Dataset.fromDatasetId(1), { include: t.list })] })) },
  'supervisely.ImageSet.fromTags, excluded': { renders: fleet((t) => ({ imageSets: [ImageSet.fromTags(Dataset.fromDatasetId(1), { exclude: t.list })] })) },
  'supervisely.Dataset.fromDatasetId': { renders: job((t) => ({ dataset: Dataset.fromDatasetId(t.number) })) },
  'supervisely.Dataset.fromDatasetName, the project': { renders: job((t) => ({ dataset: Dataset.fromDatasetName(t.number, 'ds') })) },
  'supervisely.Dataset.fromDatasetName, the name': { renders: job((t) => ({ dataset: Dataset.fromDatasetName(1, t.text) })) },
  'supervisely.Project.fromProjectId': { renders: images((t) => ({ project: Project.fromProjectId(t.number) })) },
  'supervisely.Project.fromProjectName, the workspace': { renders: images((t) => ({ project: Project.fromProjectName(t.number, 'p') })) },
  'supervisely.Project.fromProjectName, the name': { renders: images((t) => ({ project: Project.fromProjectName(1, t.text) })) },
  'supervisely.ImportedLabels.polygons': { renders: images((t) => ({ labels: [ImportedLabels.polygons(t.text)] })) },
  'supervisely.User.fromUserId': { renders: job((t) => ({ labelers: [User.fromUserId(t.number)] })) },
  'supervisely.User.fromLogin': { renders: job((t) => ({ labelers: [User.fromLogin(t.text)] })) },
  'supervisely.TeamRole.of': { renders: member((t) => ({ login: 'ann', role: TeamRole.of(t.text) })) },
  'supervisely.ObjectClass.any': { refused: (_, t) => ObjectClass.any(t.text) },
  'supervisely.TagMeta.none': { refused: (_, t) => TagMeta.none(t.text) },
  'supervisely.TagMeta.oneOf, a value': { refused: (_, t) => TagMeta.oneOf('size', [t.text]) },
  'supervisely.TagMeta.oneOf, a list': { refused: (_, t) => TagMeta.oneOf('size', t.list) },
};
