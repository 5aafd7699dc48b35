import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, LabelingWorkflowProps, s3batch } from '../../src';

const { DataPreparation } = s3batch;

let stack: Stack;
beforeEach(() => { stack = new Stack(new App(), 'Prepared'); });

const input = () => LabelingInput.fromRecords([{ 'source-ref': 's3://archive/a.jpg' }], { dataBuckets: [s3.Bucket.fromBucketName(stack, 'Archive', 'archive')] });

function objectFunction(): s3batch.ObjectFunction {
  const lambdaFunction = new lambda.Function(stack, 'Author', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
  return new s3batch.ObjectFunction(stack, 'Each', { lambdaFunction });
}

function prepared(props: Partial<s3batch.PreparedDataProps> = {}): s3batch.PreparedData {
  return new s3batch.PreparedData(stack, 'Data', { input: input(), steps: [DataPreparation.copy()], ...props });
}

function workflow(props: Partial<LabelingWorkflowProps> = {}, taskType = groundtruth.TaskType.imageClassification()): LabelingWorkflow {
  return new LabelingWorkflow(stack, 'Images', {
    backend: LabelingBackend.groundTruth({ taskType, workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers') }),
    labels: LabelCategories.of('cat', 'dog'), input: input(), prepare: [DataPreparation.copy()], ...props,
  });
}

/** The actions of the role of this step, each with its resources. */
function rights(step: number): Array<[string, string]> {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  const [, policy] = Object.entries(policies).find(([id]) => new RegExp(`Step${step}RoleDefaultPolicy`).test(id))!;
  return policy.Properties.PolicyDocument.Statement.flatMap(({ Action, Resource }: { Action: string | string[]; Resource: object }) =>
    [Action].flat().map((action) => [action, JSON.stringify(Resource)]));
}

function identity(): string {
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::S3BatchDataPreparation'));
  return resource.Properties.Identity;
}

function identityOf(props: Partial<s3batch.PreparedDataProps>): string {
  stack = new Stack(new App(), 'Prepared');
  prepared(props);
  return identity();
}

test('a step\'s role has its operation\'s rights, its manifests and its reports, and no more', () => {
  prepared({
    steps: [
      DataPreparation.restore({ expiration: Duration.days(1) }),
      DataPreparation.copy(),
      DataPreparation.checksum(),
      DataPreparation.forEachObject(objectFunction()),
    ],
  });
  const actions = (step: number) => [...new Set(rights(step).map(([action]) => action))].sort();
  const common = ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject'];
  expect(actions(1)).toEqual([...common, 's3:RestoreObject'].sort());
  expect(actions(2)).toEqual([...common, 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:PutObjectAcl', 's3:PutObjectTagging'].sort());
  expect(actions(3)).toEqual(common);
  expect(actions(4)).toEqual([...common, 'lambda:InvokeFunction'].sort());
});

test('behind a copy, jobs read the copies and not the originals', () => {
  prepared({ steps: [DataPreparation.checksum(), DataPreparation.copy(), DataPreparation.checksum()] });
  const reads = (step: number) => rights(step).filter(([action, resource]) => action === 's3:GetObject' && resource.includes('archive')).length;
  expect([reads(1), reads(2), reads(3)]).toEqual([1, 1, 0]);
});

test('the list of objects and the steps define a preparation; the priority does not', () => {
  const plain = identityOf({});
  expect(plain).toMatch(/^[0-9a-f]{12}$/);
  expect(identityOf({ priority: 99, attempt: 2 })).toBe(plain);
  expect(identityOf({ steps: [DataPreparation.copy({ targetKeyPrefix: 'other' })] })).not.toBe(plain);
  expect(identityOf({ input: LabelingInput.fromRecords([{ 'source-ref': 's3://archive/b.jpg' }]) })).not.toBe(plain);
});

test('creating jobs is allowed with the stack\'s tag only, cancelling those that have it', () => {
  prepared();
  const stackTag = (keys: string) => ({ StringEquals: { [`aws:${keys}/cdk-labeling-workflows:stack-id`]: { Ref: 'AWS::StackId' } } });
  const allows = (statement: object) => Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) },
  });
  allows({ Action: 's3:CreateJob', Condition: stackTag('RequestTag') });
  allows({ Action: 's3:UpdateJobStatus', Condition: stackTag('ResourceTag') });
});

test('the workflow\'s labeling job waits for the prepared manifest, in the bucket of its labels', () => {
  const { preparedData, inputUri, bucket } = workflow();
  expect(inputUri).toBe(preparedData!.manifestUri);
  expect(preparedData!.bucket).toBe(bucket);
  Template.fromStack(stack).hasResource('Custom::GroundTruthLabelingJob', {
    Properties: { AwaitsInput: 'true', Identity: { Input: `prepared:${identity()}` } },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ImagesPreparation')]),
  });
});

test('without steps everything is as before', () => {
  const { preparedData } = workflow({ prepare: undefined });
  expect(preparedData).toBeUndefined();
  Template.fromStack(stack).hasResourceProperties('Custom::GroundTruthLabelingJob', { AwaitsInput: Match.absent() });
  Template.fromStack(stack).resourceCountIs('Custom::S3BatchDataPreparation', 0);
});

test('the last state wakes the labeling job', () => {
  workflow();
  const machines = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine')).map((machine) => JSON.stringify(machine));
  const machine = machines.find((text) => text.includes('WriteManifest'))!;
  expect(machine).toContain('LabelingJobProviderReconcile');
  expect(machine).toContain('NotYet');
});

test.each<[string, Partial<s3batch.PreparedDataProps>, RegExp]>([
  ['no steps', { steps: [] }, /'steps' is empty/],
  ['a priority that is none', { priority: -1 }, /'priority' must be a whole number from 0 to 2147483647, got -1/],
  ['an attempt that is none', { attempt: 0.5 }, /'attempt' must be a whole number from 1, got 0.5/],
  ['texts in place of objects', { input: LabelingInput.fromRecords([{ source: 'text' }]) }, /'input' must name objects/],
])('fails with %s', (_, props, message) => {
  expect(() => prepared(props)).toThrow(message);
});

test('fails with a task type that labels texts within the manifest', () => {
  expect(() => workflow({}, groundtruth.TaskType.textClassification())).toThrow(/'prepare' works on objects, but the task type labels texts/);
});

test('labeled objects are tagged when the job has ended', () => {
  workflow({ tagLabeledObjects: { labeled: 'yes' } });
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { 'detail-type': ['SageMaker Ground Truth Labeling Job State Change'] }, Targets: [Match.objectLike({ InputTransformer: Match.objectLike({ InputPathsMap: { 'resources-0-': '$.resources[0]' } }) })],
  });
});

test('a tagging ends with its stack, before its role goes, and no other one begins then', () => {
  workflow({ tagLabeledObjects: { labeled: 'yes' } });
  const template = Template.fromStack(stack);
  const [[id, resource]] = Object.entries(template.findResources('Custom::S3BatchDataPreparation', { Properties: { Kind: 'TAGGING' } }));
  expect(resource.Properties).toMatchObject({ Identity: '', StateMachineArn: { Ref: expect.stringMatching(/TaggingStateMachine/) } });
  expect(resource.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/TaggingRole[0-9A-F]{8}$/), expect.stringMatching(/TaggingRoleDefaultPolicy/)]));
  const rules = Object.values(template.findResources('AWS::Events::Rule')).filter(({ Properties }) => JSON.stringify(Properties.Targets).includes('TaggingStateMachine'));
  expect(rules.map(({ DependsOn }) => DependsOn)).toEqual([expect.arrayContaining([id])]);
});
