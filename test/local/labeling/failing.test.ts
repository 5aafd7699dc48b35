import { LabelingFixture, texts } from '../sagemaker/fixture';

describe('jobs that fail and jobs that age', () => {
  let fixture: LabelingFixture;
  beforeEach(async () => { fixture = await LabelingFixture.start(); });
  afterEach(() => fixture.stop());

  const fail = (name: string, body: object = {}) => fixture.engine.control('POST', `labeling-jobs/${name}/fail`, body);
  const clock = (body: object) => fixture.engine.control('POST', 'clock', body);
  const labeled = async (uri: string) => (await fixture.readLines(uri)).filter((line) => 'kind' in line).length;

  test('a job fails on request after exactly so many objects, with their labels in the output', async () => {
    await clock({ paused: true });
    await fixture.putManifest('manifest.jsonl', texts(40));
    await fixture.create({ LabelingJobName: 'doomed' });
    expect(await fail('doomed', { reason: 'InternalServerError: try again', afterObjects: 13 }))
      .toMatchObject({ status: 200, body: { labelingJobStatus: 'Initializing', afterObjects: 13 } });
    await clock({ paused: false });
    const job = await fixture.ended('doomed');
    expect(job).toMatchObject({
      LabelingJobStatus: 'Failed',
      FailureReason: 'InternalServerError: try again',
      LabelCounters: { TotalLabeled: 13, HumanLabeled: 13, FailedNonRetryableError: 0, Unlabeled: 27 },
    });
    expect(await labeled(job.LabelingJobOutput!.OutputDatasetS3Uri!)).toBe(13);

    await fixture.create({
      LabelingJobName: 'heir', InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: job.LabelingJobOutput!.OutputDatasetS3Uri! } } },
    });
    expect(await fixture.ended('heir')).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 27 } });
  });

  test('a running job fails at once where that many objects are labeled, or none are asked for', async () => {
    await clock({ paused: true });
    await fixture.putManifest('manifest.jsonl', texts(30));
    await fixture.create({ LabelingJobName: 'now' });
    await fixture.create({ LabelingJobName: 'unborn' });
    await fail('unborn', { reason: 'ClientError: no role' });
    expect(await fixture.describe('unborn')).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: 'ClientError: no role' });
    while (((await fixture.describe('now')).LabelCounters!.TotalLabeled ?? 0) < 10) await clock({ advanceSeconds: 30 });
    const before = (await fixture.describe('now')).LabelCounters!.TotalLabeled!;
    await fail('now');
    const job = await fixture.describe('now');
    expect(job).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('InternalServerError'), LabelCounters: { TotalLabeled: before } });
    expect(await labeled(job.LabelingJobOutput!.OutputDatasetS3Uri!)).toBe(before);
    expect(await fail('now')).toMatchObject({ status: 400, body: { message: expect.stringContaining('is Failed') } });
    expect((await fail('absent')).status).toBe(400);
    expect((await fail('now', { after: 1 })).status).toBe(400);
  });

  test('a job of fewer objects than its failure waits for completes', async () => {
    await clock({ paused: true });
    await fixture.putManifest('manifest.jsonl', texts(3));
    await fixture.create({ LabelingJobName: 'lucky' });
    await fail('lucky', { afterObjects: 4 });
    await clock({ paused: false });
    expect(await fixture.ended('lucky')).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 3 } });
  });

  test('objects fail one by one: declined by everybody, or their data are not there; tried again, they are labeled', async () => {
    const lines = [...texts(4), { 'source-ref': 's3://labeling-data/texts/absent.txt' }, { 'source-ref': 's3://labeling-data/texts/there.txt' }];
    await fixture.put('texts/there.txt', 'a text');
    await fixture.putManifest('manifest.jsonl', lines);
    await fixture.put('plain.liquid.html', '<crowd-form><crowd-input name="note"></crowd-input></crowd-form>');
    const custom = { UiConfig: { UiTemplateS3Uri: 's3://labeling-data/plain.liquid.html' }, PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined };
    await fixture.engine.control('POST', 'annotators', { truth: [{ source: texts(4)[2].source, declined: true }] });
    await fixture.create({ LabelingJobName: 'first', LabelCategoryConfigS3Uri: undefined }, custom);
    const job = await fixture.ended('first');
    expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 4, FailedNonRetryableError: 2, Unlabeled: 0 } });
    const output = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(output.map((line) => 'kind' in line)).toEqual([true, true, false, true, false, true]);

    await fixture.put('texts/absent.txt', 'there now');
    await fixture.engine.control('POST', 'annotators', { truth: [{ source: texts(4)[2].source, label: 'ham' }] });
    await fixture.putManifest('manifest.jsonl', [lines[2], lines[4]]);
    await fixture.create({ LabelingJobName: 'second', LabelCategoryConfigS3Uri: undefined }, custom);
    expect(await fixture.ended('second')).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 0 } });
  });

  test('after 30 days a job whose people went away stops with what was consolidated', async () => {
    await clock({ paused: true });
    await fixture.putManifest('manifest.jsonl', texts(40));
    await fixture.create({ LabelingJobName: 'aged' });
    while (((await fixture.describe('aged')).LabelCounters!.TotalLabeled ?? 0) < 10) await clock({ advanceSeconds: 30 });
    await fixture.engine.control('POST', 'annotators', { annotators: [] });
    const { LabelCounters } = await fixture.describe('aged');
    await clock({ advanceSeconds: 29 * 24 * 3600 });
    expect(await fixture.describe('aged')).toMatchObject({ LabelingJobStatus: 'InProgress', LabelCounters });
    await clock({ advanceSeconds: 24 * 3600 });
    const job = await fixture.describe('aged');
    expect(job).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters });
    expect(job.FailureReason).toBeUndefined();
    expect(job.LastModifiedTime!.getTime() - job.CreationTime!.getTime()).toBeGreaterThanOrEqual(30 * 24 * 3600 * 1000);
    expect(await labeled(job.LabelingJobOutput!.OutputDatasetS3Uri!)).toBe(LabelCounters!.TotalLabeled);
  });

  test('annotators too slow for 30 days: no jump of the clock carries the job there, time told to pass does', async () => {
    await fixture.engine.control('POST', 'annotators', { annotators: [{ name: 'slow', secondsPerTask: 4e6 }] });
    await fixture.putManifest('manifest.jsonl', texts(2));
    await fixture.create({ LabelingJobName: 'slow' }, { TaskTimeLimitInSeconds: 28_800, NumberOfHumanWorkersPerDataObject: 1 });
    await fixture.until('slow', 'InProgress');
    await clock({ advanceSeconds: 30 * 24 * 3600 });
    expect(await fixture.ended('slow')).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 0, Unlabeled: 2 } });
  });
});

test('without annotators a job stops by age as well', async () => {
  const fixture = await LabelingFixture.start({ annotators: 'off' });
  await fixture.putManifest('manifest.jsonl', texts(2));
  await fixture.create();
  await fixture.until('mails', 'InProgress');
  await fixture.engine.control('POST', 'clock', { advanceSeconds: 31 * 24 * 3600 });
  expect(await fixture.describe('mails')).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 2 } });
  await fixture.stop();
});
