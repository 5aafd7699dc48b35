import { ListLabelingJobsCommand, type ListLabelingJobsRequest, type ListLabelingJobsResponse } from '@aws-sdk/client-sagemaker';
import { type Account, type Check, judge, judgeRefusal, notTried, refusalOf, together } from '../check';

const list = ({ sagemaker }: Account, request: ListLabelingJobsRequest): Promise<ListLabelingJobsResponse> => (
  sagemaker.send(new ListLabelingJobsCommand(request)));
const names = ({ LabelingJobSummaryList = [] }: ListLabelingJobsResponse) => LabelingJobSummaryList.map(({ LabelingJobName }) => LabelingJobName!);
const TOO_FEW = 'the account has too few labeling jobs to show it';

/** How the jobs that are there are listed. */
export const LABELING_LISTING_CHECKS: readonly Check[] = [
  {
    assumption: '`MaxResults` not sent',
    run: async (account) => {
      const answer = await list(account, {});
      const count = names(answer).length;
      return answer.NextToken === undefined ? notTried(`${TOO_FEW}: ${count}`) : judge(count === 100, `${count} jobs on a first page`);
    },
  },
  {
    assumption: 'list tokens',
    run: async (account) => {
      const { NextToken } = await list(account, { MaxResults: 1, SortBy: 'CreationTime' });
      if (NextToken === undefined) return notTried(TOO_FEW);
      return judgeRefusal(await refusalOf(list(account, { MaxResults: 1, SortBy: 'Name', SortOrder: 'Descending', NextToken })), ({ name }) => name === 'ValidationException');
    },
  },
  {
    assumption: '`…After`, `…Before`',
    run: async (account) => {
      const { LabelingJobSummaryList: [job] = [] } = await list(account, { MaxResults: 1 });
      if (!job) return notTried(TOO_FEW);
      const { CreationTime: moment, LabelingJobName: name } = job;
      const shown = async (request: ListLabelingJobsRequest) => names(await list(account, { MaxResults: 100, NameContains: name, ...request })).includes(name!);
      const [after, before] = [await shown({ CreationTimeAfter: moment }), await shown({ CreationTimeBefore: moment })];
      return together([judge(!after, `${name} is ${after ? '' : 'not '}created after its own time`), judge(!before, `${name} is ${before ? '' : 'not '}created before its own time`)]);
    },
  },
  {
    assumption: '`NameContains`',
    run: async (account) => {
      const name = names(await list(account, { MaxResults: 100 })).find((each) => /[a-z]/i.test(each));
      if (name === undefined) return notTried(TOO_FEW);
      const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
      const found = names(await list(account, { MaxResults: 100, NameContains: other }));
      return judge(found.includes(name), `asked for ${other}: ${found.includes(name) ? '' : 'not '}shown`);
    },
  },
  {
    assumption: '`ListLabelingJobs` with `SortBy=Name`',
    run: async (account) => {
      const found = names(await list(account, { MaxResults: 100, SortBy: 'Name', SortOrder: 'Ascending' }));
      if (found.length < 2) return notTried(TOO_FEW);
      const place = found.findIndex((name, index) => index > 0 && found[index - 1] > name);
      return place < 0 ? judge(true, `${found.length} names`) : judge(false, `${found[place - 1]} before ${found[place]}`);
    },
  },
  {
    assumption: '`ListLabelingJobs` by creation time',
    run: async (account) => {
      const times = async (SortOrder: 'Ascending' | 'Descending') => {
        const { LabelingJobSummaryList: jobs = [] } = await list(account, { MaxResults: 100, SortBy: 'CreationTime', SortOrder });
        return jobs.map(({ CreationTime }) => CreationTime!.getTime());
      };
      const [rising, falling] = [await times('Ascending'), await times('Descending')];
      if (rising.length < 2) return notTried(TOO_FEW);
      const isRising = (found: readonly number[]) => found.every((time, index) => index === 0 || found[index - 1] <= time);
      return judge(isRising(rising) && isRising(falling.reverse()), `${rising.length} jobs in both orders`);
    },
  },
];
