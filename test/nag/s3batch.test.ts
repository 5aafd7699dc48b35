import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { s3batchExceptions } from './s3batch-exceptions';
import { groundtruth, ReconcileOn, s3batch } from '../../src';

const { BatchJob, BatchJobInventory, CompletionReport, FleetJobs, JobFleet, Manifest, Operation } = s3batch;

/** What AwsSolutions finds in jobs whose owner used all that the library offers for it, as `<path> <rule>`. */
function findings(): string[] {
  const app = new App();
  const stack = new Stack(app, 'Labels');
  const logs = new s3.Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'self/' });
  const bucket = (id: string) => new groundtruth.LabelingBucket(stack, id, { serverAccessLogsBucket: logs, serverAccessLogsPrefix: id });
  const [images, reports, stateBucket] = ['Images', 'Reports', 'State'].map(bucket);
  const job = new BatchJob(stack, 'Tag', {
    operation: Operation.replaceTags({ tags: { team: 'vision' } }),
    manifest: Manifest.fromRows(images, [{ key: 'cat.jpg' }]),
    report: CompletionReport.allTasks({ bucket: reports }),
    stateBucket,
    reconcileOn: ReconcileOn.STATE_CHANGE,
  });
  new BatchJob(stack, 'Copy', {
    operation: Operation.copyObjects({ targetBucket: images, targetKeyPrefix: 'copies' }),
    manifest: Manifest.generated({ sourceBucket: images }),
    report: CompletionReport.allTasks({ bucket: reports }),
    stateBucket,
  });
  new JobFleet(stack, 'Fleet', {
    operation: Operation.replaceTags({ tags: { team: 'vision' } }),
    jobs: FleetJobs.fromRows('cats', images, [{ key: 'cat.jpg' }, { key: 'tiger.jpg' }], { maxRowsPerJob: 1 }),
    report: CompletionReport.allTasks({ bucket: reports }),
    stateBucket,
  });
  new BatchJobInventory(stack, 'All', { jobs: [job], recordBucket: stateBucket });
  Aspects.of(app).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .map(({ id, entry }) => `${id} ${String(entry.data).split(/: (?=The )/)[0]}`)
    .filter((finding) => finding.includes('AwsSolutions'));
}

const found = findings();

test('finds nothing that is not explained', () => {
  expect(found.filter((finding) => !s3batchExceptions.some(({ matches }) => matches.test(finding)))).toEqual([]);
});

test.each(s3batchExceptions.map(({ matches, reason }) => [String(matches), matches, reason] as const))('needs the exception %s', (_, matches, reason) => {
  expect(found.filter((finding) => matches.test(finding))).not.toEqual([]);
  expect(reason.length).toBeGreaterThan(20);
});
