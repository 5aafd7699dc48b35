import { ObservedJob } from './observe';
import { JobManifest, Ports } from './ports';
import { hasEnded, JobState } from '../../src/model/job-state';
import { Ledger } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { Leftovers } from '../../src/model/plan';
import { needsLeftovers } from '../../src/model/reconcile';
import { isAccessDenied, UserError } from '../shared/errors';
import { parseS3Uri } from '../shared/s3-uri';

/** Succeeded rows that a function can compare with a manifest within its time. */
const MOST_SUCCEEDED = 30_000_000;

/** What tells which rows a job has left. */
export interface RestSource {
  /** Of a report of all tasks. */
  readonly reportUri?: string;
  readonly manifest?: JobManifest;
}

/** Looks for the report of the job, if there is one, whose end has to be followed by another generation. */
export async function withLeftovers(ports: Ports, ledger: Ledger, jobs: readonly ObservedJob[]): Promise<ObservedJob[]> {
  const ended = needsLeftovers(ledger, jobs);
  if (!ended || !hasEnded(ended.state!)) return [...jobs];
  const leftovers = await lookFor(jobs.find(({ name }) => name === ended.name)!, ledger, ports);
  return jobs.map((job) => (job.name === ended.name ? { ...job, leftovers } : job));
}

/** In the planner's words: a readable rest is an output manifest, a job that has run tasks has annotations. */
async function lookFor(job: ObservedJob, ledger: Ledger, ports: Ports): Promise<Leftovers> {
  const { totalLabeled, failedNonRetryableError } = job.counters;
  if (totalLabeled + failedNonRetryableError === 0) return { outputManifest: false, consolidatedAnnotations: false };
  const { reportUri, manifest } = await restSource(job, ledger, ports);
  const comparable = job.state === JobState.COMPLETED || (manifest !== undefined && totalLabeled <= MOST_SUCCEEDED);
  return { outputManifest: reportUri !== undefined && comparable && await exists(reportUri, job, ports), consolidatedAnnotations: true };
}

/** As the service describes the job; where it has forgotten it, as the ledger knows the request. */
export async function restSource(job: ObservedJob, ledger: Ledger, ports: Ports): Promise<RestSource> {
  const described = job.id === '' ? undefined : await ports.jobs.describe(job.id);
  if (described) return { reportUri: described.reportsAllTasks ? described.reportUri : undefined, manifest: described.manifest };
  const request = findGeneration(ledger, job.name)?.request;
  const { ReportScope } = (request?.Report ?? {}) as { readonly ReportScope?: string };
  return { reportUri: ReportScope === 'AllTasks' ? job.outputUri : undefined, manifest: request?.Manifest as JobManifest | undefined };
}

async function exists(reportUri: string, { name }: ObservedJob, ports: Ports): Promise<boolean> {
  try {
    return await ports.files.head(parseS3Uri(reportUri)) !== undefined;
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    throw new UserError(`the report of ${name} at ${reportUri} may not be read, so it is not known what is left: let its bucket's policy and its key allow the handlers`, error);
  }
}
