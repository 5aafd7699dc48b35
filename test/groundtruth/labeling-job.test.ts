import { Aws, Duration, NestedStack, Stack, Stage, Tags, App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { jobProps, newStack, synthJob } from './fixtures';
import { groundtruth, LabelCategories, ReconcileOn } from '../../src';
import { LABELING_JOB_ATTRIBUTES } from '../../src/groundtruth/private/labeling-job-contract';
import { decodeLabelingJobProperties } from '../../src/groundtruth/private/labeling-job-decoding-contract';

const { ContentClassifier, InputManifest, JobRemoval, LabelingJob, TaskPrice, TaskType, Workteam } = groundtruth;
const PUBLIC_TEAM = 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default';

function refusing(overrides: Partial<groundtruth.LabelingJobProps>, stack = newStack()): () => unknown {
  return () => new LabelingJob(stack, 'Job', jobProps(stack, overrides));
}

describe('the request', () => {
  test('of the least job', () => {
    const { request } = synthJob();
    expect(request.HumanTaskConfig).toMatchObject({ NumberOfHumanWorkersPerDataObject: 3, TaskTimeLimitInSeconds: 300, TaskTitle: 'Text classification' });
    expect(request.OutputConfig.S3OutputPath['Fn::Join'][1]).toEqual(['s3://', { Ref: expect.stringMatching(/^JobOutput/) }, '/labels']);
    expect(Object.keys(request).sort()).toEqual(['HumanTaskConfig', 'InputConfig', 'LabelCategoryConfigS3Uri', 'OutputConfig', 'RoleArn']);
  });

  test('of a job with everything set', () => {
    const stack = newStack();
    const { request } = synthJob({
      title: 'Title',
      description: 'Description',
      keywords: ['mail', 'spam or ham'],
      workersPerDataObject: 5,
      taskTimeLimit: Duration.hours(1),
      taskAvailabilityLifetime: Duration.days(3),
      maxConcurrentTaskCount: 100,
      contentClassifiers: [ContentClassifier.FREE_OF_ADULT_CONTENT],
      maxHumanLabeledObjectCount: 10,
      maxPercentageOfInputDatasetLabeled: 90,
      outputPrefix: 'a/b',
      outputBucket: s3.Bucket.fromBucketName(stack, 'Out', 'out'),
      outputKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/k'),
    }, { stack });
    expect(request).toMatchObject({
      InputConfig: { DataAttributes: { ContentClassifiers: ['FreeOfAdultContent'] } },
      OutputConfig: { S3OutputPath: 's3://out/a/b', KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/k' },
      StoppingConditions: { MaxHumanLabeledObjectCount: 10, MaxPercentageOfInputDatasetLabeled: 90 },
      HumanTaskConfig: {
        TaskTitle: 'Title',
        TaskDescription: 'Description',
        TaskKeywords: ['mail', 'spam or ham'],
        NumberOfHumanWorkersPerDataObject: 5,
        TaskTimeLimitInSeconds: 3600,
        TaskAvailabilityLifetimeInSeconds: 259200,
        MaxConcurrentTaskCount: 100,
      },
    });
  });

  test('of a job at the root of a bucket', () => {
    const stack = newStack();
    const { request } = synthJob({ outputBucket: s3.Bucket.fromBucketName(stack, 'Out', 'out'), outputPrefix: '' }, { stack });
    expect(request.OutputConfig.S3OutputPath).toBe('s3://out');
  });

  test('has the functions of a known region', () => {
    const { request, template } = synthJob({}, { stack: newStack({ env: { region: 'us-west-2', account: '111122223333' } }) });
    expect(request.HumanTaskConfig.PreHumanTaskLambdaArn).toBe('arn:aws:lambda:us-west-2:081040173940:function:PRE-TextMultiClass');
    expect(request.HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn)
      .toBe('arn:aws:lambda:us-west-2:081040173940:function:ACS-TextMultiClass');
    expect(template.findMappings('*')).toEqual({});
  });

  test('looks the functions up where the region is known at deployment only', () => {
    const { request, template } = synthJob();
    expect(JSON.stringify(request.HumanTaskConfig.PreHumanTaskLambdaArn)).toContain('{"Fn::FindInMap":["GroundTruthFunctions",{"Ref":"AWS::Region"},"Account"]}');
    expect(template.toJSON().Mappings.GroundTruthFunctions['us-west-2']).toEqual({ Account: '081040173940' });
  });
});

describe('what the handler gets', () => {
  test('is what the contract reads', () => {
    const { properties } = synthJob({}, { known: true, stack: newStack({ env: { region: 'us-east-1', account: '111122223333' } }) });
    const resolved = JSON.parse(JSON.stringify(properties), (_, value) => (typeof value === 'object' && value !== null && !Array.isArray(value)
      && Object.keys(value).length === 1 && /^(Ref|Fn::)/.test(Object.keys(value)[0]) ? 'resolved' : typeof value === 'number' ? String(value) : value));
    expect(decodeLabelingJobProperties(resolved)).toMatchObject({
      identity: { LabelAttributeName: 'label', TaskType: 'TextMultiClass' },
      labelsOnlyUnlabeled: true,
      overlap: false,
      timeoutSeconds: 1800,
      waitForStatus: 'InProgress',
    });
  });

  test('names the job by stack and path, and the service time-out leaves room', () => {
    const { properties } = synthJob();
    expect(properties.NameBase).toMatch(/^labels-[0-9a-f]{6}-job-[0-9a-f]{8}$/);
    expect(properties.ServiceTimeout).toBe('3600');
  });

  test('has an identity of content', () => {
    const identity = (overrides: Partial<groundtruth.LabelingJobProps>) => synthJob(overrides).properties.Identity;
    const first = identity({});
    expect(first).toEqual({
      Input: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), LabelAttributeName: 'label', LabelCategories: expect.stringMatching(/^sha256:/), TaskType: 'TextMultiClass',
    });
    expect(identity({ title: 'another', workersPerDataObject: 1 })).toEqual(first);
    expect(identity({ input: InputManifest.fromRecords([{ source: 'b' }]) }).Input).not.toBe(first.Input);
    expect(identity({ labels: LabelCategories.of('a', 'b') }).LabelCategories).not.toBe(first.LabelCategories);
  });

  test('has an identity of a URI where the content is known at deployment only', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'In', 'my-in');
    const { properties } = synthJob({ input: InputManifest.fromBucket(bucket, 'a.manifest'), labels: LabelCategories.fromBucket(bucket, 'l.json') }, { stack });
    expect(properties.Identity).toMatchObject({ Input: 's3://my-in/a.manifest', LabelCategories: 's3://my-in/l.json' });
  });

  test('has a revision of what the user set and nothing else', () => {
    expect(synthJob({}, { known: true }).revision).toEqual({ workteam: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/readers' });
    expect(synthJob({ title: 'T', attempt: 2, taskTimeLimit: Duration.minutes(5) }, { known: true }).revision).toMatchObject({
      title: 'T', attempt: 2, taskTimeLimit: 300,
    });
  });

  test('has a revision that tags, removal and waiting leave alone', () => {
    const plain = synthJob({}, { known: true }).revision;
    const stack = newStack();
    Tags.of(stack).add('a', 'b');
    expect(synthJob({ removal: JobRemoval.RETAIN, relabel: 'r', timeout: Duration.minutes(1), waitForCompletion: true }, { known: true, stack }).revision).toEqual(plain);
  });

  test('has a revision of an own template by content', () => {
    const of = (template: groundtruth.WorkerTemplate) => {
      const { revision } = synthJob({ taskType: TaskType.textClassification({ template }) }, { known: true });
      return (revision as { template?: string }).template;
    };
    expect(of(groundtruth.WorkerTemplate.fromString('<crowd-form>a</crowd-form>'))).toMatch(/^sha256:/);
    expect(of(groundtruth.WorkerTemplate.standard())).toBeUndefined();
    expect(of(groundtruth.WorkerTemplate.standard({ header: 'Spam?' }))).toBe('{"header":"Spam?"}');
  });

  test('says how the job is removed', () => {
    const removal = (each: groundtruth.JobRemoval) => {
      const { RemovalMode, DrainTimeoutSeconds, DrainThen } = synthJob({ removal: each }).properties;
      return [RemovalMode, DrainTimeoutSeconds, DrainThen];
    };
    expect(removal(JobRemoval.STOP)).toEqual(['STOP', undefined, undefined]);
    expect(removal(JobRemoval.RETAIN)).toEqual(['RETAIN', undefined, undefined]);
    expect(removal(JobRemoval.drain({ timeout: Duration.minutes(10) }))).toEqual(['DRAIN', 600, 'STOP']);
    expect(removal(JobRemoval.drain({ thenRetain: true }))).toEqual(['DRAIN', 3300, 'RETAIN']);
  });

  test('has the options of a change only if they are given', () => {
    expect(synthJob().properties).not.toHaveProperty('Relabel');
    expect(synthJob({ relabel: 'guideline 2', overlap: true, waitForCompletion: true }).properties)
      .toMatchObject({ Relabel: 'guideline 2', Overlap: 'true', WaitForStatus: 'Completed' });
  });

  test('changes with the parameter of ReconcileOn.PARAMETER, of which a stack has one', () => {
    const stack = newStack();
    new LabelingJob(stack, 'First', { ...jobProps(stack), reconcileOn: ReconcileOn.PARAMETER });
    new groundtruth.LabelingJobInventory(stack, 'List', { reconcileOn: ReconcileOn.PARAMETER });
    const template = Template.fromStack(stack);
    template.hasParameter('ReconcileNonce', { Type: 'String', Default: '' });
    template.hasResourceProperties('Custom::GroundTruthLabelingJob', { ReconcileNonce: { Ref: 'ReconcileNonce' } });
    template.hasResourceProperties('Custom::GroundTruthLabelingJobInventory', { ReconcileNonce: { Ref: 'ReconcileNonce' } });
  });
});

describe('the resource', () => {
  test('stands after everything that it needs, and goes before it', () => {
    const { template } = synthJob();
    const [{ DependsOn }] = Object.values(template.findResources('Custom::GroundTruthLabelingJob'));
    for (const prefix of ['LabelingState', 'LabelingStatePolicy', 'JobOutput', 'JobOutputPolicy', 'JobRoleDefaultPolicy',
      'LabelingJobProviderOnEventRoleDefaultPolicy', 'LabelingJobProviderIsCompleteRoleDefaultPolicy']) {
      expect(DependsOn).toContainEqual(expect.stringMatching(new RegExp(`^${prefix}[0-9A-F]{8}$`)));
    }
  });

  test('has every attribute of the contract', () => {
    const { job, stack } = synthJob();
    const values = [job.labelingJobName, job.labelingJobArn, job.labelingJobStatus, job.state, job.generation, job.outputDatasetS3Uri,
      job.finalActiveLearningModelArn, job.totalLabeled, job.humanLabeled, job.machineLabeled, job.failedNonRetryableError, job.unlabeled, job.message,
      job.drift];
    expect(values.map((value) => stack.resolve(value)['Fn::GetAtt'][1])).toEqual([...LABELING_JOB_ATTRIBUTES]);
  });

  test('shares handlers and state bucket with the stack\'s other jobs', () => {
    const stack = newStack();
    new LabelingJob(stack, 'First', jobProps(stack));
    new LabelingJob(stack, 'Second', { ...jobProps(newStack()), workteam: Workteam.fromWorkteamName(stack, 'Other', 'other') });
    const template = Template.fromStack(stack);
    template.resourceCountIs('Custom::GroundTruthLabelingJob', 2);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 1);
    template.resourceCountIs('AWS::Lambda::Function', 5);
    expect(Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('LabelingState'))).toHaveLength(1);
    const names = Object.values(template.findResources('Custom::GroundTruthLabelingJob')).map(({ Properties }) => Properties.NameBase);
    expect(new Set(names).size).toBe(2);
  });

  test('keeps its ledger in a bucket of the user\'s', () => {
    const stack = newStack();
    const { properties, template } = synthJob({ stateBucket: s3.Bucket.fromBucketName(stack, 'State', 'state') }, { stack });
    expect(properties.StateBucket).toBe('state');
    expect(Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('LabelingState'))).toEqual([]);
  });

  test('works in nested stacks and stages, under names of their own', () => {
    const parent = newStack();
    const nested = new NestedStack(parent, 'Nested');
    new LabelingJob(nested, 'Job', jobProps(nested));
    const stage = new Stage(new App(), 'Prod');
    const staged = new Stack(stage, 'Labels');
    new LabelingJob(staged, 'Job', jobProps(staged));
    const name = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('Custom::GroundTruthLabelingJob'))[0].Properties.NameBase;
    expect(name(nested)).toMatch(/^labels-[0-9a-f]{6}-job-[0-9a-f]{8}$/);
    expect(name(staged)).toMatch(/^prod-label-[0-9a-f]{6}-job-[0-9a-f]{8}$/);
    expect(new Set([name(nested), name(staged), synthJob().properties.NameBase]).size).toBe(3);
  });

  test('is the same twice', () => {
    expect(synthJob().template.toJSON()).toEqual(synthJob().template.toJSON());
  });
});

describe('tags', () => {
  test('of the app reach the job, in a stable order', () => {
    const stack = newStack();
    Tags.of(stack.node.root).add('team', 'mail');
    Tags.of(stack.node.root).add('cost', '42');
    expect(synthJob({}, { stack }).properties.Tags).toEqual([{ Key: 'cost', Value: '42' }, { Key: 'team', Value: 'mail' }]);
  });

  test('may be tokens', () => {
    const stack = newStack();
    Tags.of(stack).add('stack', Aws.STACK_NAME);
    expect(synthJob({}, { stack }).properties.Tags).toEqual([{ Key: 'stack', Value: { Ref: 'AWS::StackName' } }]);
  });

  test.each([
    ['cdk-labeling-workflows:mine', 'x', 'must not begin with'], ['AWS:x', 'x', 'must not begin with'], ['a*b', 'x', 'letters, digits'],
    ['k'.repeat(129), 'x', '1 to 128'], ['a', 'v'.repeat(257), 'at most 256'], ['a', '<b>', 'letters, digits'],
  ])('fail (%#)', (key, value, problem) => {
    const stack = newStack();
    Tags.of(stack).add(key, value);
    expect(() => synthJob({}, { stack })).toThrow(problem);
  });

  test.each([[44, false], [45, true]])('fail when there are too many (%d: %p)', (count, fails) => {
    const stack = newStack();
    for (let i = 0; i < count; i++) Tags.of(stack).add(`tag${i}`, 'x');
    const attempt = () => synthJob({}, { stack });
    if (fails) expect(attempt).toThrow('the job has 45 tags, at most 44');
    else expect(attempt).not.toThrow();
  });
});

describe('fails at synthesis', () => {
  test.each<[string, Partial<groundtruth.LabelingJobProps>, string | RegExp]>([
    ['a label attribute against its pattern', { labelAttributeName: 'a_b' }, "'labelAttributeName' \"a_b\" must have 1 to 127"],
    ['a label attribute that ends in -ref', { labelAttributeName: 'x-ref' }, /must not end in '-ref' for task type TextMultiClass/],
    ['no labels', { labels: undefined }, "'labels' is missing, task type TextMultiClass needs it"],
    ['one label for a classification', { labels: LabelCategories.of('ham') }, "'labels' has 1 label, task type TextMultiClass needs at least 2"],
    ['51 labels for several', {
      taskType: TaskType.multiLabelTextClassification(), labels: LabelCategories.of(...Array.from({ length: 51 }, (_, i) => `l${i}`)),
    }, 'takes at most 50'],
    ['records without the key of the type', { input: InputManifest.fromRecords([{ 'source-ref': 's3://b/k' }]) }, "line 1 has no 'source'"],
    ['texts for images', { taskType: TaskType.imageClassification() }, "line 1 has no 'source-ref'"],
    ['an empty title', { title: '' }, "'title' must have 1 to 128"],
    ['a long title', { title: 'x'.repeat(129) }, "'title' must have 1 to 128"],
    ['an emoji in the title', { title: 'hi 😀' }, "'title'"],
    ['an empty description', { description: '' }, "'description' must have 1 to 255"],
    ['a long description', { description: 'x'.repeat(256) }, "'description' must have 1 to 255"],
    ['a description of two lines', { description: 'a\nb' }, "'description' must have 1 to 255 characters on one line"],
    ['no keywords', { keywords: [] }, "'keywords' must hold 1 to 5 words, got 0"],
    ['six keywords', { keywords: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'got 6'],
    ['a keyword with a comma', { keywords: ['a,b'] }, 'got "a,b"'],
    ['a long keyword', { keywords: ['x'.repeat(31)] }, "'keywords' must hold words of 1 to 30"],
    ['no workers', { workersPerDataObject: 0 }, "'workersPerDataObject' must be a whole number of 1 to 9, got 0"],
    ['ten workers', { workersPerDataObject: 10 }, 'got 10'],
    ['half a worker', { workersPerDataObject: 1.5 }, 'got 1.5'],
    ['a short time limit', { taskTimeLimit: Duration.seconds(29) }, "'taskTimeLimit' must be 30 seconds to 8 hours"],
    ['a long time limit', { taskTimeLimit: Duration.seconds(28801) }, "'taskTimeLimit' must be 30 seconds to 8 hours"],
    ['a broken time limit', { taskTimeLimit: Duration.millis(30500) }, 'in whole seconds'],
    ['a short lifetime', { taskAvailabilityLifetime: Duration.seconds(59) }, "'taskAvailabilityLifetime' must be 1 minute to 30 days"],
    ['a long lifetime', { taskAvailabilityLifetime: Duration.days(31) }, "'taskAvailabilityLifetime' must be 1 minute to 30 days"],
    ['too many tasks at once', { maxConcurrentTaskCount: 5001 }, "'maxConcurrentTaskCount' must be a whole number of 1 to 5000"],
    ['a stop at no object', { maxHumanLabeledObjectCount: 0 }, "'maxHumanLabeledObjectCount' must be a whole number of 1"],
    ['a stop at 101 percent', { maxPercentageOfInputDatasetLabeled: 101 }, "'maxPercentageOfInputDatasetLabeled' must be a whole number of 1 to 100"],
    ['a price for a private team', { taskPrice: TaskPrice.usd(0.012), workteam: undefined }, "'taskPrice' is for a public team only"],
    ['an output prefix that begins with a slash', { outputPrefix: '/a' }, "'outputPrefix' must neither begin nor end with a slash"],
    ['an output prefix that ends with a slash', { outputPrefix: 'a/' }, "'outputPrefix' must neither begin nor end with a slash"],
    ['an empty relabel', { relabel: '' }, "'relabel' must not be empty"],
    ['a time-out beyond an hour', { timeout: Duration.minutes(56) }, "'timeout' must be 1 second to 55 minutes"],
    ['a negative attempt', { attempt: -1 }, "'attempt' must be a whole number"],
  ])('%s', (_, overrides, problem) => {
    const stack = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
    const workteam = 'workteam' in overrides
      ? { workteam: Workteam.fromWorkteamArn(stack, 'Known', 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/t') } : {};
    expect(refusing({ ...overrides, ...workteam }, stack)).toThrow(problem);
  });

  test.each<[string, Partial<groundtruth.LabelingJobProps>]>([
    ['the longest title', { title: 'x'.repeat(128) }],
    ['the longest description', { description: 'x'.repeat(255) }],
    ['five keywords', { keywords: ['a', 'b', 'c', 'd', 'x'.repeat(30)] }],
    ['nine workers', { workersPerDataObject: 9 }],
    ['the shortest times', { taskTimeLimit: Duration.seconds(30), taskAvailabilityLifetime: Duration.seconds(60) }],
    ['the longest times', { taskTimeLimit: Duration.hours(8), taskAvailabilityLifetime: Duration.days(30), timeout: Duration.minutes(55) }],
    ['5,000 tasks at once', { maxConcurrentTaskCount: 5000 }],
    ['a stop at 100 percent', { maxPercentageOfInputDatasetLabeled: 100 }],
  ])('not for %s', (_, overrides) => {
    expect(refusing(overrides)).not.toThrow();
  });

  test('a region without built-in functions, naming those that have them', () => {
    const stack = newStack({ env: { region: 'eu-north-1', account: '111122223333' } });
    expect(refusing({}, stack)).toThrow(/"eu-north-1" has no Ground Truth functions .* ap-northeast-1.* us-west-2/);
  });

  test('a team of another region', () => {
    const stack = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
    const workteam = Workteam.fromWorkteamArn(stack, 'Far', 'arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/t');
    expect(refusing({ workteam }, stack)).toThrow("'workteam' must be of the job's region us-east-1, got one of eu-west-1");
  });

  test('with all problems at once, before anything is defined', () => {
    const stack = newStack();
    const before = stack.node.findAll().length;
    expect(refusing({ title: '', workersPerDataObject: 0, labels: undefined }, stack)).toThrow(/Labels\/Job has 3 problems:\n {2}- 'labels'.*\n {2}- 'title'.*\n {2}- 'workers/);
    // the team alone
    expect(stack.node.findAll().length).toBe(before + 1);
  });
});

describe('the public team', () => {
  const turk = (overrides: Partial<groundtruth.LabelingJobProps> = {}) => {
    const stack = newStack();
    const workteam = Workteam.fromWorkteamArn(stack, 'Public', PUBLIC_TEAM);
    const contentClassifiers = [ContentClassifier.FREE_OF_PERSONALLY_IDENTIFIABLE_INFORMATION];
    return { stack, make: refusing({ workteam, taskPrice: TaskPrice.usd(0.012), contentClassifiers, ...overrides }, stack) };
  };

  test('gives a warning with a stable id', () => {
    const { stack, make } = turk();
    make();
    Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('Mechanical Turk closed on 2026-09-30.*cdk-labeling-workflows:publicCrowd'));
  });

  test('takes a price of the list', () => {
    const { stack, make } = turk({ taskPrice: TaskPrice.usd(0.036) });
    make();
    Template.fromStack(stack).hasResourceProperties('Custom::GroundTruthLabelingJob', {
      Request: { HumanTaskConfig: { PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 3, TenthFractionsOfACent: 6 } } } },
    });
  });

  test('fails without price, without classifier, with a price off the list, and with a long lifetime', () => {
    expect(turk({ taskPrice: undefined }).make).toThrow("'taskPrice' is missing");
    expect(turk({ contentClassifiers: undefined }).make).toThrow('FreeOfPersonallyIdentifiableInformation');
    expect(turk({ taskPrice: TaskPrice.usd(0.013) }).make).toThrow(/'taskPrice' must be one of 0.012, .* got 0.013/);
    expect(turk({ taskAvailabilityLifetime: Duration.hours(13) }).make).toThrow('1 minute to 12 hours');
    expect(() => TaskPrice.usd(0.0121)).toThrow('tenths of a cent');
    expect(() => TaskPrice.usd(-1)).toThrow('tenths of a cent');
  });
});

test('a task that may take longer than it is offered gives a warning', () => {
  const { stack } = synthJob({ taskTimeLimit: Duration.minutes(10), taskAvailabilityLifetime: Duration.minutes(5) });
  Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('600 seconds .* 300 seconds'));
});

test('a role of the user\'s is used, and given the job\'s permissions', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  const { job, template, request, revision } = synthJob({ role }, { stack, known: true });
  expect(job.role).toBe(role);
  expect(request.RoleArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] });
  expect(JSON.stringify(revision)).toContain('role');
  expect(Object.keys(template.findResources('AWS::IAM::Policy')).some((id) => id.startsWith('OwnDefaultPolicy'))).toBe(true);
  expect(Object.keys(template.findResources('AWS::IAM::Role')).some((id) => id.startsWith('JobRole'))).toBe(false);
});
