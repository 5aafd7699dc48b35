import { isOwn, requestIdTag, revisionTag } from './ownership';
import { CreateRequest, JobDescription, Ports } from './ports';
import { RELEASED_TAG } from '../../src/groundtruth/private/labeling-job-contract';
import { parseJobName, parseResourceId } from '../../src/model/groundtruth/names';
import { jobState } from '../../src/model/job-state';
import { GenerationRecord, Ledger, Tags } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { ActualJob, Leftovers } from '../../src/model/plan';
import { endedJob, needsLeftovers } from '../../src/model/reconcile';
import { isAccessDenied, UserError } from '../shared/errors';
import { log } from '../shared/log';
import { under } from '../shared/s3-uri';

/** A job that is ours, as the planner and the ledger see it. */
export type ObservedJob = ActualJob & { readonly requestId: string; readonly tags?: Tags; readonly labelAttribute?: string };

/**
 * All jobs of a resource: by name, and by the ledger, which also knows those that the listing does not show yet. What the ledger
 * knows to have ended is not asked for again. A foreign job never leaves this function.
 */
export async function observe(ports: Ports, ledger: Ledger, nameBase: string): Promise<ObservedJob[]> {
  const names = new Set(ledger.generations.map((generation) => generation.name));
  for (const base of bases(ledger, nameBase)) {
    // a substring filter: the rest of the name is compared here
    for await (const name of ports.jobs.namesContaining(base)) if (parseJobName(name)?.base === base) names.add(name);
  }
  const observed: ObservedJob[] = [];
  for (const name of names) {
    const job = await observeOne(ports, ledger, name);
    if (job) observed.push(job);
  }
  return observed;
}

/** All that a look at one job needs. */
export interface Describing {
  readonly jobs: Pick<Ports['jobs'], 'describe'>;
}

/** The job of this name, if it is ours. */
export async function observeOne(ports: Describing, ledger: Ledger, name: string): Promise<ObservedJob | undefined> {
  const known = findGeneration(ledger, name);
  if (known?.released) return undefined;
  if (known?.end) return endedJob(known);
  const job = await ports.jobs.describe(name);
  if (!job) return undefined;
  if (job.arn === known?.arn || isOwn(job, ledger.owner)) return fromDescription(job, known);
  log('a job of this name belongs to somebody else and is left alone', { name, arn: job.arn });
  return undefined;
}

/** The construct's path is part of the base, so it changes hardly ever; where it does, the jobs under the old one are still ours. */
function bases(ledger: Ledger, nameBase: string): Set<string> {
  const known = [...ledger.generations.map((generation) => parseJobName(generation.name)?.base), parseResourceId(ledger.desired?.id ?? '')?.base];
  return new Set([nameBase, ...known.filter((base) => base !== undefined)].filter((base) => base !== ''));
}

export function fromDescription(job: JobDescription, known: GenerationRecord | undefined): ObservedJob {
  // an adopted job has a name of its own
  const { identity, generation } = known ?? parseJobName(job.name)!;
  const { name, arn, status, counters, createdAt, modifiedAt, failureReason, outputUri, outputPath, finalModelArn } = job;
  const request = job.request as Partial<CreateRequest> | undefined;
  return {
    name,
    arn,
    identity,
    generation,
    status,
    counters,
    createdAt,
    failureReason,
    outputUri,
    outputPath,
    finalModelArn,
    // an intention says what we were about to ask for; the tags say what the service was asked for
    revision: known?.arn !== undefined ? known.revision : revisionTag(job),
    requestId: known?.arn !== undefined ? known.requestId : requestIdTag(job),
    endedAt: modifiedAt,
    state: jobState('groundtruth', status),
    stream: known?.streamSource !== undefined || request?.InputConfig?.DataSource?.SnsDataSource !== undefined ? {} : undefined,
    labelAttribute: request?.LabelAttributeName,
    tags: job.tags[RELEASED_TAG] === undefined ? {} : { [RELEASED_TAG]: job.tags[RELEASED_TAG] },
  };
}

/** Looks into the output of the job, if there is one, whose end has to be followed by another generation. */
export async function withLeftovers(ports: Pick<Ports, 'objects'>, ledger: Ledger, jobs: readonly ObservedJob[]): Promise<ObservedJob[]> {
  const ended = needsLeftovers(ledger, jobs);
  if (!ended) return [...jobs];
  const leftovers = await lookInto(ports, ended);
  return jobs.map((job) => (job === ended ? { ...job, leftovers } : job));
}

async function lookInto(ports: Pick<Ports, 'objects'>, job: ActualJob): Promise<Leftovers> {
  try {
    const outputManifest = await ports.objects.exists(outputManifestUri(job));
    // a manifest has every label that was consolidated: where there is one, nothing else is asked
    const annotations = under(job.outputPath, `${job.name}/annotations/consolidated-annotation/`);
    return { outputManifest, consolidatedAnnotations: outputManifest || await ports.objects.anyUnder(annotations) };
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    throw new UserError(`the labels of ${job.name} at ${job.outputPath} may not be read, so it is not known what is left: `
      + 'name that bucket in "formerOutputBuckets", and let its key and policy allow the handlers', error);
  }
}

/** Where the service writes it, whether or not it says so yet. */
export function outputManifestUri(job: Pick<ActualJob, 'name' | 'outputUri' | 'outputPath'>): string {
  return job.outputUri || under(job.outputPath, `${job.name}/manifests/output/output.manifest`);
}

export function newestOf(jobs: readonly ObservedJob[], identity: string): ObservedJob | undefined {
  return jobs.filter((job) => job.identity === identity).sort((a, b) => b.generation - a.generation)[0];
}
