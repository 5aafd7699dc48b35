import {
  ListLabelingJobsCommand, ListLabelingJobsForWorkteamCommand, paginateListLabelingJobs, type ListLabelingJobsRequest,
} from '@aws-sdk/client-sagemaker';
import { LabelingFixture, texts } from './fixture';

describe('listing labeling jobs', () => {
  let fixture: LabelingFixture;
  const names = ['c-mail', 'a-mail', 'b-chat', 'e-mail', 'd-chat'];
  const times: Date[] = [];
  beforeAll(async () => {
    fixture = await LabelingFixture.start({ annotators: 'off' });
    await fixture.putManifest('manifest.jsonl', texts(1));
    for (const name of names) {
      await fixture.create({ LabelingJobName: name });
      times.push((await fixture.describe(name)).CreationTime!);
      await fixture.engine.control('POST', 'clock', { advanceSeconds: 60 });
    }
  });
  afterAll(() => fixture.stop());

  const list = async (request: ListLabelingJobsRequest) => {
    const { LabelingJobSummaryList: jobs } = await fixture.sagemaker.send(new ListLabelingJobsCommand(request));
    return jobs!.map((job) => job.LabelingJobName);
  };

  test.each<[string, ListLabelingJobsRequest, string[]]>([
    ['creation time, ascending, by default', {}, names],
    ['creation time, descending', { SortOrder: 'Descending' }, [...names].reverse()],
    ['name', { SortBy: 'Name' }, [...names].sort()],
    ['name, descending', { SortBy: 'Name', SortOrder: 'Descending' }, [...names].sort().reverse()],
    ['status', { SortBy: 'Status' }, names],
    ['a part of the name', { NameContains: 'chat' }, ['b-chat', 'd-chat']],
    ['a status', { StatusEquals: 'InProgress' }, names],
    ['a status that no job has', { StatusEquals: 'Failed' }, []],
  ])('by %s', async (_, request, expected) => {
    expect(await list(request)).toEqual(expected);
  });

  test('between two times, both left out', async () => {
    expect(await list({ CreationTimeAfter: times[1], CreationTimeBefore: times[4] })).toEqual(['b-chat', 'e-mail']);
    expect(await list({ LastModifiedTimeAfter: new Date(times[4].getTime() + 3_600_000) })).toEqual([]);
  });

  test.each([{}, { SortOrder: 'Descending' as const }, { SortBy: 'Name' as const }])('pages neither repeat nor leave out a job: %p', async (order) => {
    const seen: string[] = [];
    for await (const page of paginateListLabelingJobs({ client: fixture.sagemaker, pageSize: 2 }, { ...order })) {
      expect(page.LabelingJobSummaryList!.length).toBeLessThanOrEqual(2);
      seen.push(...page.LabelingJobSummaryList!.map((job) => job.LabelingJobName!));
    }
    expect(seen).toEqual(await list(order));
  });

  test('a token counts for its own request only, and a malformed one is refused', async () => {
    const { NextToken } = await fixture.sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 2 }));
    expect(await list({ NextToken, MaxResults: 1 })).toEqual([names[2]]);
    for (const request of [{ NextToken, NameContains: 'mail' }, { NextToken: 'nonsense' }, { NextToken: `${NextToken}A` }, { NextToken: 'W10' }]) {
      await expect(list(request)).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });

  test.each([{ MaxResults: 0 }, { MaxResults: 101 }, { NameContains: 'a b' }])('refuses %p', async (request) => {
    await expect(list(request)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('summaries hold what the service puts in them', async () => {
    const { LabelingJobSummaryList: [job] = [] } = await fixture.sagemaker.send(new ListLabelingJobsCommand({ NameContains: 'c-mail' }));
    expect(job).toMatchObject({
      LabelingJobName: 'c-mail',
      WorkteamArn: fixture.workteamArn,
      LabelingJobStatus: 'InProgress',
      LabelCounters: { Unlabeled: 1 },
      PreHumanTaskLambdaArn: expect.stringContaining('PRE-TextMultiClass'),
      InputConfig: { DataSource: { S3DataSource: {} } },
    });
  });

  test('the jobs of a work team', async () => {
    const ofTeam = (WorkteamArn: string) => fixture.sagemaker.send(new ListLabelingJobsForWorkteamCommand({ WorkteamArn }));
    const { LabelingJobSummaryList: jobs } = await ofTeam(fixture.workteamArn);
    expect(jobs!.map((job) => job.LabelingJobName)).toEqual(names);
    expect(jobs![0]).toMatchObject({
      WorkRequesterAccountId: '123456789012', NumberOfHumanWorkersPerDataObject: 3, LabelCounters: { HumanLabeled: 0, PendingHuman: 1, Total: 1 },
    });
    await expect(ofTeam(`${fixture.workteamArn}-absent`)).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});
