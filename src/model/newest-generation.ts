import { conditionsOf, remainingConditions } from './conditions';
import { isUntouched, objectsLeft, sumCounters } from './counters';
import { attemptsMade, Ending, howEnded } from './ending';
import { hasEnded, JobState } from './job-state';
import { DesiredVersion, Ledger } from './ledger';
import { findGeneration } from './ledger-transitions';
import { ActualJob, endJob, merge, note, NOTHING, Plan, Resume, wait } from './plan';
import { DEFAULT_RESUME_POLICY } from './resume-policy';
import { SystemTraits, traitsOf } from './system-traits';
import { isTransientReason } from './transient-reason';

/** The columns of the table for the newest generation of the desired identity; `own` are all of them, the newest first. */
export function planNewest(ledger: Ledger, desired: DesiredVersion, own: readonly ActualJob[]): Plan {
  const [newest] = own;
  const wanted = desired.desiredState ?? 'RUNNING';
  if (!newest) return wanted === 'RUNNING' ? { ...NOTHING, steps: [{ kind: 'create', generation: 1 }] } : note(`${desired.id} is not started: its desired state is ${wanted}`);
  if (hasEnded(newest.state!)) return planEnded(ledger, desired, newest, own);
  if (wanted === 'STOPPED') return endJob(newest, 'its desired state is STOPPED', traitsOf(ledger));
  if (newest.state === JobState.STOPPING) return wait(`${newest.name} to stop`);
  if (wanted === 'DRAINED' && newest.stream) return planDrained(ledger, desired, newest);
  if (newest.revision === desired.revision) return keep(ledger, desired, newest);
  if (wanted === 'DRAINED') return merge([keep(ledger, desired, newest), note(`${newest.name} goes on with its former settings: its desired state is DRAINED`)]);
  const { restartsForSettings } = traitsOf(ledger);
  if (!restartsForSettings) return merge([keep(ledger, desired, newest), note(`${newest.name} goes on with its former settings: the changed ones are for a next generation`)]);
  return endJob(newest, 'its settings change');
}

/** Its objects are let go on with, and that may take people days: no deployment waits for it. */
function planDrained(ledger: Ledger, desired: DesiredVersion, newest: ActualJob): Plan {
  if (newest.stream?.open === false) return endJob(newest, 'its desired state is DRAINED, and nothing is open');
  return merge([keep(ledger, desired, newest), note(`${newest.name} is stopped when nothing is open any more: its desired state is DRAINED`)]);
}

function planEnded(ledger: Ledger, desired: DesiredVersion, newest: ActualJob, own: readonly ActualJob[]): Plan {
  const ending = howEnded(ledger, desired, newest, own);
  const same = newest.revision === desired.revision;
  const traits = traitsOf(ledger);
  const report = reportOf(ending, newest, same, traits);
  const leave = merge([keep(ledger, desired, newest), ...report.map(note)]);
  if (ending === 'completed') return leave;
  // who changes the settings of a job wants it to go on, however it ended; a completed one is taken up again by policy only
  const goesOn = (ending !== 'incomplete' || traits.retakesIncomplete) && !same;
  if (!goesOn && !isResumedByPolicy(ending, desired, newest)) return leave;
  if (goesOn || ending === 'age' || ending === 'our-stop') return resume(ledger, desired, newest, own);
  const { maxAttempts } = policyOf(desired);
  const made = attemptsMade(ledger, desired, own);
  if (made < maxAttempts) return resume(ledger, desired, newest, own);
  return merge([leave, note(`${newest.name} is not resumed: ${made} of ${maxAttempts} further attempts were made; change "attempt" to grant as many again`)]);
}

function isResumedByPolicy(ending: Ending, desired: DesiredVersion, job: ActualJob): boolean {
  const { failed, stopped, aged, incomplete } = policyOf(desired);
  switch (ending) {
    case 'failed': return failed === 'ALWAYS' || (failed === 'TRANSIENT' && isTransientReason(job.failureReason));
    case 'person': return stopped === 'RESUME';
    case 'age': return aged === 'RESUME';
    case 'incomplete': return incomplete === 'RETRY';
    case 'our-stop': return true;
    case 'condition':
    case 'completed': return false;
  }
}

function policyOf(desired: DesiredVersion) {
  return desired.resume ?? DEFAULT_RESUME_POLICY;
}

/** What a user should know of a job that is left as it ended. */
function reportOf(ending: Ending, job: ActualJob, same: boolean, { items, undone }: SystemTraits): string[] {
  const { failedNonRetryableError: failed, unlabeled } = job.counters;
  const unchanged = same ? [] : [`${job.name} has completed: the changed settings take effect on no job`];
  switch (ending) {
    case 'completed': return unchanged;
    case 'incomplete': return [...unchanged, `${job.name} has completed with ${failed} ${items} failed and ${unlabeled} ${undone}`];
    case 'failed': return [`${job.name} has failed: ${job.failureReason ?? 'the service gives no reason'}`];
    case 'person': return [`${job.name} was stopped outside of this stack and is left as it is, with ${objectsLeft(job.counters)} ${items} ${undone}`];
    case 'age': return [job.stream ? `${job.name} was ended by the service` : `${job.name} has reached the age at which the service ends a job, with ${objectsLeft(job.counters)} ${items} ${undone}`];
    case 'condition': return [`${job.name} has met a stopping condition`];
    case 'our-stop': return [];
  }
}

/** The next generation on what is left; where that is not known for certain, a report: an object must not be labeled twice. */
function resume(ledger: Ledger, desired: DesiredVersion, newest: ActualJob, own: readonly ActualJob[]): Plan {
  if (newest.stream) return goOn(ledger, desired, newest);
  const left = objectsLeft(newest.counters);
  const leave = (why: string) => merge([keep(ledger, desired, newest), note(`${newest.name} is not resumed: ${why}`)]);
  if (left === 0 && newest.counters.totalLabeled > 0) return leave('no object is left');
  const { desiredState = 'RUNNING' } = desired;
  if (desiredState !== 'RUNNING') return leave(`its desired state is ${desiredState}, ${left} objects are left`);
  const conditions = remainingConditions(conditionsOf(desired.request), sumCounters(own.map((job) => job.counters)), left);
  if (!conditions) return leave('its stopping conditions are met');
  const read = whatToRead(newest);
  if (!read) return leave(traitsOf(ledger).unknownRest);
  return { ...NOTHING, steps: [{ kind: 'create', generation: newest.generation + 1, resume: { name: newest.name, read, objectsLeft: left, conditions } }] };
}

/** A stream goes on whether or not anything is left at the moment. What is left of one with an intake comes from its store. */
function goOn(ledger: Ledger, desired: DesiredVersion, newest: ActualJob): Plan {
  const { desiredState = 'RUNNING' } = desired;
  if (desiredState !== 'RUNNING') return merge([keep(ledger, desired, newest), note(`${newest.name} is not renewed: its desired state is ${desiredState}`)]);
  const source = findGeneration(ledger, newest.name)?.streamSource ?? desired.stream;
  const read = (source?.kind === 'TOPIC' ? whatToRead(newest) : undefined) ?? 'nothing';
  const from: Resume = { name: newest.name, read, objectsLeft: objectsLeft(newest.counters), conditions: {}, stream: true };
  return { ...NOTHING, steps: [{ kind: 'create', generation: newest.generation + 1, resume: from }], notes: source?.kind === 'TOPIC' ? unknownObjects(newest, read) : [] };
}

/** What a job has taken from its queue stands in its output manifest alone. */
function unknownObjects({ name, counters }: ActualJob, read: Resume['read']): string[] {
  const left = objectsLeft(counters);
  if (read === 'output-manifest' || left === 0) return [];
  return [`${name} left no output manifest: which ${left} objects it had taken from its queue is not known any more, send them again`];
}

function whatToRead(job: ActualJob): Resume['read'] | undefined {
  if (job.leftovers?.outputManifest) return 'output-manifest';
  return job.leftovers && isUntouched(job.counters) && !job.leftovers.consolidatedAnnotations ? 'own-input' : undefined;
}

function keep(ledger: Ledger, desired: DesiredVersion, job: ActualJob): Plan {
  const present = findGeneration(ledger, job.name)?.tags ?? {};
  const set = Object.fromEntries(Object.entries(desired.tags).filter(([key, value]) => present[key] !== value));
  const remove = Object.keys(present).filter((key) => !Object.hasOwn(desired.tags, key));
  if (Object.keys(set).length === 0 && remove.length === 0) return NOTHING;
  return { ...NOTHING, steps: [{ kind: 'tag', name: job.name, set, remove }] };
}
