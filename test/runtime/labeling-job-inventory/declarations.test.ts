import type { DescribeLabelingJobCommandOutput } from '@aws-sdk/client-sagemaker';
import { declarationOf, Declarations, DescribePorts } from '../../../runtime/labeling-job-inventory/declarations';

const JOB = {
  $metadata: {},
  LabelingJobName: 'mails',
  LabelingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/mails',
  LabelingJobStatus: 'InProgress',
  CreationTime: new Date(0),
  LastModifiedTime: new Date(1),
  JobReferenceCode: 'abc',
  LabelCounters: { TotalLabeled: 1 },
  LabelAttributeName: 'kind',
  InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://in/all' } } },
  OutputConfig: { S3OutputPath: 's3://out/', KmsKeyId: '' },
  RoleArn: 'arn:aws:iam::111122223333:role/labels',
  LabelCategoryConfigS3Uri: 's3://in/labels.json',
  StoppingConditions: {},
  HumanTaskConfig: {
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/team',
    UiConfig: { UiTemplateS3Uri: 's3://in/template' },
    PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-TextMultiClass',
    TaskKeywords: [],
    TaskTitle: 'Mails',
    TaskDescription: 'Sort mails',
    NumberOfHumanWorkersPerDataObject: 3,
    TaskTimeLimitInSeconds: 300,
    TaskAvailabilityLifetimeInSeconds: 864_000,
    MaxConcurrentTaskCount: 1000,
    AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-TextMultiClass' },
  },
  Tags: [{ Key: 'team', Value: 'mail' }, { Key: 'aws:cloudformation:stack-name', Value: 'x' }],
} as DescribeLabelingJobCommandOutput;

function ports(more: Partial<DescribePorts> = {}): DescribePorts {
  return { describe: async (name) => ({ ...JOB, LabelingJobName: name }), sleep: async () => undefined, isTimeOver: () => false, ...more };
}

async function lines(names: readonly string[], given = ports()): Promise<{ keys: string[]; declarations: Declarations }> {
  const declarations = new Declarations(names, given);
  const keys: string[] = [];
  for await (const line of declarations.lines()) keys.push(JSON.parse(line).key);
  return { keys, declarations };
}

test('a declaration has what a person would write, and nothing that the service fills in', () => {
  const { MaxConcurrentTaskCount, TaskKeywords, ...HumanTaskConfig } = JOB.HumanTaskConfig!;
  expect(declarationOf(JOB)).toEqual({
    format: 1,
    key: 'mails',
    adopt: 'mails',
    arn: JOB.LabelingJobArn,
    status: 'InProgress',
    createdAt: '1970-01-01T00:00:00.000Z',
    taskType: 'TextMultiClass',
    labelAttributeName: 'kind',
    input: 's3://in/all',
    streaming: false,
    labelCategoriesUri: 's3://in/labels.json',
    request: {
      InputConfig: JOB.InputConfig,
      OutputConfig: { S3OutputPath: 's3://out/' },
      RoleArn: JOB.RoleArn,
      LabelCategoryConfigS3Uri: 's3://in/labels.json',
      HumanTaskConfig,
    },
    tags: { team: 'mail' },
  });
});

test('what the user has set stays', () => {
  const HumanTaskConfig = { ...JOB.HumanTaskConfig!, MaxConcurrentTaskCount: 5 };
  const { request } = declarationOf({ ...JOB, HumanTaskConfig, StoppingConditions: { MaxHumanLabeledObjectCount: 7 } });
  expect(request).toMatchObject({ HumanTaskConfig: { MaxConcurrentTaskCount: 5 }, StoppingConditions: { MaxHumanLabeledObjectCount: 7 } });
});

test('functions of one\'s own are a custom task, a topic is the input of a streaming job', () => {
  const PreHumanTaskLambdaArn = 'arn:aws:lambda:us-east-1:111122223333:function:PRE-Own';
  const InputConfig = { DataSource: { SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:in' } } };
  const declaration = declarationOf({ ...JOB, InputConfig, HumanTaskConfig: { ...JOB.HumanTaskConfig!, PreHumanTaskLambdaArn } });
  expect(declaration).toMatchObject({ taskType: 'Custom', streaming: true, input: 'arn:aws:sns:us-east-1:111122223333:in' });
});

test('a job that a stack of this library manages says so', () => {
  const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Mails/guid', logicalId: 'Job' };
  const Tags = [{ Key: 'cdk-labeling-workflows:stack-id', Value: owner.stackId }, { Key: 'cdk-labeling-workflows:logical-id', Value: 'Job' }];
  expect(declarationOf({ ...JOB, Tags })).toMatchObject({ owner, tags: {} });
});

test('throttles are waited for, jobs that are gone are left out, the order is kept', async () => {
  const throttle = Object.assign(new Error('slow'), { name: 'ThrottlingException' });
  const faults: Record<string, Error[]> = { b: [throttle, throttle], c: [Object.assign(new Error('no'), { name: 'ResourceNotFound' })] };
  const { describe } = ports();
  const { keys, declarations } = await lines(['a', 'b', 'c', 'd'], ports({
    describe: async (name) => {
      const fault = faults[name]?.shift();
      if (fault) throw fault;
      return describe(name);
    },
  }));
  expect(keys).toEqual(['a', 'b', 'd']);
  expect(declarations).toMatchObject({ written: 3, truncated: false });
});

test('what the time is too short for is told', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `job-${index}`);
  let asked = 0;
  const { keys, declarations } = await lines(names, ports({ isTimeOver: () => ++asked > 2 }));
  expect(keys).toEqual(names.slice(0, 200));
  expect(declarations.truncated).toBe(true);
});
