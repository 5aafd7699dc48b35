import { ObservedJob } from './observe';
import { Ports } from './ports';
import { Ledger } from '../../src/model/ledger';
import { Leftovers } from '../../src/model/plan';
import { needsLeftovers } from '../../src/model/reconcile';

/** Looks for the report of the job, if there is one, whose end has to be followed by another generation. */
export async function withLeftovers(_ports: Ports, ledger: Ledger, jobs: readonly ObservedJob[]): Promise<ObservedJob[]> {
  const ended = needsLeftovers(ledger, jobs);
  if (!ended) return [...jobs];
  const leftovers: Leftovers = { outputManifest: false, consolidatedAnnotations: false };
  return jobs.map((job) => (job.name === ended.name ? { ...job, leftovers } : job));
}
