import { JobStatus } from '@aws-sdk/client-s3-control';
import { LabelingJobStatus } from '@aws-sdk/client-sagemaker';
import { hasEnded, JobState, jobState, STATES_BY_SYSTEM } from '../../src/model/job-state';

test('every state of Ground Truth has a common one, and no other word has', () => {
  expect(Object.keys(STATES_BY_SYSTEM.groundtruth).sort()).toEqual(Object.values(LabelingJobStatus).sort());
});

test('every state of S3 Batch Operations has a common one, and no other word has', () => {
  expect(Object.keys(STATES_BY_SYSTEM.s3batch).sort()).toEqual(Object.values(JobStatus).sort());
});

test.each(['Archived', 'toString', ''])('%j is no state of any system', (word) => {
  expect(jobState('groundtruth', word)).toBeUndefined();
  expect(jobState('s3batch', word)).toBeUndefined();
  expect(jobState('supervisely', word)).toBeUndefined();
});

test.each([
  ['groundtruth', 'Initializing', JobState.PENDING],
  ['s3batch', 'Suspended', JobState.AWAITING_APPROVAL],
  ['s3batch', 'Failing', JobState.STOPPING],
  ['supervisely', 'review_completed', JobState.IN_REVIEW],
] as const)('%s %s is %s', (system, word, state) => {
  expect(jobState(system, word)).toBe(state);
});

test('three states never change again', () => {
  expect(Object.values(JobState).filter(hasEnded)).toEqual([JobState.COMPLETED, JobState.FAILED, JobState.STOPPED]);
});
