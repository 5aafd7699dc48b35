import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { exceptions } from './exceptions';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, ReconcileOn } from '../../src';

const { FleetData, FleetJobs, InputManifest, JobFleet, LabelingBucket, LabelingJob, StreamIntake, TaskType, Workteam, WorkteamMembers } = groundtruth;

/** What AwsSolutions finds in a workflow whose owner used all that the library offers for it, as `<path> <rule>`. */
function findings(): string[] {
  const app = new App();
  const stack = new Stack(app, 'Labels');
  const logs = new s3.Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'self/' });
  const bucket = (id: string) => new LabelingBucket(stack, id, { serverAccessLogsBucket: logs, serverAccessLogsPrefix: id });
  new LabelingWorkflow(stack, 'Spam', {
    backend: LabelingBackend.groundTruth({
      taskType: TaskType.textClassification(),
      workteam: new Workteam(stack, 'Team', { members: WorkteamMembers.oidc({ groups: ['readers'] }) }),
      outputBucket: bucket('Out'),
      stateBucket: bucket('State'),
    }),
    labels: LabelCategories.of('ham', 'spam'),
    input: LabelingInput.fromRecords([{ source: 'a' }]),
    reconcileOn: ReconcileOn.STATE_CHANGE,
  });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
  });
  const fleet = new JobFleet(stack, 'Fleet', {
    taskType: TaskType.imageClassification(),
    labels: LabelCategories.of('cat', 'dog'),
    workteam: Workteam.fromWorkteamName(stack, 'Others', 'others'),
    outputBucket: bucket('FleetOut'),
    stateBucket: bucket('FleetState'),
    jobs: FleetJobs.split(FleetData.fromPrefix(bucket('Images'), 'cats/')),
    automatedLabeling: { vpc },
  });
  fleet.addAlarms();
  fleet.addDashboard();
  const intake = new StreamIntake(stack, 'Mails', { storeBucket: bucket('Records'), storePrefix: 'mails' });
  intake.addAlarms();
  intake.addObjectsOf(bucket('Pictures'), { prefix: 'in/', includeExisting: true });
  new LabelingJob(stack, 'Streaming', {
    taskType: TaskType.imageClassification(),
    labels: LabelCategories.of('cat', 'dog'),
    workteam: Workteam.fromWorkteamName(stack, 'Watchers', 'watchers'),
    outputBucket: bucket('StreamOut'),
    stateBucket: bucket('StreamState'),
    input: InputManifest.streaming(intake),
  });
  Aspects.of(app).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .map(({ id, entry }) => `${id} ${String(entry.data).split(/: (?=The )/)[0]}`);
}

const found = findings();

test('finds nothing that is not explained', () => {
  expect(found.filter((finding) => !exceptions.some(({ matches }) => matches.test(finding)))).toEqual([]);
});

test.each(exceptions.map(({ matches, reason }) => [String(matches), matches, reason] as const))('needs the exception %s', (_, matches, reason) => {
  expect(found.filter((finding) => matches.test(finding))).not.toEqual([]);
  expect(reason.length).toBeGreaterThan(20);
});

test('looks at what it says', () => {
  expect(found.some((finding) => finding.includes('AwsSolutions-IAM5'))).toBe(true);
});
