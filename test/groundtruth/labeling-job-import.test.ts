import { Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { jobProps, newStack } from './fixtures';
import { groundtruth } from '../../src';

const { LabelingJob } = groundtruth;
const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/old-job';

test('a job is imported by name', () => {
  const stack = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
  const job = LabelingJob.fromLabelingJobName(stack, 'Old', 'old-job');
  expect(job.labelingJobName).toBe('old-job');
  expect(stack.resolve(job.labelingJobArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:us-east-1:111122223333:labeling-job/old-job']] });
});

test('a job is imported by ARN, with its region', () => {
  const job = LabelingJob.fromLabelingJobArn(newStack(), 'Old', ARN);
  expect([job.labelingJobName, job.labelingJobArn, job.env.region]).toEqual(['old-job', ARN, 'eu-west-1']);
});

test.each(['', '-a', 'a_b', 'x'.repeat(64)])('fails for the name %p', (name) => {
  expect(() => LabelingJob.fromLabelingJobName(newStack(), 'Old', name)).toThrow("'labelingJobName' must have 1 to 63");
});

test('fails for the ARN of something else', () => {
  expect(() => LabelingJob.fromLabelingJobArn(newStack(), 'Old', 'arn:aws:sagemaker:eu-west-1:111122223333:model/m')).toThrow("'labelingJobArn' must be like");
});

describe('events', () => {
  const methods = [
    ['onStateChange', ['Completed', 'Failed', 'Stopped']], ['onCompleted', ['Completed']], ['onFailed', ['Failed']], ['onStopped', ['Stopped']],
  ] as const;

  test.each(methods)('%s of a job matches all its generations and makes no circle with it', (method, statuses) => {
    const stack = newStack();
    const job = new LabelingJob(stack, 'Job', jobProps(stack));
    job[method]('Rule', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')), description: 'd' });
    const template = Template.fromStack(stack);
    const [{ Properties }] = Object.values(template.findResources('AWS::Events::Rule'));
    const [{ Properties: { NameBase } }] = Object.values(template.findResources('Custom::GroundTruthLabelingJob'));
    expect(Properties.Description).toBe('d');
    expect(Properties.Targets).toHaveLength(1);
    expect(Properties.EventPattern).toMatchObject({
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Ground Truth Labeling Job State Change'],
      'detail': { LabelingJobStatus: [...statuses] },
    });
    const [{ prefix }] = Properties.EventPattern.resources;
    expect(prefix['Fn::Join'][1].at(-1)).toBe(`:labeling-job/${NameBase}-`);
    expect(JSON.stringify(prefix)).not.toContain('GetAtt');
  });

  test.each(methods)('%s of an imported job matches that job', (method) => {
    const stack = newStack();
    LabelingJob.fromLabelingJobArn(stack, 'Old', ARN)[method]('Rule');
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { resources: [ARN] } });
  });

  test('a pattern of the user\'s is added', () => {
    const stack = newStack();
    LabelingJob.fromLabelingJobArn(stack, 'Old', ARN).onCompleted('Rule', { eventPattern: { account: ['111122223333'] } });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { resources: [ARN], account: ['111122223333'] } });
  });
});

describe('metrics', () => {
  const job = LabelingJob.fromLabelingJobArn(newStack(), 'Old', ARN);

  test.each([
    ['TotalDatasetObjectsLabeled', job.metricTotalDatasetObjectsLabeled()],
    ['DatasetObjectsHumanAnnotated', job.metricDatasetObjectsHumanAnnotated()],
    ['DatasetObjectsAutoAnnotated', job.metricDatasetObjectsAutoAnnotated()],
    ['DatasetObjectsLabelingFailed', job.metricDatasetObjectsLabelingFailed()],
  ])('%s is of the job', (name, metric) => {
    expect(metric).toMatchObject({ metricName: name, namespace: 'AWS/Sagemaker/LabelingJobs', statistic: 'Maximum', dimensions: { LabelingJobName: 'old-job' } });
  });

  test('takes another namespace, statistic and dimensions', () => {
    expect(job.metric('X', { namespace: 'N', statistic: 'Sum', dimensionsMap: { A: 'b' } })).toMatchObject({
      namespace: 'N', statistic: 'Sum', dimensions: { A: 'b', LabelingJobName: 'old-job' },
    });
  });
});
