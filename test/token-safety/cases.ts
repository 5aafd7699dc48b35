import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { groundtruth, LabelAttribute, LabelCategories, LabelingInput, ReconcileOn } from '../../src';
import { jobProps } from '../groundtruth/fixtures';
import { fleetOf } from '../groundtruth/fleet-fixtures';

const {
  FleetData, FleetJobs, InputManifest, JobRemoval, LabelingBucket, LabelingJob, LabelingJobInventory, LabelsExport,
  StreamIntake, StreamTopic,
  TaskPrice, TaskType, WorkerTemplate, Workteam, WorkteamMembers,
} = groundtruth;

/** Values that only the deployment knows, all of one parameter. */
export class Tokens {
  public readonly text: string;
  public readonly list: string[];
  public readonly number: number;

  constructor(stack: Stack) {
    this.text = new CfnParameter(stack, 'TokenText').valueAsString;
    this.list = new CfnParameter(stack, 'TokenList', { type: 'CommaDelimitedList' }).valueAsList;
    this.number = new CfnParameter(stack, 'TokenNumber', { type: 'Number' }).valueAsNumber;
  }

  public get seconds(): Duration {
    return Duration.seconds(this.number);
  }

  public get minutes(): Duration {
    return Duration.minutes(this.number);
  }
}

export type Case = (stack: Stack, token: Tokens) => unknown;

/** `renders` brings the token into the template, `refused` says that the value must be known at synthesis. */
export interface TokenCases {
  readonly renders?: Case;
  readonly refused?: Case;
}

const DATA = () => FleetData.fromManifest(InputManifest.fromRecords([{ source: 'a' }]));
const fleet = (overrides: (token: Tokens) => Partial<groundtruth.JobFleetProps>): Case => (stack, token) => fleetOf(stack, overrides(token));
/** A job of a fleet, whose declaration is written to a file: tokens become placeholders, lists cannot. */
const member = (overrides: (token: Tokens) => Partial<groundtruth.FleetJob>): Case => (stack, token) =>
  fleetOf(stack).addJob('c', { input: InputManifest.fromRecords([{ source: 'c' }]), ...overrides(token) });
type JobOverrides = Partial<groundtruth.LabelingJobProps>;
const job = (overrides: (token: Tokens) => JobOverrides): Case => (stack, token) => new LabelingJob(stack, 'Job', jobProps(stack, overrides(token)));
const list = (props: (token: Tokens) => groundtruth.LabelingJobInventoryProps): Case => (stack, token) => new LabelingJobInventory(stack, 'List', props(token));
const streamAlarms = (options: (token: Tokens) => groundtruth.StreamAlarmsOptions): Case => (stack, token) =>
  new StreamIntake(stack, 'Intake').addAlarms(options(token));
const streamObjects = (options: (token: Tokens) => groundtruth.StreamObjectsOptions): Case => (stack, token) =>
  new StreamIntake(stack, 'Intake').addObjectsOf(s3.Bucket.fromBucketName(stack, 'In', 'my-in'), options(token));
const team = (props: (token: Tokens) => Partial<groundtruth.WorkteamProps>): Case => (stack, token) =>
  new Workteam(stack, 'Team', { members: WorkteamMembers.oidc({ groups: ['a'] }), ...props(token) });
const bucket = (props: (token: Tokens) => groundtruth.LabelingBucketProps): Case => (stack, token) => new LabelingBucket(stack, 'Bucket', props(token));

function cognitoTeam(stack: Stack, groups: string[]): unknown {
  const userPool = new cognito.UserPool(stack, 'Pool');
  const members = WorkteamMembers.cognito({ userPool, userPoolClient: userPool.addClient('Client'), groups });
  return new Workteam(stack, 'Team', { members });
}

/** Every property of every public struct that can be a token, by `<struct>.<property>`. */
export const PROPERTY_CASES: Readonly<Record<string, TokenCases>> = {
  'LabelingTaskOptions.labelAttributeName': { renders: job((t) => ({ labelAttributeName: t.text })) },
  'LabelingOutputOptions.outputPrefix': { renders: job((t) => ({ outputPrefix: t.text })) },
  'LabelingTaskOptions.title': { renders: job((t) => ({ title: t.text })) },
  'LabelingTaskOptions.description': { renders: job((t) => ({ description: t.text })) },
  'LabelingTaskOptions.keywords': { renders: job((t) => ({ keywords: t.list })) },
  'LabelingTaskOptions.workersPerDataObject': { renders: job((t) => ({ workersPerDataObject: t.number })) },
  'LabelingTaskOptions.taskTimeLimit': { renders: job((t) => ({ taskTimeLimit: t.seconds })), refused: job((t) => ({ taskTimeLimit: t.minutes })) },
  'LabelingTaskOptions.taskAvailabilityLifetime': {
    renders: job((t) => ({ taskAvailabilityLifetime: t.seconds, taskTimeLimit: t.seconds })),
    refused: job((t) => ({ taskAvailabilityLifetime: t.minutes })),
  },
  'LabelingTaskOptions.maxConcurrentTaskCount': { renders: job((t) => ({ maxConcurrentTaskCount: t.number })) },
  'LabelingTaskOptions.maxHumanLabeledObjectCount': { renders: job((t) => ({ maxHumanLabeledObjectCount: t.number })) },
  'LabelingTaskOptions.maxPercentageOfInputDatasetLabeled': { renders: job((t) => ({ maxPercentageOfInputDatasetLabeled: t.number })) },
  'AutomatedLabelingOptions.initialModelArn': {
    renders: (stack, t) => job(() => ({
      automatedLabeling: { initialModelArn: t.text }, input: InputManifest.fromBucket(s3.Bucket.fromBucketName(stack, 'In', 'my-in'), 'many.manifest'),
    }))(stack, t),
  },
  'LabelingLifecycleOptions.relabel': { renders: job((t) => ({ relabel: t.text })) },
  'LabelingJobOptions.attempt': { renders: job((t) => ({ attempt: t.number })) },
  'LabelingLifecycleOptions.timeout': { renders: job((t) => ({ timeout: t.seconds })), refused: job((t) => ({ timeout: t.minutes })) },
  'AuditOptions.auditLabelAttributeName': { refused: (_, t) => TaskType.boundingBoxAdjustment({ auditLabelAttributeName: t.text }) },
  'InstructionsOptions.shortInstructions': { refused: (_, t) => TaskType.videoObjectDetection({ shortInstructions: t.text }) },
  'InstructionsOptions.fullInstructions': { refused: (_, t) => TaskType.videoObjectDetection({ fullInstructions: t.text }) },
  'LabelAttributeOptions.description': { refused: (_, t) => LabelAttribute.text('colour', { description: t.text }) },
  'LabelingJobOptions.adopt': { renders: job((t) => ({ adopt: t.text })) },
  'ResumeOptions.maxAttempts': { refused: job((t) => ({ resume: { maxAttempts: t.number } })) },
  'JobFleetProps.maxConcurrentJobs': { renders: fleet((t) => ({ maxConcurrentJobs: t.number })) },
  'LabelsExportProps.prefix': {
    renders: (stack, t) => {
      const jobs = [new LabelingJob(stack, 'Job', jobProps(stack))];
      return new LabelsExport(stack, 'Export', { jobs, bucket: new LabelingBucket(stack, 'Results'), prefix: t.text });
    },
  },
  'FleetResultOptions.prefix': { renders: fleet((t) => ({ result: { prefix: t.text } })) },
  'SplitOptions.maxObjectsPerJob': { refused: fleet((t) => ({ jobs: FleetJobs.split(DATA(), { maxObjectsPerJob: t.number }) })) },
  'PrefixDataOptions.suffixes': { refused: (stack, t) => FleetData.fromPrefix(s3.Bucket.fromBucketName(stack, 'In', 'my-in'), '', { suffixes: t.list }) },
  'JobFleetAlarmsOptions.notConvergingFor': { refused: (stack, t) => fleetOf(stack).addAlarms({ notConvergingFor: t.minutes }) },
  'JobFleetAlarmsOptions.oldestJob': { refused: (stack, t) => fleetOf(stack).addAlarms({ oldestJob: t.minutes }) },
  'StreamAlarmsOptions.notStoredFor': { refused: streamAlarms((t) => ({ notStoredFor: t.seconds })) },
  'StreamAlarmsOptions.waitingFor': { refused: streamAlarms((t) => ({ waitingFor: t.seconds })) },
  'StreamAlarmsOptions.withoutJobFor': { refused: streamAlarms((t) => ({ withoutJobFor: t.seconds })) },
  'StreamAlarmsOptions.waiting': { renders: streamAlarms((t) => ({ waiting: t.number })) },
  'StreamIntakeProps.deduplicationKey': { renders: (stack, t) => new StreamIntake(stack, 'Intake', { deduplicationKey: t.text }) },
  'StreamIntakeProps.storePrefix': { renders: (stack, t) => new StreamIntake(stack, 'Intake', { storePrefix: t.text }) },
  'StreamObjectsOptions.prefix': { refused: streamObjects((t) => ({ prefix: t.text })) },
  'StreamObjectsOptions.suffix': { refused: streamObjects((t) => ({ suffix: t.text })) },
  'StreamTopicProps.topicName': { renders: (stack, t) => new StreamTopic(stack, 'Topic', { topicName: t.text }) },
  'StreamingInputOptions.maxAttempts': {
    renders: (stack, t) => new LabelingJob(stack, 'Job', jobProps(stack, {
      input: InputManifest.streaming(new StreamIntake(stack, 'Intake'), { maxAttempts: t.number }),
    })),
  },
  'JobFleetDashboardOptions.dashboardName': { renders: (stack, t) => fleetOf(stack).addDashboard({ dashboardName: t.text }) },
  'DrainOptions.timeout': {
    renders: job((t) => ({ removal: JobRemoval.drain({ timeout: t.seconds }) })),
    refused: job((t) => ({ removal: JobRemoval.drain({ timeout: t.minutes }) })),
  },
  'LabelingJobInventoryOptions.nameContains': { renders: list((t) => ({ nameContains: t.text })) },
  'LabelingJobInventoryOptions.maxItems': { renders: list((t) => ({ maxItems: t.number })) },
  'LabelingJobInventoryOptions.pageSize': { renders: list((t) => ({ pageSize: t.number })) },
  'LabelingJobInventoryOptions.startingToken': { renders: list((t) => ({ startingToken: t.text })) },
  'LabelingJobInventoryOptions.recordPrefix': { renders: list((t) => ({ recordPrefix: t.text })) },
  'LabelingJobMetricOptions.namespace': {
    renders: (stack, t) => LabelingJob.fromLabelingJobName(stack, 'Old', 'old').metric('M', { namespace: t.text })
      .createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 }),
  },
  'WorkteamProps.description': { renders: team((t) => ({ description: t.text })) },
  'WorkteamProps.workteamName': { renders: team((t) => ({ workteamName: t.text })) },
  'WorkteamProps.workforceName': { renders: team((t) => ({ workforceName: t.text })) },
  'OidcMembersOptions.groups': { renders: team((t) => ({ members: WorkteamMembers.oidc({ groups: t.list }) })) },
  'CognitoMembersOptions.groups': {
    renders: (stack, t) => cognitoTeam(stack, [t.text]),
    refused: (stack, t) => cognitoTeam(stack, t.list),
  },
  'LabelingBucketProps.bucketName': { renders: bucket((t) => ({ bucketName: t.text })) },
  'LabelingBucketProps.serverAccessLogsPrefix': {
    renders: (stack, t) => new LabelingBucket(stack, 'Bucket', {
      serverAccessLogsPrefix: t.text, serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'the-logs'),
    }),
  },
  'StandardTemplateOptions.header': { refused: (_, t) => WorkerTemplate.standard({ header: t.text }) },
  'StandardTemplateOptions.shortInstructions': { refused: (_, t) => WorkerTemplate.standard({ shortInstructions: t.text }) },
  'StandardTemplateOptions.fullInstructions': { refused: (_, t) => WorkerTemplate.standard({ fullInstructions: t.text }) },
};

const inBucket = (stack: Stack, key: string) => ({ bucket: s3.Bucket.fromBucketName(stack, 'In', 'my-in'), key });

/** The same for parameters of factories. */
export const FACTORY_CASES: Readonly<Record<string, TokenCases>> = {
  'FleetJobs.declared, a key': { refused: (_, t) => FleetJobs.declared({ [t.text]: { input: InputManifest.fromRecords([{ source: 'a' }]) } }) },
  'FleetJobs.perWorkteam, a weight': {
    refused: (stack, t) => FleetJobs.perWorkteam(DATA(), { a: { workteam: Workteam.fromWorkteamName(stack, 'T', 't'), weight: t.number } }),
  },
  'FleetJobs.fromDeclarations': { refused: (_, t) => FleetJobs.fromDeclarations(t.text) },
  'FleetData.fromPrefix': {
    renders: (stack, t) => fleetOf(stack, {
      taskType: TaskType.imageClassification(), jobs: FleetJobs.split(FleetData.fromPrefix(s3.Bucket.fromBucketName(stack, 'In', 'my-in'), t.text)),
    }),
  },
  'JobFleet.addJob, a key': { refused: (stack, t) => fleetOf(stack).addJob(t.text, { input: InputManifest.fromRecords([{ source: 'a' }]) }) },
  'FleetJob.title': { renders: member((t) => ({ title: t.text })) },
  'FleetJob.workersPerDataObject': { renders: member((t) => ({ workersPerDataObject: t.number })) },
  'FleetJob.taskTimeLimit': { renders: member((t) => ({ taskTimeLimit: t.seconds })) },
  'FleetJob.attempt': { renders: member((t) => ({ attempt: t.number })) },
  'FleetJob.adopt': { renders: member((t) => ({ adopt: t.text })) },
  'FleetJob.keywords': { refused: (stack, t) => { member(() => ({ keywords: t.list }))(stack, t); Template.fromStack(stack); } },
  'ReconcileOn.ssmParameterName': { refused: (_, t) => ReconcileOn.ssmParameterName(t.text) },
  'InputManifest.fromRecords, a value': { refused: (_, t) => InputManifest.fromRecords([{ source: t.text }]) },
  'InputManifest.fromRecords, a part of a value': { refused: (_, t) => InputManifest.fromRecords([{ 'source-ref': `s3://${t.text}/a.png` }]) },
  'InputManifest.fromRecords, a key': { refused: (_, t) => InputManifest.fromRecords([{ [t.text]: 'a' }]) },
  'InputManifest.fromAsset': { refused: (_, t) => InputManifest.fromAsset(t.text) },
  'InputManifest.fromBucket': {
    renders: (stack, t) => {
      const { bucket: from, key } = inBucket(stack, t.text);
      return job(() => ({ input: InputManifest.fromBucket(from, key) }))(stack, t);
    },
  },
  'LabelingInput.fromRecords': { refused: (stack, t) => job(() => ({ input: InputManifest._from(LabelingInput.fromRecords([{ source: t.text }])) }))(stack, t) },
  'LabelCategories.of': { refused: (_, t) => LabelCategories.of('a', t.text) },
  'LabelCategories.of, a list': { refused: (_, t) => LabelCategories.of(...t.list) },
  'LabelCategories.fromAsset': { refused: (_, t) => LabelCategories.fromAsset(t.text) },
  'LabelCategories.fromBucket': {
    renders: (stack, t) => {
      const { bucket: from, key } = inBucket(stack, t.text);
      return job(() => ({ labels: LabelCategories.fromBucket(from, key) }))(stack, t);
    },
  },
  'WorkerTemplate.fromAsset': { refused: (_, t) => WorkerTemplate.fromAsset(t.text) },
  'WorkerTemplate.fromString': { refused: (_, t) => WorkerTemplate.fromString(t.text) },
  'TaskPrice.usd': { refused: (_, t) => TaskPrice.usd(t.number) },
  'Workteam.fromWorkteamArn': { renders: (stack, t) => job(() => ({ workteam: Workteam.fromWorkteamArn(stack, 'T', t.text) }))(stack, t) },
  'Workteam.fromWorkteamName': { renders: (stack, t) => job(() => ({ workteam: Workteam.fromWorkteamName(stack, 'T', t.text) }))(stack, t) },
  'LabelingJob.fromLabelingJobName': { renders: (stack, t) => LabelingJob.fromLabelingJobName(stack, 'Old', t.text).onFailed('Rule') },
  'LabelingJob.fromLabelingJobArn': { renders: (stack, t) => LabelingJob.fromLabelingJobArn(stack, 'Old', t.text).onFailed('Rule') },
  'TaskType.textClassification': { renders: job((t) => ({ taskType: TaskType.textClassification(), title: t.text })) },
};
