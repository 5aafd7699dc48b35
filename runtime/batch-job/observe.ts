import { isNoSuchJob } from './errors';
import { JobDescription, JobManifest, Ports } from './ports';
import { NO_COUNTERS } from '../../src/model/counters';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { JobState, jobState } from '../../src/model/job-state';
import { GenerationRecord, Ledger, Tags } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { Leftovers } from '../../src/model/plan';
import { endedJob } from '../../src/model/reconcile';
import { ActualBatchJob } from '../../src/model/s3batch/changes';
import { parseJobDescription } from '../../src/model/s3batch/description';
import { isOwn, requestIdTag, revisionTag } from '../labeling-job/ownership';
import { log } from '../shared/log';

/** A job that is ours, as the planner and the ledger see it. */
export interface ObservedJob extends ActualBatchJob {
  readonly requestId: string;
  readonly activeSeconds?: number;
  /** The one that it reads, as far as that is known. */
  readonly manifest?: JobManifest;
  /** Known only of jobs that were described. */
  readonly reportsAllTasks?: boolean;
  readonly leftovers?: Leftovers;
}

/** The service forgets ended jobs; one of which it knows nothing after so long has ended, and is not made anew. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 3600 * 1000;
/** The service's word for it, were there one. */
export const FORGOTTEN = 'Forgotten';
/** From then on a request without an answer is looked for before it is sent again. */
const ANSWER_PATIENCE_MS = 600_000;

/** All jobs of a resource that the ledger knows to have been made; what it knows to have ended is not asked for again. */
export async function observe(ports: Ports, ledger: Ledger): Promise<ObservedJob[]> {
  const observed: ObservedJob[] = [];
  for (const known of ledger.generations) {
    const job = await observeKnown(ports, known);
    if (job) observed.push(job);
  }
  return observed;
}

async function observeKnown(ports: Ports, known: GenerationRecord): Promise<ObservedJob | undefined> {
  if (known.released || known.arn === undefined) return undefined;
  if (known.end) {
    const { status, activeSeconds } = known.end;
    return { ...endedJob(known), id: status === FORGOTTEN ? '' : jobId(known.arn), activeSeconds, manifest: known.request?.Manifest as JobManifest | undefined };
  }
  const job = await ports.jobs.describe(jobId(known.arn));
  if (job) return fromDescription(job, known);
  // right after it was made the service may not show it yet
  return ports.now() - known.intendedAt > FORGOTTEN_AFTER_MS ? forgotten(known, ports.now()) : undefined;
}

/**
 * Finds jobs that the ledger does not know: by their descriptions, and by tags, because a description can be anybody's. The listing shows
 * all jobs of the account, so this is for those few times when there is no other way.
 */
export async function search(ports: Ports, ledger: Ledger, nameBase: string): Promise<ObservedJob[]> {
  const wanted = bases(ledger, nameBase);
  const found = new Map<string, ObservedJob>();
  for await (const { id, description } of ports.jobs.list()) {
    const parsed = parseJobDescription(description);
    if (!parsed || !wanted.has(parsed.parts.base) || findGeneration(ledger, parsed.jobName)?.arn !== undefined) continue;
    const tags = await tagsOf(id, ports);
    if (!tags) continue;
    if (!isOwn({ tags }, ledger.owner)) {
      log('a job of this name belongs to somebody else and is left alone', { name: parsed.jobName, id });
      continue;
    }
    const job = await ports.jobs.describe(id);
    const { identity, generation } = parsed.parts;
    const revision = revisionTag({ tags });
    const requestId = requestIdTag({ tags });
    // the listing begins with the newest: of two the first one made is it
    if (job) found.set(parsed.jobName, fromDescription(job, { name: parsed.jobName, identity, generation, revision, requestId }));
  }
  return [...found.values()];
}

/** The listing may show a job that S3 has forgotten, or does not know everywhere, a moment before. */
async function tagsOf(id: string, { jobs }: Ports): Promise<Tags | undefined> {
  try {
    return await jobs.tags(id);
  } catch (error) {
    if (!isNoSuchJob(error)) throw error;
    return undefined;
  }
}

/** Whether a request has had no answer for so long that nobody knows whether its token is remembered. */
export function hasStaleRequest(ledger: Ledger, now: number): boolean {
  return unanswered(ledger).some(({ intendedAt }) => now - intendedAt > ANSWER_PATIENCE_MS);
}

/** Jobs that the service was asked for, or was about to be asked for, without a known answer. */
export function unanswered(ledger: Ledger): GenerationRecord[] {
  return ledger.generations.filter(({ arn, released }) => arn === undefined && !released);
}

export function jobId(arn: string): string {
  return arn.split('/').at(-1)!;
}

/** The construct's path is part of the base, so it changes hardly ever; where it does, the jobs under the old one are still ours. */
function bases(ledger: Ledger, nameBase: string): Set<string> {
  const ids = [...ledger.generations.map(({ name }) => name.replace(/-r\d+$/, '')), ledger.desired?.id ?? ''];
  return new Set([nameBase, ...ids.map((id) => parseResourceId(id)?.base ?? '')].filter((base) => base !== ''));
}

type Known = Pick<GenerationRecord, 'name' | 'identity' | 'generation' | 'revision' | 'requestId'>;

export function fromDescription(job: JobDescription, { name, identity, generation, revision, requestId }: Known): ObservedJob {
  const { id, arn, status, counters, createdAt, endedAt, failureReason, priority, activeSeconds, reportUri, manifest, reportsAllTasks } = job;
  return {
    id,
    name,
    arn,
    identity,
    generation,
    revision,
    requestId,
    status,
    state: jobState('s3batch', status),
    counters,
    createdAt,
    endedAt,
    failureReason,
    priority,
    activeSeconds,
    outputUri: reportUri,
    outputPath: reportUri?.replace(/[^/]*$/, '') ?? '',
    manifest,
    reportsAllTasks,
  };
}

function forgotten({ name, identity, generation, revision, requestId, arn, intendedAt }: GenerationRecord, now: number): ObservedJob {
  return {
    id: '',
    name,
    arn: arn!,
    identity,
    generation,
    revision,
    requestId,
    status: FORGOTTEN,
    state: JobState.COMPLETED,
    counters: NO_COUNTERS,
    createdAt: intendedAt,
    endedAt: now,
    outputPath: '',
  };
}

/** The generations of an identity, the newest first. */
export function generationsOf(jobs: readonly ObservedJob[], identity: string | undefined): ObservedJob[] {
  return jobs.filter((job) => job.identity === identity).sort((a, b) => b.generation - a.generation);
}
