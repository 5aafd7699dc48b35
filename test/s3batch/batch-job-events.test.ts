import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { jobProps } from './fixtures';
import { s3batch } from '../../src';
import { newStack } from '../groundtruth/fixtures';

function rules(stack: Stack): Record<string, any> {
  return Object.fromEntries(Object.entries(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(([id, { Properties }]) => [id, Properties.EventPattern]));
}

test('rules are for this job, and for what S3 tells through CloudTrail', () => {
  const stack = newStack();
  const job = new s3batch.BatchJob(stack, 'Job', jobProps(stack));
  const target = new targets.SqsQueue(new sqs.Queue(stack, 'Ends'));
  job.onStateChange('Any', { target });
  job.onCompleted('Completed');
  job.onFailed('Failed');
  job.onCancelled('Cancelled');

  const patterns = Object.entries(rules(stack));
  const pattern = (id: string) => patterns.find(([name]) => name.startsWith(`Job${id}`))![1];
  expect(pattern('Any')).toEqual({
    'source': ['aws.s3'],
    'detail-type': ['AWS Service Event via CloudTrail'],
    'detail': {
      eventSource: ['s3.amazonaws.com'],
      eventName: ['JobStatusChanged'],
      serviceEventDetails: { jobId: [{ 'Fn::GetAtt': [expect.stringMatching(/^Job/), 'JobId'] }] },
    },
  });
  for (const [id, status] of [['Completed', 'Complete'], ['Failed', 'Failed'], ['Cancelled', 'Cancelled']]) {
    expect(pattern(id).detail.serviceEventDetails).toMatchObject({ jobId: expect.anything(), status: [status] });
  }
  Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('through CloudTrail only.*use ReconcileOn.schedule'));
});

test('an imported job has rules too', () => {
  const stack = newStack();
  s3batch.BatchJob.fromBatchJobId(stack, 'Theirs', '00e123a4-c0d8-41f4-a0eb-b46f9ba5b07c').onFailed('Failed');
  expect(Object.values(rules(stack))[0].detail.serviceEventDetails).toEqual({ jobId: ['00e123a4-c0d8-41f4-a0eb-b46f9ba5b07c'], status: ['Failed'] });
});
