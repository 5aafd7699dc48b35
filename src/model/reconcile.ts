import { sumCounters } from './counters';
import { hasEnded } from './job-state';
import { DesiredVersion, GenerationRecord, Ledger } from './ledger';
import { findGeneration } from './ledger-transitions';
import { planNewest } from './newest-generation';
import { ActualJob, endJob, isSettled, merge, NOTHING, Plan, wait } from './plan';
import { traitsOf } from './system-traits';

/**
 * Desired + actual + ledger -> plan: the one place that decides what happens to jobs. It is a pure function; whoever carries the
 * plan out observes again afterwards, so a plan needs no memory, and applied twice it does nothing the second time.
 *
 * It sees owned jobs only: who owns a job is decided by names and tags before it gets here, and a foreign job never does.
 */
export function reconcile(ledger: Ledger, shown: readonly ActualJob[]): Plan {
  const jobs = allJobs(ledger, shown);
  const unknown = jobs.find((job) => job.state === undefined);
  if (unknown) return { ...NOTHING, error: `${unknown.name} is in state ${JSON.stringify(unknown.status)}, which this version does not know` };
  const { desired } = ledger;
  if (!desired) return merge(jobs.map((job) => letGo(ledger, job)));

  const grave = ledger.tombstones.find((tombstone) => tombstone.identity === desired.identity);
  if (grave) return { ...NOTHING, error: `${desired.id} was deleted by request ${grave.requestId}: nothing is created for it` };

  const own = ownJobs(ledger, desired, jobs);
  const [newest, ...older] = own;
  const refusal = own.length === 0 ? replacementRefusal(desired, jobs) : undefined;
  if (refusal) return { ...NOTHING, error: refusal };

  const others = jobs.filter((job) => job.identity !== desired.identity && !(desired.overlap && isReplaced(job, desired)));
  const ended = merge([
    ...older.map((job) => endJob(job, `superseded by ${newest.name}`, traitsOf(ledger))),
    ...others.map((job) => leaveBehind(ledger, desired, job)),
    ...ledger.generations.filter((one) => one.released && one.name !== desired.adopt).map(({ name }) => giveBack(name)),
  ]);
  const adoption = planAdoption(ledger, desired, own);
  if (adoption) return adoption.error === undefined ? merge([ended, adoption]) : adoption;
  const vanished = missing(ledger, jobs);
  if (vanished) return merge([ended, wait(`${vanished} to be shown by the service`)]);
  const next = planNewest(ledger, desired, own);
  // never two jobs at once on the same objects: whatever starts, starts after the others have ended
  return isSettled(ended) ? next : merge([ended, { ...next, steps: next.steps.filter((step) => step.kind !== 'create') }]);
}

/** What the service shows, and what the ledger remembers of jobs that it does not show any more; but no job that was given back. */
function allJobs(ledger: Ledger, shown: readonly ActualJob[]): ActualJob[] {
  const remembered = ledger.generations.filter((one) => one.end && !shown.some((job) => job.name === one.name)).map(endedJob);
  return [...shown, ...remembered].filter((job) => !findGeneration(ledger, job.name)?.released);
}

/** The job whose `leftovers` decide about the plan: only the one that would be followed by a next generation. */
export function needsLeftovers(ledger: Ledger, shown: readonly ActualJob[]): ActualJob | undefined {
  const leftovers = { outputManifest: true, consolidatedAnnotations: true };
  const { steps } = reconcile(ledger, shown.map((job) => ({ ...job, leftovers })));
  const names = steps.map((step) => (step.kind === 'create' && step.resume?.read !== 'nothing' ? step.resume?.name : undefined));
  return shown.find((job) => names.includes(job.name));
}

/** The generations of the desired identity, the newest first. */
export function ownJobs<Job extends ActualJob>(ledger: Ledger, desired: DesiredVersion, jobs: readonly Job[]): Job[] {
  const adopted = (job: Job) => Number(findGeneration(ledger, job.name)?.adopted ?? false);
  return jobs.filter((job) => job.identity === desired.identity).sort((a, b) => b.generation - a.generation || adopted(b) - adopted(a));
}

/** An adopted job has a name of its own, so the ledger alone says whether it was taken over. */
function planAdoption(ledger: Ledger, { adopt, id }: DesiredVersion, own: readonly ActualJob[]): Plan | undefined {
  const known = adopt === undefined ? undefined : findGeneration(ledger, adopt);
  if (adopt === undefined || (known?.arn !== undefined && !known.released)) return undefined;
  const first = own.find((job) => job.generation === 1 && job.name !== adopt);
  if (first) {
    return { ...NOTHING, error: `${id} has a job already, ${first.name}: only a resource that never had one can adopt ${adopt}; declare another resource for it` };
  }
  return { ...NOTHING, steps: [{ kind: 'adopt', name: adopt }] };
}

/** What was replaced is stopped; but who takes an adoption back (a rollback) never had the right to stop that job. */
function leaveBehind(ledger: Ledger, desired: DesiredVersion, job: ActualJob): Plan {
  const adopted = findGeneration(ledger, job.name)?.adopted ?? false;
  if (!adopted || !desired.returning || hasEnded(job.state!)) return endJob(job, `replaced by ${desired.id}`, traitsOf(ledger));
  return giveBack(job.name);
}

/** To take the declaration of an adopted job back is not to end work that somebody else began. */
function letGo(ledger: Ledger, job: ActualJob): Plan {
  const adopted = findGeneration(ledger, job.name)?.adopted ?? false;
  return adopted && !hasEnded(job.state!) ? giveBack(job.name) : endJob(job, 'no longer desired', traitsOf(ledger));
}

function giveBack(name: string): Plan {
  return { ...NOTHING, steps: [{ kind: 'release', name, why: 'its adoption was taken back' }] };
}

/** Another identity on a job that has labels needs the user's word, and so does one that got labels after we looked. */
function replacementRefusal(desired: DesiredVersion, jobs: readonly ActualJob[]): string | undefined {
  if (desired.mayReplaceLabels || desired.returning) return undefined;
  return identityChangeRefusal(jobs.filter((job) => isReplaced(job, desired)));
}

export function identityChangeRefusal(replaced: ReadonlyArray<Pick<ActualJob, 'name' | 'counters'>>): string | undefined {
  const labeled = replaced.filter((job) => job.counters.totalLabeled > 0);
  if (labeled.length === 0) return undefined;
  const count = sumCounters(labeled.map((job) => job.counters)).totalLabeled;
  return `${labeled.map((job) => job.name).join(', ')} has ${count} labeled objects, and the change of input, label attribute, label categories or task type `
    + 'would label them again: undo it, or set "relabel" to a value that it did not have before';
}

/** A generation that the service has accepted and does not show: it lags, and making another one would label twice. */
function missing(ledger: Ledger, jobs: readonly ActualJob[]): string | undefined {
  const shown = new Set(jobs.map((job) => job.name));
  return ledger.generations.find((one) => one.arn !== undefined && !one.released && !shown.has(one.name))?.name;
}

/** A job that has ended never changes: where the service does not show it any more, it is as the ledger recorded it. */
export function endedJob(known: GenerationRecord): ActualJob & { readonly requestId: string } {
  const { name, arn, identity, generation, revision, requestId, end } = known;
  return { name, arn: arn!, identity, generation, revision, requestId, ...end! };
}

/** Whether the job belongs to the id with which the request came in. An adopted job has that id in the ledger only, by its identity. */
function isReplaced(job: ActualJob, desired: DesiredVersion): boolean {
  return job.identity !== desired.identity && (desired.replaces?.endsWith(`-${job.identity}`) ?? false);
}
