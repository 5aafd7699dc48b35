import { DeleteObjectCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { declareJob, Lifecycle } from './harness';
import { groundtruth } from '../../src';

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
});
afterEach(() => life.stop());

test('destroying the stack stops the job, and its ledger goes with it', async () => {
  await life.deploy((stack) => declareJob(stack));

  const { stacks: { Life } } = await life.destroy();

  expect(Life.status).toBe('DELETE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'Stopped' });
  expect((await stateBuckets())).toEqual([]);
});

test('RETAIN leaves the job running', async () => {
  await life.deploy((stack) => declareJob(stack, { props: { removal: groundtruth.JobRemoval.RETAIN } }));

  await life.destroy();

  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('removing one of two jobs stops that one only', async () => {
  await life.deploy((stack) => {
    declareJob(stack, { id: 'Kept' });
    declareJob(stack, { id: 'Removed' });
  });

  const { stacks: { Life } } = await life.deploy((stack) => declareJob(stack, { id: 'Kept' }));

  expect(Life.status).toBe('UPDATE_COMPLETE');
  const jobs = await life.jobs();
  expect(Object.entries(jobs).map(([name, status]) => [/kept|removed/.exec(name)![0], status]).sort())
    .toEqual([['kept', 'InProgress'], ['removed', 'Stopped']]);
});

test('a destroy after the ledger was lost stops what names and tags show', async () => {
  await life.deploy((stack) => declareJob(stack));
  for (const bucket of await stateBuckets()) {
    for (const Key of await life.keys(bucket)) await life.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  }

  const { stacks: { Life } } = await life.destroy();

  expect(Life.status).toBe('DELETE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'Stopped' });
});

async function stateBuckets(): Promise<string[]> {
  const { Buckets = [] } = await life.s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name!).filter((name) => /state/.test(name));
}
