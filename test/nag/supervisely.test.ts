import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { superviselyExceptions } from './supervisely-exceptions';
import { groundtruth, LabelingInput, ReconcileOn, supervisely } from '../../src';
import { connectionOf } from '../supervisely/fixtures';

const {
  CompletionWebhook, LabelingJob, LabelingJobInventory, LabelingQueue,
  LabelingQueueInventory, LabelsExport, ObjectClass, ProjectMeta, TeamMember,
} = supervisely;

/** What AwsSolutions finds in jobs on a server in a network of one's own, as `<path> <rule>`. */
function findings(): string[] {
  const app = new App();
  const stack = new Stack(app, 'Labels');
  const logs = new s3.Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'self/' });
  const stateBucket = new groundtruth.LabelingBucket(stack, 'State', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'state' });
  const vpc = new ec2.Vpc(stack, 'Vpc');
  vpc.addFlowLog('Flows');
  const connection = connectionOf(stack, { vpc });
  new ProjectMeta(stack, 'Fruit', { connection, projectId: 5555, classes: [ObjectClass.bitmap('kiwi')] });
  const ann = new TeamMember(stack, 'Ann', { connection, teamId: 8, login: 'ann' });
  const job = new LabelingJob(stack, 'Kiwis', {
    connection, stateBucket, title: 'kiwis', dataset: supervisely.Dataset.fromDatasetId(1), labelers: [ann], reconcileOn: ReconcileOn.schedule(events.Schedule.cron({ minute: '0' })),
  });
  const queue = new LabelingQueue(stack, 'Lemons', {
    connection, stateBucket, title: 'lemons', dataset: supervisely.Dataset.fromDatasetId(1), labelers: [ann], reviewers: [ann],
    reconcileOn: ReconcileOn.schedule(events.Schedule.cron({ minute: '0' })),
  });
  new supervisely.JobFleet(stack, 'Fleet', {
    connection, stateBucket, title: 'limes', labelers: [{ labeler: ann }], imageSets: [supervisely.ImageSet.fromDataset(supervisely.Dataset.fromDatasetId(2))],
  });
  new LabelingQueueInventory(stack, 'Queues', { connection, teamId: 8, queues: [queue], recordBucket: stateBucket });
  new LabelingJobInventory(stack, 'All', { connection, teamId: 8, jobs: [job], recordBucket: stateBucket });
  new supervisely.DatasetImport(stack, 'Import', {
    connection, stateBucket, project: supervisely.Project.fromProjectId(5555), datasetName: 'photos', images: supervisely.ImageTransfer.UPLOAD,
    input: LabelingInput.fromRecords([{ 'source-ref': 's3://photos/a.png' }, { 'source-ref': 's3://photos/b.png' }]),
  });
  new LabelsExport(stack, 'Export', { connection, jobs: [job], bucket: stateBucket, labelAttributeName: 'fruit' });
  new CompletionWebhook(stack, 'Hook', { connection, teamId: 8 });
  Aspects.of(app).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .map(({ id, entry }) => `${id} ${String(entry.data).split(/: (?=The )/)[0]}`)
    .filter((finding) => finding.includes('AwsSolutions'));
}

const found = findings();

test('finds nothing that is not explained', () => {
  expect(found.filter((finding) => !superviselyExceptions.some(({ matches }) => matches.test(finding)))).toEqual([]);
});

test.each(superviselyExceptions.map(({ matches, reason }) => [String(matches), matches, reason] as const))('needs the exception %s', (_, matches, reason) => {
  expect(found.filter((finding) => matches.test(finding))).not.toEqual([]);
  expect(reason.length).toBeGreaterThan(20);
});
