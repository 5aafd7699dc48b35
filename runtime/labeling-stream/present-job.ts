import { ForwardRun } from './forward-run';
import { hasEnded, jobState, JobState } from '../../src/model/job-state';
import { GenerationRecord, Ledger } from '../../src/model/ledger';
import { streamJobs } from '../../src/model/stream/stream-jobs';
import type { JobDescription } from '../labeling-job/ports';
import { BucketGone } from '../shared/ports';

/** How it is with the stream's job: it takes objects, will soon, there is none, or none is wanted. */
export type PresentJob =
  | { readonly kind: 'ready'; readonly job: JobDescription }
  | { readonly kind: 'soon' }
  /** `since`: when the last one ended. */
  | { readonly kind: 'none'; readonly since?: number }
  | { readonly kind: 'unwanted' };

/** Each job is asked for once a look. */
export class Descriptions {
  private readonly known = new Map<string, JobDescription | undefined>();

  constructor(private readonly run: ForwardRun) {}

  async of(name: string): Promise<JobDescription | undefined> {
    if (!this.known.has(name)) this.known.set(name, await this.run.ports.describe(name));
    return this.known.get(name);
  }
}

export async function presentJob({ ports }: ForwardRun, descriptions: Descriptions): Promise<PresentJob> {
  const { present, former, isRunningWanted } = streamJobs(await readLedger(ports));
  if (!isRunningWanted) return { kind: 'unwanted' };
  if (!present) return { kind: 'none' };
  if (present.end) return { kind: 'none', since: present.end.endedAt };
  for (const { name } of former) if (isLive(await descriptions.of(name))) return { kind: 'soon' };
  return stateOf(present, await descriptions.of(present.name));
}

function stateOf(present: GenerationRecord, job: JobDescription | undefined): PresentJob {
  // a name that the service does not know yet, or that somebody else has
  if (!job || present.arn !== job.arn) return { kind: 'soon' };
  if (hasEnded(stateOfJob(job))) return { kind: 'none', since: job.modifiedAt };
  return stateOfJob(job) === JobState.RUNNING && !present.stop ? { kind: 'ready', job } : { kind: 'soon' };
}

export function isLive(job: JobDescription | undefined): boolean {
  return job !== undefined && !hasEnded(stateOfJob(job));
}

function stateOfJob({ name, status }: JobDescription): JobState {
  const state = jobState('groundtruth', status);
  if (state === undefined) throw new Error(`${name} has the status ${JSON.stringify(status)}, which this release of the library does not know`);
  return state;
}

async function readLedger({ ledger }: ForwardRun['ports']): Promise<Ledger | undefined> {
  try {
    return (await ledger.read())?.ledger;
  } catch (error) {
    if (error instanceof BucketGone) return undefined;
    throw error;
  }
}
