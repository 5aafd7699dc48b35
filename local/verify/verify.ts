import { type Account, type Check, type Finding, isAboutAccess, notTried, refuted } from './check';
import { BATCH_JOB_CHECKS } from './checks/batch-jobs';
import { createdBatchJobChecks } from './checks/created-batch-job';
import { createdLabelingJobChecks } from './checks/created-labeling-job';
import { LABELING_JOB_CHECKS } from './checks/labeling-jobs';
import { LABELING_LISTING_CHECKS } from './checks/labeling-listing';
import { NotPossible } from './not-possible';

export interface Verdict extends Finding {
  readonly assumption: string;
}

/** All of them; those that create something share what they have created, so they are made anew for each run. */
export function allChecks(): Check[] {
  return [...LABELING_JOB_CHECKS, ...LABELING_LISTING_CHECKS, ...BATCH_JOB_CHECKS, ...createdLabelingJobChecks(), ...createdBatchJobChecks()];
}

/** One after the other: nobody's quota of calls is used up for this. */
export async function* verify(account: Account, checks: readonly Check[] = allChecks()): AsyncIterable<Verdict> {
  for (const check of checks) yield { assumption: check.assumption, ...await tryOut(check, account) };
}

async function tryOut(check: Check, account: Account): Promise<Finding> {
  if (check.creates && !account.may) return notTried('it creates something: give --create');
  try {
    return await check.run(account);
  } catch (error) {
    if (error instanceof NotPossible) return notTried(error.message);
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    const answered = $metadata?.httpStatusCode !== undefined;
    return answered && !isAboutAccess({ name }) ? refuted(`${name}: ${message}`) : notTried(`${name}: ${message}`);
  }
}
