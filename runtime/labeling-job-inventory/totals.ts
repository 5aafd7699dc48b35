import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { LabelingJobStatus, STATES_BY_SYSTEM } from '../../src/model/job-state';

const COUNTERS = ['TotalLabeled', 'HumanLabeled', 'MachineLabeled', 'FailedNonRetryableError', 'Unlabeled'] as const;
const STATUSES = Object.keys(STATES_BY_SYSTEM.groundtruth) as LabelingJobStatus[];

type Numbers<Keys extends string> = Record<Keys, number>;

/** Jobs for each status and counters over all of them, added up while the jobs stream by. */
export class Totals {
  total = 0;
  readonly statuses = zeros(STATUSES);
  readonly counters = zeros(COUNTERS);

  async* through(pages: AsyncIterable<readonly LabelingJobSummary[]>): AsyncIterable<readonly LabelingJobSummary[]> {
    for await (const jobs of pages) {
      for (const job of jobs) this.add(job);
      yield jobs;
    }
  }

  private add(job: LabelingJobSummary): void {
    this.total += 1;
    // a status that is not known yet counts in the total, and stands in the record
    if (Object.hasOwn(this.statuses, job.LabelingJobStatus!)) this.statuses[job.LabelingJobStatus!] += 1;
    for (const counter of COUNTERS) this.counters[counter] += job.LabelCounters?.[counter] ?? 0;
  }
}

function zeros<Keys extends string>(keys: readonly Keys[]): Numbers<Keys> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Numbers<Keys>;
}
