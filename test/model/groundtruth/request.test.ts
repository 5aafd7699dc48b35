import { amountInUsd, labelingJobRequest, LabelingJobRequestInput } from '../../../src/model/groundtruth/request';

const LEAST: LabelingJobRequestInput = {
  manifestUri: 's3://in/a.manifest',
  outputPath: 's3://out/labels',
  roleArn: 'arn:aws:iam::111122223333:role/r',
  workteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/t',
  templateUri: 's3://in/t.html',
  taskTitle: 't',
  taskDescription: 'd',
  workersPerDataObject: 3,
  taskTimeLimitSeconds: 300,
};

test('the least request has nothing but what was given', () => {
  expect(labelingJobRequest(LEAST)).toEqual({
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://in/a.manifest' } } },
    OutputConfig: { S3OutputPath: 's3://out/labels' },
    RoleArn: LEAST.roleArn,
    HumanTaskConfig: {
      WorkteamArn: LEAST.workteamArn,
      UiConfig: { UiTemplateS3Uri: 's3://in/t.html' },
      TaskTitle: 't',
      TaskDescription: 'd',
      NumberOfHumanWorkersPerDataObject: 3,
      TaskTimeLimitInSeconds: 300,
    },
  });
  expect(JSON.stringify(labelingJobRequest(LEAST))).not.toContain('undefined');
});

test('the full request has everything in its place', () => {
  const request: any = labelingJobRequest({
    ...LEAST,
    templateUri: undefined,
    humanTaskUiArn: 'ui',
    contentClassifiers: ['FreeOfAdultContent'],
    outputKeyId: 'key',
    labelCategoriesUri: 's3://in/l.json',
    maxHumanLabeledObjectCount: 5,
    maxPercentageOfInputDatasetLabeled: 50,
    preHumanTaskLambdaArn: 'pre',
    consolidationLambdaArn: 'acs',
    taskKeywords: ['a'],
    taskAvailabilityLifetimeSeconds: 600,
    maxConcurrentTaskCount: 7,
    taskPrice: 1236,
  });
  expect(request.InputConfig.DataAttributes).toEqual({ ContentClassifiers: ['FreeOfAdultContent'] });
  expect(request.OutputConfig.KmsKeyId).toBe('key');
  expect(request.LabelCategoryConfigS3Uri).toBe('s3://in/l.json');
  expect(request.StoppingConditions).toEqual({ MaxHumanLabeledObjectCount: 5, MaxPercentageOfInputDatasetLabeled: 50 });
  expect(request.HumanTaskConfig).toMatchObject({
    UiConfig: { HumanTaskUiArn: 'ui' },
    PreHumanTaskLambdaArn: 'pre',
    AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: 'acs' },
    TaskKeywords: ['a'],
    TaskAvailabilityLifetimeInSeconds: 600,
    MaxConcurrentTaskCount: 7,
    PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 1, Cents: 23, TenthFractionsOfACent: 6 } },
  });
});

test.each([[12, 0, 1, 2], [120, 0, 12, 0], [840, 0, 84, 0], [1200, 1, 20, 0]])('%d tenths of a cent are %d, %d, %d', (price, Dollars, Cents, TenthFractionsOfACent) => {
  expect(amountInUsd(price)).toEqual({ Dollars, Cents, TenthFractionsOfACent });
});
