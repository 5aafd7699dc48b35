import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { connectionOf, fleetProps, jobProps } from './fixtures';
import { supervisely } from '../../src';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { Dataset, JobFleet, LabelFormat, LabelingJob, LabelsExport } = supervisely;

function exportOf(stack: Stack, props: Partial<supervisely.LabelsExportProps> = {}): supervisely.LabelsExport {
  const connection = props.connection ?? stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack);
  return new LabelsExport(stack, 'Export', { labelAttributeName: 'fruit', connection, ...props });
}

/** The states, with `<...>` for what only the deployment knows. */
function statesOf(stack: Stack): Record<string, any> {
  const [machine] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine')).filter(({ Properties }) => JSON.stringify(Properties).includes('PlanExport'));
  const [, parts] = machine.Properties.DefinitionString['Fn::Join'];
  return JSON.parse(parts.map((part: unknown) => typeof part === 'string' ? part : `<${Object.values(part as object).flat().join('.')}>`).join('')).States;
}

test('plans, reads until nothing is left, puts together, announces; and cleans up after failures', () => {
  const stack = newStack();
  exportOf(stack, { jobIds: [7] });
  const states = statesOf(stack);
  expect(states.WhatNext).toMatchObject({ Type: 'Choice', Choices: [{ StringEquals: 'read', Next: 'ReadImages' }, { StringEquals: 'finish', Next: 'FinishExport' }], Default: 'NothingToExport' });
  expect([states.PlanExport.Next, states.ReadImages.Next, states.FinishExport.Next, states.CleanUp.Next]).toEqual(['WhatNext', 'WhatNext', 'AnnounceExport', 'ExportFailed']);
  expect(['PlanExport', 'ReadImages', 'FinishExport'].map((name) => states[name].Catch[0].Next)).toEqual(['CleanUp', 'CleanUp', 'CleanUp']);
  expect(states.ReadImages.Parameters).toMatchObject({ 'action': 'read', 'run.$': '$$.Execution.Name', 'from.$': '$.from' });
  expect(states.AnnounceExport.Parameters.Entries).toEqual([{ 'Source': 'cdk-labeling-workflows.supervisely', 'DetailType': 'Supervisely Labels Exported', 'Detail.$': '$' }]);
});

test('waits half a day for a busy server, and not for other errors', () => {
  const stack = newStack();
  exportOf(stack, { jobIds: [7] });
  const retries = statesOf(stack).ReadImages.Retry.map(({ ErrorEquals, IntervalSeconds, MaxAttempts }: any) => [ErrorEquals[0], IntervalSeconds * MaxAttempts]);
  expect(retries.slice(1)).toEqual([['SuperviselyBusy', 12 * 3600], ['States.TaskFailed', 60]]);
});

test('tells the function all that is declared, and where the jobs of all generations are remembered', () => {
  const stack = newStack();
  const job = new LabelingJob(stack, 'Job', jobProps(stack));
  const bucket = s3.Bucket.fromBucketName(stack, 'Result', 'results');
  const labels = exportOf(stack, {
    jobs: [job], jobIds: [7, 8], queueIds: [9], dataset: Dataset.fromDatasetName(5, 'ds'), bucket, prefix: 'a/b', labelAttributeName: 'fruit-ref', format: LabelFormat.semanticSegmentation(), labels: ['kiwi'], escapeFormulas: false,
  });
  expect([labels.labelsUri, labels.tableUri, labels.summaryUri]).toEqual(['s3://results/a/b/manifests/output/output.manifest', 's3://results/a/b/labels.csv', 's3://results/a/b/summary.json']);
  expect(statesOf(stack).PlanExport.Parameters.request).toEqual({
    connection: { ServerUrl: 'https://labels.example.com', SecretArn: expect.stringContaining('supervisely/token') },
    groups: [{ bucket: expect.stringMatching(/^<LabelingState/), key: expect.stringMatching(/\/Job[0-9A-F]+\/ledger\.json$/) }],
    jobIds: [7, 8],
    queueIds: [9],
    dataset: { ProjectId: 5, Name: 'ds' },
    resultUri: 's3://results/a/b',
    labelAttributeName: 'fruit-ref',
    format: { kind: 'semanticSegmentation' },
    labels: ['kiwi'],
    escapeFormulas: false,
  });
});

test('reads what a fleet remembers, wherever that is', () => {
  const stack = newStack();
  const stateBucket = s3.Bucket.fromBucketName(stack, 'Memory', 'memory');
  exportOf(stack, { fleets: [new JobFleet(stack, 'Fleet', fleetProps(stack, { stateBucket }))] });
  expect(statesOf(stack).PlanExport.Parameters.request.groups).toEqual([{ bucket: 'memory', key: expect.stringMatching(/\/Fleet[0-9A-F]+\/ledger\.json$/) }]);
  expect(JSON.stringify(statementsOf(Template.fromStack(stack), 'ExportFunctionRole'))).toContain(':s3:::memory/');
});

test('the function may read the token and the ledgers, and write below its prefix', () => {
  const stack = newStack();
  const bucket = new s3.Bucket(stack, 'Result', { encryption: s3.BucketEncryption.KMS, encryptionKey: new kms.Key(stack, 'Key') });
  exportOf(stack, { jobs: [new LabelingJob(stack, 'Job', jobProps(stack))], bucket });
  const statements = statementsOf(Template.fromStack(stack), 'ExportFunctionRole');
  expect([...new Set(actionsOf(statements))].sort()).toEqual([
    'kms:Decrypt', 'kms:GenerateDataKey', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject', 'secretsmanager:GetSecretValue',
  ]);
  expect(statements.filter(({ Resource }) => Resource === '*')).toEqual([]);
  const reads = statements.filter(({ Action }) => Action === 's3:GetObject');
  expect(reads.map(({ Resource }) => JSON.stringify(Resource))).toEqual([expect.stringMatching(/\/Job[0-9A-F]+\/ledger\.json/)]);
  const writes = statements.find(({ Action }) => Action.includes('s3:PutObject'));
  expect(JSON.stringify(writes!.Resource)).toContain('/labels/*');
});

test('the function runs in the server\'s network', () => {
  const stack = newStack();
  exportOf(stack, { jobIds: [7], connection: connectionOf(stack, { vpc: new ec2.Vpc(stack, 'Vpc') }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Description: 'Exports labels from a Supervisely server', VpcConfig: { SubnetIds: Match.anyValue() } });
});

test('gives rights to readers and to whoever starts it, and tells whoever listens', () => {
  const stack = newStack();
  const labels = exportOf(stack, { jobIds: [7] });
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  labels.grantRead(role);
  labels.grantStart(role);
  labels.onExported('Done', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')), eventPattern: { detail: { failed: [0] } } });
  const template = Template.fromStack(stack);
  const reader = statementsOf(template, 'Reader');
  expect(actionsOf(reader)).toEqual(expect.arrayContaining(['s3:GetObject*', 'states:StartExecution']));
  expect(JSON.stringify(reader)).toContain('/labels/*');
  const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
  expect(rule.Properties.EventPattern).toEqual({
    'source': ['cdk-labeling-workflows.supervisely'], 'detail-type': ['Supervisely Labels Exported'], 'detail': { labels: [stack.resolve(labels.labelsUri)], failed: [0] },
  });
  template.hasOutput('*', { Description: 'Exports the labels now' });
});

test.each<[string, Partial<supervisely.LabelsExportProps>, string]>([
  ['nothing to export', {}, 'nothing is exported: give \'jobs\', \'fleets\', \'jobIds\', \'queueIds\' or \'dataset\''],
  ['no jobs', { jobs: [] }, '\'jobs\' is empty'],
  ['no ids', { jobIds: [] }, '\'jobIds\' is empty'],
  ['an id that is none', { jobIds: [0] }, '\'jobIds\' must be a whole number from 1, got 0'],
  ['an id twice', { jobIds: [7, 7] }, '\'jobIds\' must hold each value once, got 7 more than once'],
  ['no queues', { queueIds: [] }, '\'queueIds\' is empty'],
  ['no fleets', { fleets: [] }, '\'fleets\' is empty'],
  ['an attribute without -ref', { jobIds: [7], format: LabelFormat.semanticSegmentation() }, 'must end in \'-ref\''],
  ['an attribute with -ref', { jobIds: [7], labelAttributeName: 'fruit-ref', format: LabelFormat.boundingBox() }, 'must not end in \'-ref\''],
  ['a name that is none', { jobIds: [7], labelAttributeName: 'a b' }, '\'labelAttributeName\' "a b" must have 1 to 127 letters'],
  ['no labels', { jobIds: [7], labels: [] }, '\'labels\' is empty'],
  ['a prefix with a slash', { jobIds: [7], prefix: 'a/' }, '\'prefix\' must be a text without slashes at its ends'],
])('fails with %s', (_, props, problem) => {
  expect(() => exportOf(newStack(), props)).toThrow(problem);
});

test('a job stands once', () => {
  const stack = newStack();
  const job = new LabelingJob(stack, 'Job', jobProps(stack));
  expect(() => exportOf(stack, { jobs: [job, job] })).toThrow('\'jobs\' must hold each of them once');
});

test('a tag that has no name is none', () => {
  expect(() => LabelFormat.classification({ tag: '' })).toThrow('\'tag\' must not be empty');
});
