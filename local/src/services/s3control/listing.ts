import type { JobListDescriptor, JobStatus } from '@aws-sdk/client-s3-control';
import { listEntry } from './descriptions';
import { invalidNextToken } from './errors';
import type { JobStore } from './job-store';

const MOST_RESULTS = 1000;

interface ListJobsInput {
  readonly JobStatuses?: JobStatus[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface JobPage {
  readonly Jobs: JobListDescriptor[];
  readonly NextToken?: string;
}

/** A page from the newest job on; the token holds where the page ended, so jobs made meanwhile neither repeat nor shift anything. */
export function listJobs(store: JobStore, { JobStatuses, MaxResults, NextToken }: ListJobsInput, now: number): JobPage {
  // no page is empty by wish: 0 counts as not given
  const size = MaxResults || MOST_RESULTS;
  const jobs = store.newestFirst(NextToken === undefined ? Infinity : sequenceOf(NextToken), JobStatuses);
  const Jobs: JobListDescriptor[] = [];
  let last = 0;
  for (const job of jobs) {
    if (Jobs.length === size) return { Jobs, NextToken: tokenOf(last) };
    Jobs.push(listEntry(job, now));
    last = job.sequence;
  }
  return { Jobs };
}

const TOKEN_FORM = /^before:(\d+)$/;

function tokenOf(sequence: number): string {
  return Buffer.from(`before:${sequence}`).toString('base64');
}

function sequenceOf(token: string): number {
  const match = TOKEN_FORM.exec(Buffer.from(token, 'base64').toString('utf8'));
  if (!match || tokenOf(Number(match[1])) !== token) throw invalidNextToken();
  return Number(match[1]);
}
