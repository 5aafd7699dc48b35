import {
  DescribeLabelingJobCommand, DescribeWorkforceCommand, DescribeWorkteamCommand, ListLabelingJobsCommand, ListTagsCommand, type ListLabelingJobsRequest,
} from '@aws-sdk/client-sagemaker';
import { type Account, type Check, judge, judgeRefusal, notTried, refusalOf, together } from '../check';

const ABSENT = 'verify-aws-absent-3f9c2b7d';
/** Existing jobs that are looked through for one that shows something. */
const MOST_LOOKED_AT = 100;

async function jobs({ sagemaker }: Account, request: ListLabelingJobsRequest = {}) {
  const { LabelingJobSummaryList = [] } = await sagemaker.send(new ListLabelingJobsCommand({ MaxResults: MOST_LOOKED_AT, ...request }));
  return LabelingJobSummaryList;
}

/** What single calls say of jobs that are there, and of such that are not. */
export const LABELING_JOB_CHECKS: readonly Check[] = [
  {
    assumption: 'describing an absent job',
    run: async ({ sagemaker }) => judgeRefusal(
      await refusalOf(sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: ABSENT }))), ({ name }) => name === 'ResourceNotFound'),
  },
  {
    assumption: 'absent work team, workforce',
    run: async ({ sagemaker }) => together([
      judgeRefusal(await refusalOf(sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: ABSENT }))),
        ({ name, message }) => name === 'ValidationException' && message.startsWith('The work team')),
      judgeRefusal(await refusalOf(sagemaker.send(new DescribeWorkforceCommand({ WorkforceName: ABSENT }))),
        ({ name, message }) => name === 'ValidationException' && message.startsWith('No workforce')),
    ]),
  },
  {
    assumption: 'Patterns in the public models',
    // the good beginning alone would fit
    run: async ({ sagemaker }) => judgeRefusal(
      await refusalOf(sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: 'good-beginning bad end' }))), ({ name }) => name === 'ValidationException'),
  },
  {
    assumption: 'Order and wording of constraint errors',
    run: async ({ sagemaker }) => judgeRefusal(
      await refusalOf(sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 0, NameContains: 'a b' }))),
      ({ name, message }) => name === 'ValidationException' && /^2 validation errors detected: Value .* at .* failed to satisfy constraint: /.test(message)),
  },
  {
    assumption: 'names in ARNs',
    run: async (account) => {
      const shouting = (await jobs(account)).find(({ LabelingJobName }) => /[A-Z]/.test(LabelingJobName!));
      if (!shouting) return notTried('none of the jobs that are there has capitals in its name');
      const { LabelingJobName: name, LabelingJobArn: arn } = shouting;
      return judge(arn!.endsWith(`/${name!.toLowerCase()}`), `${name} has the ARN ${arn}`);
    },
  },
  {
    assumption: '`DescribeLabelingJob` returns all tags, later ones included',
    run: async (account) => {
      for (const { LabelingJobName, LabelingJobArn } of (await jobs(account)).slice(0, 20)) {
        const { Tags: listed = [] } = await account.sagemaker.send(new ListTagsCommand({ ResourceArn: LabelingJobArn }));
        if (listed.length === 0) continue;
        const { Tags: described = [] } = await account.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName }));
        const text = (tags: typeof listed) => tags.map(({ Key, Value }) => `${Key}=${Value}`).sort().join();
        return judge(text(listed) === text(described), `${LabelingJobName} has ${listed.length} tags, and ${described.length} are described`);
      }
      return notTried('none of the jobs that were looked at has tags');
    },
  },
  {
    assumption: 'Stopped or Failed before any label',
    run: async (account) => {
      for (const status of ['Stopped', 'Failed'] as const) {
        const early = (await jobs(account, { StatusEquals: status })).find(({ LabelCounters }) => LabelCounters?.TotalLabeled === 0);
        if (early) return judge(!early.LabelingJobOutput?.OutputDatasetS3Uri, `${early.LabelingJobName}: output ${early.LabelingJobOutput?.OutputDatasetS3Uri ?? 'none'}`);
      }
      return notTried('no job has ended before its first label');
    },
  },
];
