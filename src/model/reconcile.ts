import { remainingConditions, StoppingConditions } from './conditions';
import { isUntouched, objectsLeft, sumCounters } from './counters';
import { EndReason, endReason } from './end-reason';
import { JobState } from './job-state';
import { DesiredVersion, GenerationRecord, Ledger } from './ledger';
import { ActualJob, endJob, isSettled, merge, note, NOTHING, Plan, Resume, wait } from './plan';

/**
 * Desired + actual + ledger -> plan: the one place that decides what happens to jobs. It is a pure function; whoever carries the
 * plan out observes again afterwards, so a plan needs no memory, and applied twice it does nothing the second time.
 *
 * It sees owned jobs only: who owns a job is decided by names and tags before it gets here, and a foreign job never does.
 */
export function reconcile(ledger: Ledger, shown: readonly ActualJob[]): Plan {
  const jobs = [...shown, ...ledger.generations.filter((one) => one.end && !shown.some((job) => job.name === one.name)).map(endedJob)];
  const unknown = jobs.find((job) => job.state === undefined);
  if (unknown) return { ...NOTHING, error: `${unknown.name} is in state ${JSON.stringify(unknown.status)}, which this version does not know` };
  const { desired } = ledger;
  if (!desired) return merge(jobs.map((job) => endJob(job, 'no longer desired')));

  const grave = ledger.tombstones.find((tombstone) => tombstone.identity === desired.identity);
  if (grave) return { ...NOTHING, error: `${desired.id} was deleted by request ${grave.requestId}: nothing is created for it` };

  const own = jobs.filter((job) => job.identity === desired.identity).sort((a, b) => b.generation - a.generation);
  const others = jobs.filter((job) => job.identity !== desired.identity && !(desired.overlap && isReplaced(job, desired)));
  const [newest, ...older] = own;
  const refusal = own.length === 0 ? replacementRefusal(desired, jobs) : undefined;
  if (refusal) return { ...NOTHING, error: refusal };

  const ended = merge([
    ...older.map((job) => endJob(job, `superseded by ${newest.name}`)),
    ...others.map((job) => endJob(job, `replaced by ${desired.id}`)),
  ]);
  const vanished = missing(ledger, jobs);
  if (vanished) return merge([ended, wait(`${vanished} to be shown by the service`)]);
  const next = planNewest(ledger, desired, newest, own);
  // never two jobs at once on the same objects: whatever starts, starts after the others have ended
  return isSettled(ended) ? next : merge([ended, { ...next, steps: next.steps.filter((step) => step.kind !== 'create') }]);
}

/** The columns of the table for the newest generation of the desired identity. */
function planNewest(ledger: Ledger, desired: DesiredVersion, newest: ActualJob | undefined, own: readonly ActualJob[]): Plan {
  if (!newest) return { ...NOTHING, steps: [{ kind: 'create', generation: 1 }] };
  const same = newest.revision === desired.revision;
  switch (newest.state!) {
    case JobState.PENDING:
      return same ? keep(ledger, desired, newest) : wait(`${newest.name} to start, before it is stopped`);
    case JobState.RUNNING:
    case JobState.IN_REVIEW:
    case JobState.AWAITING_APPROVAL:
      return same ? keep(ledger, desired, newest) : endJob(newest, 'its settings change');
    case JobState.STOPPING:
      return wait(`${newest.name} to stop`);
    case JobState.COMPLETED:
      return merge([keep(ledger, desired, newest), completed(newest, same)]);
    case JobState.FAILED:
      return same ? merge([keep(ledger, desired, newest), note(failure(newest))]) : resume(ledger, desired, newest, own);
    case JobState.STOPPED:
      return stopped(ledger, desired, newest, own, same);
  }
}

function stopped(ledger: Ledger, desired: DesiredVersion, newest: ActualJob, own: readonly ActualJob[], same: boolean): Plan {
  const reason = endReason({
    stoppedByUs: record(ledger, newest)?.stop !== undefined,
    conditions: conditionsOf(desired),
    counters: newest.counters,
    createdAt: newest.createdAt,
    endedAt: newest.endedAt,
  });
  const leave: Readonly<Record<EndReason, string | undefined>> = {
    'our-stop': undefined,
    'age': undefined,
    'condition': `${newest.name} has met a stopping condition`,
    'person': `${newest.name} was stopped outside of this stack and is left as it is, with ${objectsLeft(newest.counters)} objects unlabeled`,
  };
  const report = leave[reason];
  return same && report !== undefined ? merge([keep(ledger, desired, newest), note(report)]) : resume(ledger, desired, newest, own);
}

/** The next generation on what is left; where that is not known for certain, a report: an object must not be labeled twice. */
function resume(ledger: Ledger, desired: DesiredVersion, newest: ActualJob, own: readonly ActualJob[]): Plan {
  const left = objectsLeft(newest.counters);
  const leave = (why: string) => merge([keep(ledger, desired, newest), note(`${newest.name} is not resumed: ${why}`)]);
  if (left === 0 && newest.counters.totalLabeled > 0) return leave('no object is left');
  const conditions = remainingConditions(conditionsOf(desired), sumCounters(own.map((job) => job.counters)), left);
  if (!conditions) return leave('its stopping conditions are met');
  const read = whatToRead(newest);
  if (!read) return leave('it left no output manifest, and some of its objects may be labeled');
  return { ...NOTHING, steps: [{ kind: 'create', generation: newest.generation + 1, resume: { name: newest.name, read, objectsLeft: left, conditions } }] };
}

function whatToRead(job: ActualJob): Resume['read'] | undefined {
  if (job.leftovers?.outputManifest) return 'output-manifest';
  return job.leftovers && isUntouched(job.counters) && !job.leftovers.consolidatedAnnotations ? 'own-input' : undefined;
}

/** Whether `leftovers` of this job decide about the plan. */
export function needsLeftovers(job: ActualJob): boolean {
  return job.state === JobState.STOPPED || job.state === JobState.FAILED;
}

function keep(ledger: Ledger, desired: DesiredVersion, job: ActualJob): Plan {
  const present = record(ledger, job)?.tags ?? {};
  const set = Object.fromEntries(Object.entries(desired.tags).filter(([key, value]) => present[key] !== value));
  const remove = Object.keys(present).filter((key) => !Object.hasOwn(desired.tags, key));
  if (Object.keys(set).length === 0 && remove.length === 0) return NOTHING;
  return { ...NOTHING, steps: [{ kind: 'tag', name: job.name, set, remove }] };
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

function completed(job: ActualJob, same: boolean): Plan {
  const { failedNonRetryableError: failed, unlabeled } = job.counters;
  return merge([
    same ? NOTHING : note(`${job.name} has completed: the changed settings take effect on no job`),
    failed + unlabeled > 0 ? note(`${job.name} has completed with ${failed} objects failed and ${unlabeled} unlabeled`) : NOTHING,
  ]);
}

function failure(job: ActualJob): string {
  return `${job.name} has failed: ${job.failureReason ?? 'the service gives no reason'}`;
}

/** A generation that the service has accepted and does not show: it lags, and making another one would label twice. */
function missing(ledger: Ledger, jobs: readonly ActualJob[]): string | undefined {
  const shown = new Set(jobs.map((job) => job.name));
  return ledger.generations.find((one) => one.arn !== undefined && !shown.has(one.name))?.name;
}

/** A job that has ended never changes: where the service does not show it any more, it is as the ledger recorded it. */
export function endedJob(known: GenerationRecord): ActualJob & { readonly requestId: string } {
  const { name, arn, identity, generation, revision, requestId, end } = known;
  return { name, arn: arn!, identity, generation, revision, requestId, ...end! };
}

/** Whether the job belongs to the id with which the request came in. */
function isReplaced(job: ActualJob, desired: DesiredVersion): boolean {
  return job.identity !== desired.identity && desired.replaces !== undefined && job.name.startsWith(`${desired.replaces}-r`);
}

function conditionsOf(desired: DesiredVersion): StoppingConditions {
  return (desired.request.StoppingConditions ?? {}) as StoppingConditions;
}

function record(ledger: Ledger, job: ActualJob): GenerationRecord | undefined {
  return ledger.generations.find((one) => one.name === job.name);
}
