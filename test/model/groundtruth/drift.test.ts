import fc from 'fast-check';
import { describeDrift, requestDrift, taskType } from '../../../src/model/groundtruth/drift';

const PRE = (type: string) => `arn:aws:lambda:us-east-1:432418664414:function:PRE-${type}`;
const ACS = (type: string) => `arn:aws:lambda:us-east-1:432418664414:function:ACS-${type}`;

const DECLARED = {
  LabelAttributeName: 'spam',
  InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://in/input.manifest' } }, DataAttributes: { ContentClassifiers: ['FreeOfAdultContent', 'FreeOfPersonallyIdentifiableInformation'] } },
  OutputConfig: { S3OutputPath: 's3://out/labels' },
  RoleArn: 'arn:aws:iam::111122223333:role/execution',
  LabelCategoryConfigS3Uri: 's3://in/labels.json',
  HumanTaskConfig: {
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/readers',
    UiConfig: { UiTemplateS3Uri: 's3://in/template.html' },
    PreHumanTaskLambdaArn: PRE('TextMultiClass'),
    AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: ACS('TextMultiClass') },
    TaskKeywords: ['mail', 'spam'],
    TaskTitle: 'Spam?',
    TaskDescription: 'Is it spam?',
    NumberOfHumanWorkersPerDataObject: 3,
    TaskTimeLimitInSeconds: 300,
    PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 3, TenthFractionsOfACent: 6 } },
  },
};

/** As the service answers: with values of its own, in another order, and with what it adds to any job. */
const DESCRIBED = {
  ...DECLARED,
  LabelingJobName: 'theirs',
  LabelingJobStatus: 'InProgress',
  LabelCounters: { TotalLabeled: 1 },
  Tags: [{ Key: 'a', Value: 'b' }],
  InputConfig: { ...DECLARED.InputConfig, DataAttributes: { ContentClassifiers: ['FreeOfPersonallyIdentifiableInformation', 'FreeOfAdultContent'] } },
  OutputConfig: { S3OutputPath: 's3://out/labels/', KmsKeyId: '' },
  StoppingConditions: { MaxPercentageOfInputDatasetLabeled: 100 },
  HumanTaskConfig: {
    ...DECLARED.HumanTaskConfig,
    TaskKeywords: ['spam', 'mail'],
    MaxConcurrentTaskCount: 1000,
    TaskAvailabilityLifetimeInSeconds: 864_000,
  },
};

const task = (changes: object) => ({ ...DESCRIBED, HumanTaskConfig: { ...DESCRIBED.HumanTaskConfig, ...changes } });

test('what the service fills in, reorders and spells differently is no drift', () => {
  expect(requestDrift(DECLARED, DESCRIBED)).toEqual([]);
});

test.each<[string, object, object, string, 'labels' | 'work']>([
  ['a title', DECLARED, task({ TaskTitle: 'Ham?' }), 'HumanTaskConfig.TaskTitle', 'work'],
  ['a keyword', DECLARED, task({ TaskKeywords: ['mail'] }), 'HumanTaskConfig.TaskKeywords', 'work'],
  ['a time that is declared', { ...DECLARED, HumanTaskConfig: { ...DECLARED.HumanTaskConfig, MaxConcurrentTaskCount: 5 } }, DESCRIBED, 'HumanTaskConfig.MaxConcurrentTaskCount', 'work'],
  ['something that was never declared', DECLARED, { ...DESCRIBED, OutputConfig: { ...DESCRIBED.OutputConfig, SnsTopicArn: 'arn:x' } }, 'OutputConfig.SnsTopicArn', 'work'],
  ['something that the job lacks', DECLARED, task({ PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 3 } } }), 'HumanTaskConfig.PublicWorkforceTaskPrice.AmountInUsd.TenthFractionsOfACent', 'work'],
  ['a role', DECLARED, { ...DESCRIBED, RoleArn: 'arn:aws:iam::111122223333:role/other' }, 'RoleArn', 'work'],
  ['the input', DECLARED, { ...DESCRIBED, InputConfig: { ...DESCRIBED.InputConfig, DataSource: { S3DataSource: { ManifestS3Uri: 's3://in/other.manifest' } } } }, 'InputConfig.DataSource.S3DataSource.ManifestS3Uri', 'labels'],
  ['the label attribute', DECLARED, { ...DESCRIBED, LabelAttributeName: 'ham' }, 'LabelAttributeName', 'labels'],
  ['the categories', DECLARED, { ...DESCRIBED, LabelCategoryConfigS3Uri: 's3://in/others.json' }, 'LabelCategoryConfigS3Uri', 'labels'],
  ['the task type', DECLARED, task({ PreHumanTaskLambdaArn: PRE('TextMultiClassMultiLabel') }), 'HumanTaskConfig.PreHumanTaskLambdaArn', 'labels'],
])('%s is', (_, declared, described, field, kind) => {
  expect(requestDrift(declared as never, described as never)).toMatchObject([{ field, kind }]);
});

test('another function of the user\'s own is other work, not another task', () => {
  const own = (name: string) => task({ PreHumanTaskLambdaArn: `arn:aws:lambda:us-east-1:111122223333:function:${name}` });
  expect(taskType(own('mine'))).toBe('custom');
  expect(requestDrift(own('mine'), own('theirs'))).toMatchObject([{ field: 'HumanTaskConfig.PreHumanTaskLambdaArn', kind: 'work' }]);
});

test('says both values, for people', () => {
  const [drift] = requestDrift(DECLARED, task({ TaskTitle: undefined }));
  expect(describeDrift(drift)).toBe('HumanTaskConfig.TaskTitle: declared "Spam?", is nothing');
});

const fields = Object.keys(DECLARED.HumanTaskConfig).filter((key) => typeof DECLARED.HumanTaskConfig[key as 'TaskTitle'] !== 'object');

test('exactly the fields that were changed differ, whichever they are', () => {
  fc.assert(fc.property(fc.subarray(fields), fc.integer({ min: 1, max: 9 }), (changed, number) => {
    const described = task(Object.fromEntries(changed.map((field) => [field, `changed ${number}`])));
    expect(requestDrift(DECLARED, described).map(({ field }) => field)).toEqual(changed.map((field) => `HumanTaskConfig.${field}`).sort());
  }));
});

test('a job never differs from itself, whatever it holds', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('InputConfig', 'OutputConfig', 'HumanTaskConfig', 'RoleArn'), fc.jsonValue()), (request) => {
    expect(requestDrift(request, request)).toEqual([]);
  }));
});
