import { ListLabelingJobsCommand, ListTagsCommand, paginateListLabelingJobs, type LabelingJobSummary, type ListLabelingJobsRequest } from '@aws-sdk/client-sagemaker';
import { LabelingFixture, texts } from './fixture';
import { processorTime } from '../processor-time';

const COUNT = 20_000;

describe('a large estate', () => {
  let fixture: LabelingFixture;
  const seed = (body: object) => fixture.engine.control('POST', 'labeling-jobs/seed', body);
  beforeAll(async () => {
    fixture = await LabelingFixture.start({ annotators: 'off' });
    const seeded = await seed({
      count: COUNT, prefix: 'old', statuses: ['Completed', 'Failed', 'Stopped'], tags: { stack: 'one' },
      createdFrom: '2025-01-01T00:00:00Z', createdTo: '2025-06-01T00:00:00Z', failureReason: 'ClientError: gone',
    });
    expect(seeded).toMatchObject({ status: 200, body: { count: COUNT, first: 'old-000001', last: 'old-020000' } });
  });
  afterAll(() => fixture.stop());

  async function all(request: ListLabelingJobsRequest): Promise<LabelingJobSummary[]> {
    const jobs: LabelingJobSummary[] = [];
    for await (const page of paginateListLabelingJobs({ client: fixture.sagemaker, pageSize: 100 }, request)) jobs.push(...page.LabelingJobSummaryList!);
    return jobs;
  }

  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

  test('a page takes a few milliseconds in any order, also while jobs are created', async () => {
    await fixture.putManifest('manifest.jsonl', texts(1));
    for (const SortBy of ['Name', 'Status', 'CreationTime'] as const) {
      const times: number[] = [];
      let NextToken: string | undefined;
      for (let page = 0; page < 15; page++) {
        await fixture.create({ LabelingJobName: `new-${SortBy}-${page}` });
        // inside the engine: what a client adds is none of its doing
        const { result, milliseconds } = await processorTime(() => fixture.engine.core.call<{ NextToken?: string }>('sagemaker', 'ListLabelingJobs', {
          MaxResults: 100, SortBy, ...(NextToken && { NextToken }),
        }));
        ({ NextToken } = result);
        times.push(milliseconds);
      }
      expect(median(times)).toBeLessThan(15);
    }
  });

  test('windows of creation time leave out their bounds and nothing else; jobs stand once', async () => {
    const bounds = ['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z', '2025-02-02T00:00:00.500Z'].map((time) => new Date(time));
    const window = await all({ CreationTimeAfter: bounds[1], CreationTimeBefore: bounds[2] });
    expect(window.length).toBeGreaterThan(100);
    expect(window.every(({ CreationTime: time }) => time! > bounds[1] && time! < bounds[2])).toBe(true);
    expect(new Set(window.map((job) => job.LabelingJobArn)).size).toBe(window.length);
    const first = await fixture.sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 1, CreationTimeAfter: bounds[0] }));
    expect(first.LabelingJobSummaryList![0].LabelingJobName).toBe('old-000002');
    const descending = await all({ CreationTimeAfter: bounds[1], CreationTimeBefore: bounds[2], SortOrder: 'Descending' });
    expect(descending.reverse()).toEqual(window);
  });

  test('times have milliseconds', async () => {
    const { LabelingJobSummaryList: jobs } = await fixture.sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 50 }));
    expect(jobs!.some((job) => job.CreationTime!.getTime() % 1000 !== 0)).toBe(true);
    const exactly = jobs![7].CreationTime!;
    const [next] = (await fixture.sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 1, CreationTimeAfter: exactly }))).LabelingJobSummaryList!;
    expect(next.LabelingJobName).toBe(jobs![8].LabelingJobName);
  });

  test('each seeded job is described as ended, with its tags', async () => {
    expect(await fixture.describe('old-000001')).toMatchObject({
      LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 100, Unlabeled: 0 }, Tags: [{ Key: 'stack', Value: 'one' }],
      LabelingJobOutput: { OutputDatasetS3Uri: expect.stringMatching(/\/old-000001\/manifests\/output\/output\.manifest$/) },
    });
    const failed = await fixture.describe('old-000002');
    expect(failed).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: 'ClientError: gone', LabelCounters: { TotalLabeled: 50, Unlabeled: 50 } });
    expect((await fixture.sagemaker.send(new ListTagsCommand({ ResourceArn: failed.LabelingJobArn }))).Tags).toEqual([{ Key: 'stack', Value: 'one' }]);
  });

  test.each([
    { count: 0 }, { count: 5, prefix: 'a b' }, { count: 5, statuses: ['InProgress'] }, { count: 5, createdFrom: 'yesterday' },
    { count: 5, createdFrom: '2025-01-02T00:00:00Z', createdTo: '2025-01-01T00:00:00Z' }, { count: 5, like: 'absent' }, { count: 5, other: 1 }, { count: 1, prefix: 'old' },
  ])('refuses to seed %p, and adds nothing', async (body) => {
    expect((await seed(body)).status).toBe(400);
    expect(await all({ CreationTimeAfter: new Date('2025-05-31T23:59:00Z'), NameContains: 'seeded' })).toEqual([]);
  });

  test('seeds jobs like one that is there', async () => {
    await fixture.create({ LabelingJobName: 'model', LabelAttributeName: 'mood' });
    await seed({ count: 2, prefix: 'copy', like: 'model' });
    expect(await fixture.describe('copy-000002')).toMatchObject({ LabelAttributeName: 'mood', HumanTaskConfig: { WorkteamArn: fixture.workteamArn } });
  });
});
