import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { preparationExceptions } from './preparation-exceptions';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, s3batch } from '../../src';

const { DataPreparation, ObjectFunction } = s3batch;

/** What AwsSolutions finds in the preparation of a workflow's data and the tagging behind it, as `<path> <rule>`. The rest of it has a test of its own. */
function findings(): string[] {
  const app = new App();
  const stack = new Stack(app, 'Labels');
  const logs = new s3.Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'self/' });
  const author = new lambda.Function(stack, 'Author', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
  new LabelingWorkflow(stack, 'Images', {
    backend: LabelingBackend.groundTruth({
      taskType: groundtruth.TaskType.imageClassification(),
      workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
      outputBucket: new groundtruth.LabelingBucket(stack, 'Out', { serverAccessLogsBucket: logs }),
    }),
    labels: LabelCategories.of('cat', 'dog'),
    input: LabelingInput.fromRecords([{ 'source-ref': 's3://archive/a.jpg' }]),
    prepare: [DataPreparation.restore(), DataPreparation.copy(), DataPreparation.forEachObject(new ObjectFunction(stack, 'Each', { lambdaFunction: author })), DataPreparation.checksum()],
    tagLabeledObjects: { labeled: 'yes' },
  });
  Aspects.of(app).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .map(({ id, entry }) => `${id} ${String(entry.data).split(/: (?=The )/)[0]}`)
    .filter((finding) => /^\/Labels\/(Images\/(Preparation|Tagging)|DataPreparationProvider|ObjectFunctionLayer)/.test(finding));
}

const found = findings();

test('finds nothing that is not explained', () => {
  expect(found.filter((finding) => !preparationExceptions.some(({ matches }) => matches.test(finding)))).toEqual([]);
});

test.each(preparationExceptions.map(({ matches, reason }) => [String(matches), matches, reason] as const))('needs the exception %s', (_, matches, reason) => {
  expect(found.filter((finding) => matches.test(finding))).not.toEqual([]);
  expect(reason.length).toBeGreaterThan(20);
});
