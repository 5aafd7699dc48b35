import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { actionsOf, jobProps, newStack, statementsOf, synthJob } from './fixtures';
import { fleetOf } from './fleet-fixtures';
import { configurationOf, synthStream } from './stream-fixtures';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow } from '../../src';

const { FleetData, FleetJobs, InputManifest, JobRemoval, LabelingJob, StreamIntake, TaskType, Workteam } = groundtruth;

const IMAGES = { taskType: TaskType.imageClassification() };

/** The logical ids that the job's custom resource waits for. */
function dependenciesOf(template: Template): string[] {
  const [{ DependsOn }] = Object.values(template.findResources('Custom::GroundTruthLabelingJob'));
  return DependsOn;
}

describe('a job on an intake', () => {
  test('reads from a topic of its own and writes to another, and has no manifest', () => {
    const { properties, template } = synthStream();
    expect(properties.Request.InputConfig.DataSource).toEqual({ SnsDataSource: { SnsTopicArn: { Ref: expect.stringMatching(/^JobStreamJobTopic/) } } });
    expect(properties.Request.OutputConfig.SnsTopicArn).toEqual({ Ref: expect.stringMatching(/^JobStreamOutputTopic/) });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^IntakeKey'), 'Arn'] } });
  });

  test('is defined by where the stream\'s records lie', () => {
    const { properties } = synthStream();
    expect(properties.Identity.Input).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^IntakeStore/) }]] });
    expect(properties.Stream).toEqual({ Kind: 'INTAKE', Bucket: { Ref: expect.stringMatching(/^IntakeStore/) }, Prefix: '' });
  });

  test('tells its functions what they must know', () => {
    const { template, intake } = synthStream({
      intake: { deduplicationKey: 'mail', seeds: [InputManifest.fromRecords([{ source: 'a' }])] }, input: { maxAttempts: 2 }, job: { labelAttributeName: 'spam' },
    });
    const store = { bucket: expect.stringContaining('IntakeStore'), prefix: '' };
    const common = { store, wakeQueueUrl: expect.stringContaining('IntakeWakeQueue'), eventBusName: 'default', stream: intake.streamName, maxAttempts: 2 };
    expect(configurationOf(template, 'collect')).toEqual({ ...common, labelAttributeName: 'spam' });
    expect(configurationOf(template, 'forward')).toEqual({
      ...common,
      ledger: { bucket: expect.stringContaining('LabelingState'), key: expect.stringMatching(/\/Job[0-9A-F]{8}\/ledger\.json$/) },
      jobTopicArn: expect.stringContaining('JobStreamJobTopic'),
      seeds: [{ id: expect.stringMatching(/^sha256:/), kind: 'manifest', bucket: expect.any(String), key: expect.stringMatching(/\.manifest$/) }],
      deduplicationKey: 'mail',
      source: 'source',
      deadLetterQueueUrl: expect.stringContaining('IntakeDeadLetters'),
    });
    expect(configurationOf(template, 'intake')).toMatchObject({ source: 'source', wakeQueueUrl: expect.stringContaining('IntakeWakeQueue') });
  });

  test('wakes the forwarder by a queue, an hourly schedule and the end of a job', () => {
    const { template } = synthStream();
    const wakeQueue = { 'Fn::GetAtt': [Match.stringLikeRegexp('IntakeWakeQueue'), 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: wakeQueue, BatchSize: 1000, MaximumBatchingWindowInSeconds: 1, ScalingConfig: { MaximumConcurrency: 2 },
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: wakeQueue }] });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { LabelingJobStatus: ['Completed', 'Failed', 'Stopped'] } }, Targets: [{ Arn: wakeQueue }] });
  });

  test('the wake queue hides a message for longer than a pass lasts', () => {
    const { template } = synthStream();
    const [forward] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.forward' } }));
    const [queue] = Object.entries(template.findResources('AWS::SQS::Queue')).filter(([id]) => id.startsWith('IntakeWakeQueue'));
    expect(queue[1].Properties.VisibilityTimeout).toBeGreaterThan(forward.Properties.Timeout);
  });

  test('the forwarder alone may wake itself as often as it likes', () => {
    const { template } = synthStream();
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.forward', RecursiveLoop: 'Allow' });
    expect(Object.keys(template.findResources('AWS::Lambda::Function', { Properties: { RecursiveLoop: 'Allow' } }))).toHaveLength(1);
  });

  test('is looked at again when it has ended', () => {
    synthStream().template.hasResourceProperties('AWS::Events::Rule', { Description: 'Reconciles labeling jobs when one has ended' });
  });

  test('waits for all that its stream needs, which so outlives its Delete', () => {
    const { template } = synthStream({ more: ({ intake }) => intake.addObjectsOf(new s3.Bucket(intake, 'Late')), job: IMAGES });
    const ids = dependenciesOf(template);
    const needed = Object.entries(template.toJSON().Resources as Record<string, { Type: string }>)
      .filter(([id, { Type }]) => /^(Intake|JobStream)/.test(id) && !/Alarm/.test(Type)).map(([id]) => id);
    expect(needed.length).toBeGreaterThan(25);
    expect(needed.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('takes an output topic of yours, and its key', () => {
    const stack = newStack();
    const masterKey = new kms.Key(stack, 'Own');
    const { template, properties, job } = synthStream({ stack, job: { outputTopic: new sns.Topic(stack, 'Out', { masterKey }) } });
    expect(properties.Request.OutputConfig.SnsTopicArn).toEqual({ Ref: expect.stringMatching(/^Out/) });
    expect(job.outputTopic?.node.path).toBe('Labels/Out');
    const [kmsUse] = statementsOf(template, 'JobRole').filter(({ Action }) => [Action].flat().includes('kms:GenerateDataKey'));
    expect(kmsUse.Resource.map((each: any) => each['Fn::GetAtt'][0])).toEqual([expect.stringMatching(/^IntakeKey/), expect.stringMatching(/^Own/)]);
  });

  test('may be in another stack, which depends on the intake\'s', () => {
    const app = new App();
    const [door, work] = [new Stack(app, 'Door'), new Stack(app, 'Work')];
    const intake = new StreamIntake(door, 'Intake', { encryptionKey: new kms.Key(door, 'Key') });
    new LabelingJob(work, 'Job', jobProps(work, { ...IMAGES, input: InputManifest.streaming(intake) }));
    intake.addObjectsOf(new s3.Bucket(door, 'Images'), { prefix: 'in/', includeExisting: true });
    expect(() => Template.fromStack(work)).not.toThrow();
    expect(work.dependencies).toEqual([door]);
    expect(door.dependencies).toEqual([]);
  });
});

describe('rights', () => {
  test('of the role are those of other jobs and the guide\'s for streaming, on its own queues and topics', () => {
    const { template, properties } = synthStream();
    const statements = statementsOf(template, 'JobRole');
    const of = (action: string) => statements.find(({ Action }) => [Action].flat().includes(action))!;
    const queue = expect.stringMatching(new RegExp(`:GroundTruth-${properties.NameBase}-\\*$`));
    const topics = [{ Ref: expect.stringMatching(/^JobStreamJobTopic/) }, { Ref: expect.stringMatching(/^JobStreamOutputTopic/) }];
    expect(of('sqs:CreateQueue').Action).toEqual([
      'sqs:CreateQueue', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:SetQueueAttributes',
    ]);
    expect(of('sqs:CreateQueue').Resource['Fn::Join'][1].at(-1)).toEqual(queue);
    expect(of('sns:Subscribe')).toMatchObject({ Resource: topics, Condition: { StringEquals: { 'sns:Protocol': 'sqs' } } });
    // the guide's example has sns here, by mistake
    const endpoint = [of('sns:Subscribe').Condition.StringLike['sns:Endpoint']].flat()[0]['Fn::Join'][1];
    expect(endpoint[2]).toBe(':sqs:');
    expect(endpoint.at(-1)).toEqual(queue);
    expect(of('sns:Unsubscribe')).toMatchObject({ Action: ['sns:Publish', 'sns:Unsubscribe'], Resource: topics });
    expect(of('kms:GenerateDataKey')).toMatchObject({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^IntakeKey/), 'Arn'] } });
  });

  test('of the forwarder and the collector are as little', () => {
    const { template } = synthStream();
    const rights = (role: string) => [...new Set(actionsOf(statementsOf(template, role)))].filter((action) => !action.startsWith('logs:'));
    const queues = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:SendMessage'];
    expect(rights('JobStreamForwardRole')).toEqual([
      'events:PutEvents', 'kms:Decrypt', 'kms:GenerateDataKey*', 's3:DeleteObject', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
      'sagemaker:DescribeLabelingJob', 'sns:Publish', ...queues,
    ]);
    expect(rights('JobStreamCollectRole')).toEqual(['events:PutEvents', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject', ...queues]);
    const [put] = statementsOf(template, 'JobStreamCollectRole').filter(({ Action }) => Action === 'events:PutEvents');
    expect(put.Condition).toEqual({ StringEquals: { 'events:source': 'cdk-labeling-workflows' } });
  });

  test('of the job\'s handlers reach the store, to read it', () => {
    const statements = statementsOf(synthStream({ intake: { storePrefix: 'a/b' } }).template, 'LabelingJobProviderIsComplete');
    const onStore = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('IntakeStore'));
    expect(actionsOf(onStore)).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(JSON.stringify(onStore)).toContain('/a/b/*');
  });

  test('to objects of a bucket come with it, before and after the job was declared', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Images');
    const { template } = synthStream({ stack, job: IMAGES, more: ({ intake }) => intake.addObjectsOf(bucket, { prefix: 'in/', includeExisting: true }) });
    expect(JSON.stringify(statementsOf(template, 'JobRole'))).toMatch(/"Images[^"]*","Arn"\]\},"\/in\/\*"/);
    expect(configurationOf(template, 'forward').seeds).toEqual([
      { id: expect.stringContaining('/in/'), kind: 'objects', bucket: expect.stringContaining('Images'), prefix: 'in/' },
    ]);
    expect(statementsOf(template, 'JobStreamForwardRole')).toContainEqual(expect.objectContaining({ Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Images/), 'Arn'] } }));
    expect(dependenciesOf(template).filter((id) => id.startsWith('Images'))).toHaveLength(1);
  });
});

describe('events of data objects', () => {
  test('reach a target of yours', () => {
    const { template, intake } = synthStream({
      more: ({ job }) => {
        job.onLabeled('OnLabeled', { target: new targets.SqsQueue(new sqs.Queue(job, 'Labeled')) });
        job.onLabelingFailed('OnFailed', { description: 'mine' });
      },
    });
    const pattern = (detailType: string) => ({ 'source': ['cdk-labeling-workflows'], 'detail-type': [detailType], 'detail': { stream: [intake.streamName] } });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern('Data Object Labeled'), Targets: [Match.anyValue()] });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern('Data Object Labeling Failed'), Description: 'mine' });
  });

  test('come from workflows too', () => {
    const stack = newStack();
    const workflow = new LabelingWorkflow(stack, 'Spam', {
      backend: LabelingBackend.groundTruth({ taskType: TaskType.textClassification(), workteam: Workteam.fromWorkteamName(stack, 'Team', 'readers') }),
      labels: LabelCategories.of('ham', 'spam'),
      input: LabelingInput.streaming(new StreamIntake(stack, 'Intake')),
    });
    workflow.onLabeled('OnLabeled');
    workflow.onLabelingFailed('OnFailed');
    const template = Template.fromStack(stack);
    expect(Object.values(template.findResources('AWS::Events::Rule')).filter(({ Properties }) => Properties.EventPattern?.source[0] === 'cdk-labeling-workflows')).toHaveLength(2);
    const [[, { Value }]] = Object.entries(template.findOutputs('*')).filter(([id]) => id.startsWith('SpamInputUri'));
    expect(JSON.stringify(Value)).toContain('IntakeStore');
  });

  test('are those of an intake', () => {
    expect(() => synthJob().job.onLabeled('OnLabeled')).toThrow('\'onLabeled\' needs a stream with an intake');
  });
});

describe('a job on a topic of yours', () => {
  const topicOf = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:mails');

  test('reads from it, a seed first', () => {
    const stack = newStack();
    const input = InputManifest.fromTopic(topicOf(stack), { seed: InputManifest.fromRecords([{ source: 'a' }]) });
    const { request, properties, template } = synthJob({ input }, { stack });
    expect(request.InputConfig.DataSource).toEqual({
      SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:mails' }, S3DataSource: { ManifestS3Uri: expect.anything() },
    });
    expect(properties.Stream).toEqual({ Kind: 'TOPIC' });
    expect(properties.Identity.Input).toMatch(/^arn:aws:sns:us-east-1:111122223333:mails sha256:[0-9a-f]{64}$/);
    expect(request.OutputConfig).not.toHaveProperty('SnsTopicArn');
    template.resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('may save what its queue holds for the next one', () => {
    const stack = newStack();
    const { template } = synthJob({ input: InputManifest.fromTopic(topicOf(stack)) }, { stack });
    const writes = statementsOf(template, 'LabelingJobProviderIsComplete').filter(({ Resource }) => JSON.stringify(Resource).includes('/labels/resume/*'));
    expect(actionsOf(writes)).toEqual(['s3:AbortMultipartUpload', 's3:PutObject']);
  });

  test('may be one that is taken over, with its queue', () => {
    const stack = newStack();
    const { template } = synthJob({ input: InputManifest.fromTopic(topicOf(stack)), adopt: 'Old-Stream' }, { stack });
    const [queues] = statementsOf(template, 'JobRole').filter(({ Action }) => Action.includes('sqs:CreateQueue'));
    expect(queues.Resource[1]['Fn::Join'][1].at(-1)).toBe(':GroundTruth-old-stream');
  });
});

describe('what a stream cannot have', () => {
  const message = (job: Partial<groundtruth.LabelingJobProps>) => { synthStream({ job }); };

  test.each<[string, Partial<groundtruth.LabelingJobProps>, string]>([
    ['a condition to stop by objects', { maxHumanLabeledObjectCount: 5 }, '\'maxHumanLabeledObjectCount\' must not be set for a stream, got 5: Ground Truth ignores it'],
    ['a condition to stop by percent', { maxPercentageOfInputDatasetLabeled: 50 }, '\'maxPercentageOfInputDatasetLabeled\' must not be set for a stream, got 50'],
    ['an end to wait for', { waitForCompletion: true }, '\'waitForCompletion\' must not be set for a stream, got true: a streaming job never completes'],
    ['two jobs at once', { overlap: true }, '\'overlap\' must not be set for a stream, got true: both jobs would get every data object'],
    ['a job taken over with an intake', { adopt: 'old' }, '\'adopt\' must not be set with an intake'],
  ])('%s', (_, job, problem) => {
    expect(() => message(job)).toThrow(problem);
  });

  test('a FIFO topic', () => {
    const stack = newStack();
    const fifo = new sns.Topic(stack, 'Fifo', { fifo: true });
    expect(() => synthStream({ stack, job: { outputTopic: fifo } })).toThrow('\'outputTopic\' must be a standard topic, got the FIFO topic Labels/Fifo');
    const other = newStack();
    expect(() => new LabelingJob(other, 'Bare', jobProps(other, { input: InputManifest.fromTopic(fifo) }))).toThrow('\'topic\' must be a standard topic');
  });

  test('its own output as its input', () => {
    const stack = new Stack(new App(), 'Labels');
    const topic = new groundtruth.StreamTopic(stack, 'Topic');
    expect(() => synthStream({ stack, intake: { inputTopic: topic }, job: { outputTopic: topic } })).toThrow('\'outputTopic\' is the topic of the stream\'s own records, Labels/Topic');
    const other = new Stack(new App(), 'Others');
    const both = new groundtruth.StreamTopic(other, 'Topic');
    expect(() => new LabelingJob(other, 'Job', jobProps(other, { input: InputManifest.fromTopic(both), outputTopic: both }))).toThrow('that would be a loop, give another topic');
  });

  test('a second job', () => {
    const { stack, intake } = synthStream();
    const props = jobProps(new Stack(), { input: InputManifest.streaming(intake) });
    expect(() => new LabelingJob(stack, 'Second', props)).toThrow('an intake feeds one job, and this one feeds Labels/Job');
  });

  test('a fleet', () => {
    const stack = newStack();
    const input = InputManifest.streaming(new StreamIntake(stack, 'Intake'));
    expect(() => fleetOf(stack).addJob('a', { input })).toThrow('job "a": \'input\' is a stream, and a fleet\'s jobs come to an end');
    expect(() => fleetOf(newStack(), { jobs: FleetJobs.split(FleetData.fromManifest(input)) })).toThrow('\'input\' is a stream');
  });

  test('an output topic without a stream', () => {
    const stack = newStack();
    expect(() => synthJob({ outputTopic: new sns.Topic(stack, 'Out') }, { stack })).toThrow('\'outputTopic\' is for streaming jobs');
  });

  test.each([0, 11, 1.5])('%s attempts', (maxAttempts) => {
    expect(() => synthStream({ input: { maxAttempts } })).toThrow(`'maxAttempts' must be a whole number of 1 to 10, got ${maxAttempts}`);
  });

  test.each<[string, groundtruth.TaskType, string]>([
    ['texts', TaskType.textClassification(), 'task type TextMultiClass reads texts from \'source\''],
    ['labels to adjust', TaskType.boundingBoxAdjustment({ auditLabelAttributeName: 'boxes' }), 'task type AdjustmentBoundingBox works on labels'],
  ])('objects of a bucket for %s', (_, taskType, problem) => {
    for (const order of ['before', 'after']) {
      const stack = newStack();
      const intake = new StreamIntake(stack, 'Intake');
      const add = () => intake.addObjectsOf(new s3.Bucket(stack, 'Images'), { prefix: 'in/' });
      const make = () => new LabelingJob(stack, 'Job', jobProps(stack, { taskType, input: InputManifest.streaming(intake) }));
      expect(() => (order === 'before' ? [add(), make()] : [make(), add()])).toThrow(problem);
    }
  });

  test.each<[string, string | undefined, string, boolean]>([
    ['the output below the objects', 'in/labels', 'in/', true],
    ['everything in the bucket of the output', undefined, '', true],
    ['objects in the job\'s own folder', '', 'labels-', true],
    ['objects among what is left', '', 'resume/', true],
    ['objects beside the output', undefined, 'in/', false],
    ['objects beside the output in the bucket\'s root', '', 'in/', false],
  ])('a loop: %s', (_, outputPrefix, prefix, refused) => {
    const stack = newStack();
    const outputBucket = new s3.Bucket(stack, 'Both');
    const job = { ...IMAGES, outputBucket, outputPrefix };
    const make = () => synthStream({ stack, job, more: ({ intake }) => intake.addObjectsOf(outputBucket, { prefix }) });
    if (refused) expect(make).toThrow('that would be a loop');
    else expect(make).not.toThrow();
  });
});

const RETAINING = [['RETAIN', JobRemoval.RETAIN], ['drain, then retain', JobRemoval.drain({ thenRetain: true })]] as const;

test.each(RETAINING)('a retained stream gives a warning: %s', (_, removal) => {
  Annotations.fromStack(synthStream({ job: { removal } }).stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('loses its role, its topics'));
});

test('a stream that is drained gives none', () => {
  const { stack } = synthStream({ job: { removal: JobRemoval.drain({ timeout: Duration.minutes(5) }) } });
  Annotations.fromStack(stack).hasNoWarning('/Labels/Job', Match.stringLikeRegexp('loses its role'));
});
