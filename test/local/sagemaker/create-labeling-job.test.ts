import { AddTagsCommand, DeleteTagsCommand, ListTagsCommand, type CreateLabelingJobRequest } from '@aws-sdk/client-sagemaker';
import { acs, BUCKET, LabelingFixture, pre, texts } from './fixture';

type Changes = [Partial<CreateLabelingJobRequest>, Partial<CreateLabelingJobRequest['HumanTaskConfig']>?];

const uri = (key: string) => `s3://${BUCKET}/${key}`;
const CROWD = 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default';
const UI = (name: string, account = '394669845002') => ({ HumanTaskUiArn: `arn:aws:sagemaker:us-east-1:${account}:human-task-ui/${name}` });
const builtIn = (suffix: string) => ({
  PreHumanTaskLambdaArn: pre(suffix), AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs(suffix) },
});
const PII = {
  InputConfig: {
    DataSource: { S3DataSource: { ManifestS3Uri: uri('manifest.jsonl') } },
    DataAttributes: { ContentClassifiers: ['FreeOfPersonallyIdentifiableInformation' as const] },
  },
};
const price = (Cents: number, TenthFractionsOfACent: number) => (
  { PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents, TenthFractionsOfACent } } });

describe('CreateLabelingJob', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => {
    fixture = await LabelingFixture.start({ annotators: 'off' });
    await fixture.putManifest('manifest.jsonl', texts(1));
    await fixture.putLabels('one.json', ['only']);
    await fixture.putLabels('many.json', Array.from({ length: 51 }, (_, index) => `label ${index}`));
    await fixture.putLabels('twice.json', ['a', 'b', 'a']);
    await fixture.putLabels('long.json', ['a', 'b'.repeat(257)]);
    await fixture.put('broken.json', '{');
    await fixture.put('other-version.json', '{"document-version":"2020-01-01","labels":[{"label":"a"},{"label":"b"}]}');
    await fixture.put('no-form.html', '<p>{{ task.input.taskObject }}</p>');
    await fixture.put('broken.html', '<crowd-form>{{ task.input.taskObject | no_such_filter }}</crowd-form>');
    await fixture.put('unclosed.html', '<crowd-form>{% if task %}</crowd-form>');
    await fixture.put('huge.html', `<crowd-form>${'x'.repeat(128_000)}</crowd-form>`);
  });
  afterAll(() => fixture.stop());

  test.each<[string, RegExp, ...Changes]>([
    ['a name of the data itself as label attribute', /LabelAttributeName 'source'/, { LabelAttributeName: 'source' }],
    ['a label attribute ending in -metadata', /must not end with '-metadata'/, { LabelAttributeName: 'kind-metadata' }],
    ['-ref where the label is no reference', /must not end with '-ref'/, { LabelAttributeName: 'kind-ref' }],
    ['no -ref where it is', /must end with '-ref'/, {}, { ...builtIn('SemanticSegmentation') }],
    ['-ref on a verification of segmentation', /must not end with '-ref'/, { LabelAttributeName: 'a-ref' }, builtIn('VerificationSemanticSegmentation')],
    ['functions of another region\'s account', /neither a function of the account/, {}, { PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:568282634449:function:PRE-TextMultiClass' }],
    ['functions of another region', /same region/, {}, { PreHumanTaskLambdaArn: 'arn:aws:lambda:eu-west-1:568282634449:function:PRE-TextMultiClass' }],
    ['a function name of the guide that does not exist', /has no function 'PRE-VideoClassification'/, {}, builtIn('VideoClassification')],
    ['ACS- in the place of PRE-', /has no function 'ACS-TextMultiClass'/, {}, { PreHumanTaskLambdaArn: acs('TextMultiClass') }],
    ['functions of two task types', /different task types/, {}, { PreHumanTaskLambdaArn: pre('ImageMultiClass') }],
    ['a built-in type with half its functions', /needs both/, {}, { AnnotationConsolidationConfig: undefined }],
    ['an own function that is not there', /cannot be used/, {}, { PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:absent' }],
    ['no user interface', /exactly one of/, {}, { UiConfig: {} }],
    ['two user interfaces', /exactly one of/, {}, { UiConfig: { UiTemplateS3Uri: uri('template.liquid.html'), ...UI('NamedEntityRecognition') } }],
    ['the service\'s user interface where a template is due', /give UiTemplateS3Uri/, {}, { UiConfig: UI('TextMultiClass') }],
    ['a template where the service has its own', /HumanTaskUiArn must be/, {}, builtIn('NamedEntityRecognition')],
    ['the 3D prefix in a user interface\'s name', /human-task-ui\/PointCloudObjectDetection'/, {}, {
      ...builtIn('3DPointCloudObjectDetection'), UiConfig: UI('3DPointCloudObjectDetection'), NumberOfHumanWorkersPerDataObject: 1,
    }],
    ['an absent template', /UiTemplateS3Uri '.*' cannot be read/, {}, { UiConfig: { UiTemplateS3Uri: uri('absent.html') } }],
    ['a template without a form', /no <crowd-form>/, {}, { UiConfig: { UiTemplateS3Uri: uri('no-form.html') } }],
    ['a template with an unknown filter', /not valid Liquid/, {}, { UiConfig: { UiTemplateS3Uri: uri('broken.html') } }],
    ['a template with an open tag', /not valid Liquid/, {}, { UiConfig: { UiTemplateS3Uri: uri('unclosed.html') } }],
    ['a template that is too long', /at most 128000/, {}, { UiConfig: { UiTemplateS3Uri: uri('huge.html') } }],
    ['more than one worker for video frames', /must be 1/, { LabelAttributeName: 'a-ref' }, { ...builtIn('VideoObjectDetection'), UiConfig: UI('VideoObjectDetection') }],
    ['more than eight hours for a text', /at most 28800/, {}, { TaskTimeLimitInSeconds: 28_801 }],
    ['a task available for more than 30 days', /at most 2592000/, {}, { TaskAvailabilityLifetimeInSeconds: 2_592_001 }],
    ['a task available for less time than it takes', /must not exceed/, {}, { TaskAvailabilityLifetimeInSeconds: 120 }],
    ['an absent work team', /does not exist/, {}, { WorkteamArn: 'arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/absent' }],
    ['a price for a private team', /Mechanical Turk workforce only/, {}, price(1, 2)],
    ['Mechanical Turk without a classifier', /FreeOfPersonallyIdentifiableInformation/, {}, { WorkteamArn: CROWD, ...price(1, 2) }],
    ['Mechanical Turk without a price', /AmountInUsd is required/, PII, { WorkteamArn: CROWD }],
    ['a price that is not on the list', /\$0\.013 is not allowed/, PII, { WorkteamArn: CROWD, TaskAvailabilityLifetimeInSeconds: 3600, ...price(1, 3) }],
    ['half a day and more for Mechanical Turk', /at most 43200/, PII, { WorkteamArn: CROWD, TaskAvailabilityLifetimeInSeconds: 43_201, ...price(1, 2) }],
    ['no label categories', /LabelCategoryConfigS3Uri is required/, { LabelCategoryConfigS3Uri: undefined }],
    ['one label', /needs at least 2/, { LabelCategoryConfigS3Uri: uri('one.json') }],
    ['a label twice', /'a' twice/, { LabelCategoryConfigS3Uri: uri('twice.json') }],
    ['a long label', /257 characters/, { LabelCategoryConfigS3Uri: uri('long.json') }],
    ['51 labels for multi-label', /at most 50/, { LabelCategoryConfigS3Uri: uri('many.json') }, builtIn('TextMultiClassMultiLabel')],
    ['label categories that are no JSON', /not valid JSON/, { LabelCategoryConfigS3Uri: uri('broken.json') }],
    ['label categories of another version', /"document-version": "2018-11-28"/, { LabelCategoryConfigS3Uri: uri('other-version.json') }],
    ['absent label categories', /cannot be read/, { LabelCategoryConfigS3Uri: uri('absent.json') }],
    ['no data source', /S3DataSource or SnsDataSource/, { InputConfig: { DataSource: {} } }],
    ['an absent manifest', /ManifestS3Uri '.*' cannot be read/, { InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: uri('absent.jsonl') } } } }],
    ['an absent output bucket', /S3OutputPath '.*' cannot be used/, { OutputConfig: { S3OutputPath: 's3://absent-bucket/output' } }],
    ['automated labeling of a type without', /cannot be used with the task type TextMultiClassMultiLabel/, {
      LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/text-classification' },
    }, builtIn('TextMultiClassMultiLabel')],
    ['the algorithm of another type', /must be '.*text-classification'/, {
      LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection' },
    }],
    ['a tag key twice', /Duplicate tag key/, { Tags: [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }] }],
    ['a reserved tag key', /reserved/, { Tags: [{ Key: 'aws:a', Value: '1' }] }],
  ])('refuses %s', async (_, message, changes, taskConfig = {}) => {
    await expect(fixture.create(changes, taskConfig)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(message) });
    await expect(fixture.describe('mails')).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test('answers ResourceInUse to a name in any spelling, and fills in what was not sent', async () => {
    const arn = await fixture.create({ LabelingJobName: 'Taken-Name', Tags: [{ Key: 'team', Value: 'a' }] });
    await expect(fixture.create({ LabelingJobName: 'taken-name' })).rejects.toMatchObject({ name: 'ResourceInUse' });
    const job = await fixture.describe('Taken-Name');
    expect(job).toMatchObject({
      LabelingJobName: 'Taken-Name',
      LabelingJobArn: arn,
      LabelingJobStatus: expect.stringMatching(/Initializing|InProgress/),
      JobReferenceCode: expect.any(String),
      OutputConfig: { KmsKeyId: '' },
      HumanTaskConfig: { MaxConcurrentTaskCount: 1000, TaskAvailabilityLifetimeInSeconds: 2_592_000 },
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect(job.LabelingJobOutput).toBeUndefined();
  });

  test('lets tags change in place', async () => {
    const ResourceArn = await fixture.create({ LabelingJobName: 'tagged', Tags: [{ Key: 'a', Value: '1' }] });
    await fixture.sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: [{ Key: 'a', Value: '2' }, { Key: 'b', Value: '3' }] }));
    await fixture.sagemaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['b', 'absent'] }));
    const { Tags } = await fixture.sagemaker.send(new ListTagsCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'a', Value: '2' }]);
  });
});

test('documented quotas: a second running job is refused by the quota\'s name', async () => {
  const fixture = await LabelingFixture.start({ annotators: 'off', quota: 'documented' });
  await fixture.putManifest('manifest.jsonl', texts(1));
  await fixture.create();
  await expect(fixture.create({ LabelingJobName: 'second' })).rejects.toMatchObject({
    name: 'ResourceLimitExceeded', message: expect.stringContaining("'Maximum number of Ground Truth labeling jobs' is 1"),
  });
  await fixture.stop();
});
