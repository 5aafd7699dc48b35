import { DescribeJobCommand, type JobStatus, ListJobsCommand } from '@aws-sdk/client-s3-control';
import { type Account, type Check, judge, judgeRefusal, notTried, refusalOf, together } from '../check';
import { NotPossible } from '../not-possible';

const ABSENT = '3f9c2b7d-0000-4000-8000-000000000000';
const SOMEBODY_ELSE = '111111111111';

export function accountIdOf({ accountId }: Account): string {
  if (accountId === undefined) throw new NotPossible('give --account');
  return accountId;
}

/** What S3 Batch Operations says to single calls. */
export const BATCH_JOB_CHECKS: readonly Check[] = [
  {
    assumption: 'an absent job',
    run: async (account) => judgeRefusal(
      await refusalOf(account.s3control.send(new DescribeJobCommand({ AccountId: accountIdOf(account), JobId: ABSENT }))),
      ({ name, status }) => name === 'NotFoundException' && status === 400),
  },
  {
    assumption: 'another account\'s id',
    run: async (account) => {
      // by a call that this account is seen to have the right to
      await account.s3control.send(new ListJobsCommand({ AccountId: accountIdOf(account), MaxResults: 1 }));
      return judgeRefusal(
        await refusalOf(account.s3control.send(new ListJobsCommand({ AccountId: SOMEBODY_ELSE, MaxResults: 1 }))),
        ({ name, status }) => name === 'AccessDenied' && status === 403, { accessCounts: true });
    },
  },
  {
    assumption: 'a malformed `NextToken`',
    run: async (account) => together([
      judgeRefusal(await refusalOf(account.s3control.send(new ListJobsCommand({ AccountId: accountIdOf(account), NextToken: 'made-up' }))),
        ({ name }) => name === 'InvalidNextTokenException'),
      judgeRefusal(await refusalOf(account.s3control.send(new ListJobsCommand({ AccountId: accountIdOf(account), JobStatuses: ['Nowhere' as JobStatus] }))),
        ({ name }) => name === 'InvalidRequestException'),
    ]),
  },
  {
    assumption: 'order of ListJobs',
    run: async (account) => {
      const { Jobs = [] } = await account.s3control.send(new ListJobsCommand({ AccountId: accountIdOf(account), MaxResults: 1000 }));
      if (Jobs.length < 2) return notTried(`the account has too few batch jobs to show it: ${Jobs.length}`);
      const place = Jobs.findIndex(({ CreationTime }, index) => index > 0 && Jobs[index - 1].CreationTime! < CreationTime!);
      return judge(place < 0, place < 0 ? `${Jobs.length} jobs, the newest first` : `${Jobs[place].JobId} after an older one`);
    },
  },
];
