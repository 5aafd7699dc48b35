import { StopLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { LabelingFixture, texts } from '../sagemaker/fixture';

describe('stopping, chaining and expiry', () => {
  let fixture: LabelingFixture;
  beforeEach(async () => { fixture = await LabelingFixture.start(); });
  afterEach(() => fixture.stop());

  const stop = (name: string) => fixture.sagemaker.send(new StopLabelingJobCommand({ LabelingJobName: name }));
  const clock = (body: object) => fixture.engine.control('POST', 'clock', body);

  test('a stopped job keeps what is consolidated; a job on its output labels only the rest', async () => {
    await clock({ paused: true });
    await fixture.putManifest('manifest.jsonl', texts(40));
    await fixture.create({ LabelingJobName: 'first' });
    await expect(stop('first')).rejects.toMatchObject({ name: 'ValidationException' });
    while (((await fixture.describe('first')).LabelCounters!.TotalLabeled ?? 0) < 10) {
      await clock({ advanceSeconds: 30 });
    }
    await stop('first');
    expect((await fixture.describe('first')).LabelingJobStatus).toBe('Stopping');
    await expect(stop('first')).rejects.toMatchObject({ name: 'ValidationException' });
    await clock({ paused: false });

    const stopped = await fixture.ended('first');
    const { TotalLabeled, Unlabeled } = stopped.LabelCounters!;
    expect(stopped.LabelingJobStatus).toBe('Stopped');
    expect(TotalLabeled! + Unlabeled!).toBe(40);
    expect(TotalLabeled).toBeLessThan(40);
    const partial = await fixture.readLines(stopped.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(partial.filter((line) => 'kind' in line)).toHaveLength(TotalLabeled!);

    await fixture.create({
      LabelingJobName: 'second',
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: stopped.LabelingJobOutput!.OutputDatasetS3Uri! } } },
    });
    const resumed = await fixture.ended('second');
    expect(resumed.LabelCounters).toMatchObject({ TotalLabeled: 40 - TotalLabeled!, Unlabeled: 0 });
    const lines = await fixture.readLines(resumed.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(lines.map((line) => line['kind-metadata']['job-name'])).toEqual(partial.map((line) => `labeling-job/${'kind' in line ? 'first' : 'second'}`));
    await expect(stop('second')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('a stopping condition ends the job when it is met, without overshooting', async () => {
    await fixture.putManifest('manifest.jsonl', texts(20));
    await fixture.create({ LabelingJobName: 'counted', StoppingConditions: { MaxHumanLabeledObjectCount: 7 } });
    expect(await fixture.ended('counted')).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 7, Unlabeled: 13 } });
    await fixture.create({ LabelingJobName: 'quarter', StoppingConditions: { MaxPercentageOfInputDatasetLabeled: 25 } });
    expect(await fixture.ended('quarter')).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 5, Unlabeled: 15 } });
  });

  test('tasks that nobody finishes expire: one answer is enough, none is a failure', async () => {
    const annotators = [{ name: 'here' }, { name: 'gone', dropout: 1 }];
    await fixture.engine.control('POST', 'annotators', { annotators });
    await fixture.putManifest('manifest.jsonl', texts(2));
    await fixture.create({ LabelingJobName: 'short' }, { TaskAvailabilityLifetimeInSeconds: 3600 });
    await fixture.until('short', 'InProgress');
    await clock({ advanceSeconds: 1800 });
    expect((await fixture.describe('short')).LabelingJobStatus).toBe('InProgress');
    await clock({ advanceSeconds: 3600 });
    expect(await fixture.ended('short')).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 2 } });

    await fixture.engine.control('POST', 'annotators', { annotators: [{ name: 'choosy', decline: 1 }] });
    await fixture.create({ LabelingJobName: 'declined' }, { NumberOfHumanWorkersPerDataObject: 1 });
    expect(await fixture.ended('declined')).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 0, FailedNonRetryableError: 2 } });
  });

  test('a job not finished in 30 days stops, and not before time is told to pass', async () => {
    await fixture.engine.control('POST', 'annotators', { annotators: [] });
    await fixture.putManifest('manifest.jsonl', texts(2));
    await fixture.create({ LabelingJobName: 'old' });
    await fixture.until('old', 'InProgress');
    await clock({ advanceSeconds: 31 * 24 * 3600 });
    const job = await fixture.ended('old');
    expect(job).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 0, Unlabeled: 2 } });
    expect(job.LabelingJobOutput).toBeUndefined();
    expect(await fixture.keys('output/old/')).toEqual([]);
  });

  test('a bucket that goes missing fails the job instead of hanging it', async () => {
    await fixture.putManifest('manifest.jsonl', texts(3));
    await clock({ paused: true });
    await fixture.create({ LabelingJobName: 'lost' });
    await fixture.engine.control('POST', 'faults', { service: 's3', operation: 'PutObject', when: 'before', error: { code: 'NoSuchBucket', message: 'gone', statusCode: 404 } });
    await clock({ paused: false });
    expect(await fixture.ended('lost')).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('gone') });
  });
});

test('without annotators a job stays InProgress', async () => {
  const fixture = await LabelingFixture.start({ annotators: 'off' });
  await fixture.putManifest('manifest.jsonl', texts(2));
  await fixture.create();
  await fixture.until('mails', 'InProgress');
  await fixture.engine.control('POST', 'clock', { advanceSeconds: 24 * 3600 });
  expect(await fixture.describe('mails')).toMatchObject({ LabelingJobStatus: 'InProgress', LabelCounters: { Unlabeled: 2 } });
  await fixture.stop();
});
