import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { superviselyWorkflowExceptions } from './supervisely-workflow-exceptions';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, supervisely } from '../../src';
import { connectionOf } from '../supervisely/fixtures';

/** What AwsSolutions finds in a whole workflow on a Supervisely server, as `<path> <rule>`. */
function findings(): string[] {
  const app = new App();
  const stack = new Stack(app, 'Labels');
  const logs = new s3.Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'self/' });
  const bucket = (id: string) => new groundtruth.LabelingBucket(stack, id, { serverAccessLogsBucket: logs, serverAccessLogsPrefix: id });
  const connection = connectionOf(stack);
  new LabelingWorkflow(stack, 'Fruit', {
    backend: LabelingBackend.supervisely({
      connection,
      project: supervisely.Project.fromProjectId(5555),
      datasetName: 'november',
      task: supervisely.LabelingTask.boundingBox(),
      labelers: [supervisely.User.fromUserId(101)],
      images: supervisely.ImageTransfer.UPLOAD,
      stateBucket: bucket('State'),
      outputBucket: bucket('Output'),
    }),
    labels: LabelCategories.of('kiwi', 'lemon'),
    input: LabelingInput.fromManifest(bucket('Data'), 'input.manifest'),
  });
  Aspects.of(app).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .map(({ id, entry }) => `${id} ${String(entry.data).split(/: (?=The )/)[0]}`)
    .filter((finding) => finding.includes('AwsSolutions'));
}

const found = findings();

test('finds nothing that is not explained', () => {
  expect(found.filter((finding) => !superviselyWorkflowExceptions.some(({ matches }) => matches.test(finding)))).toEqual([]);
});

test.each(superviselyWorkflowExceptions.map(({ matches, reason }) => [String(matches), matches, reason] as const))('needs the exception %s', (_, matches, reason) => {
  expect(found.filter((finding) => matches.test(finding))).not.toEqual([]);
  expect(reason.length).toBeGreaterThan(20);
});
