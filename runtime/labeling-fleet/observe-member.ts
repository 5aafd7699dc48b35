import { JobSummary } from './ports';
import { hasEnded, jobState } from '../../src/model/job-state';
import { GenerationRecord, Ledger } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { endedJob } from '../../src/model/reconcile';
import { Describing, fromDescription, ObservedJob, observeOne } from '../labeling-job/observe';

/**
 * All jobs of a member, with as few calls as can be: what the ledger knows to have ended is not asked for again, a job that the ledger
 * knows is as the listing shows it, and only the others are described: unknown ones for their tags, adopted ones because their names
 * are not listed with ours, and those that the listing does not show yet.
 */
export async function observeMember(jobs: Describing['jobs'], ledger: Ledger, listed: readonly JobSummary[]): Promise<ObservedJob[]> {
  const names = new Set(listed.map(({ name }) => name));
  const unlisted = ledger.generations.filter(({ name }) => !names.has(name));
  const observed = await Promise.all([
    ...listed.map((summary) => observeListed(jobs, ledger, summary)),
    ...unlisted.map((known) => (known.end ? endedJob(known) : observeOne({ jobs }, ledger, known.name))),
  ]);
  return observed.filter((job) => job !== undefined);
}

async function observeListed(jobs: Describing['jobs'], ledger: Ledger, summary: JobSummary): Promise<ObservedJob | undefined> {
  const known = findGeneration(ledger, summary.name);
  if (known?.end) return endedJob(known);
  return (known?.arn === summary.arn ? fromSummary(summary, known) : undefined) ?? observeOne({ jobs }, ledger, summary.name);
}

/** The listing has all but where a job writes. For one that has ended that is told by its output, if it has any. */
function fromSummary(summary: JobSummary, known: GenerationRecord): ObservedJob | undefined {
  const state = jobState('groundtruth', summary.status);
  const outputPath = outputPathOf(summary);
  if (state !== undefined && hasEnded(state) && outputPath === undefined) return undefined;
  return fromDescription({ ...summary, outputPath: outputPath ?? '', tags: {} }, known);
}

function outputPathOf({ name, outputUri }: JobSummary): string | undefined {
  const end = `/${name}/manifests/output/output.manifest`;
  return outputUri?.endsWith(end) ? outputUri.slice(0, -end.length) : undefined;
}

/** Descriptions, each asked for once: who a job is, and in what it differs from its declaration, stand in the same answer. */
export function rememberDescriptions(jobs: Describing['jobs']): Describing['jobs'] {
  const known = new Map<string, ReturnType<Describing['jobs']['describe']>>();
  return {
    describe: (name) => {
      const described = known.get(name) ?? jobs.describe(name);
      known.set(name, described);
      return described;
    },
  };
}
