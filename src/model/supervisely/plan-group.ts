import type { GroupJob } from './group-job';
import { type GroupPlan, merge, NOTHING, retire } from './group-steps';
import type { SuperviselyJobStatus } from './limits';
import { planJoiner, takeovers } from './plan-joiners';
import { planLine } from './plan-line';
import type { SuperviselyResumePolicy } from './resume-policy';

/** The version that a group should have, all names looked up. */
export interface DesiredGroup {
  readonly id: string;
  readonly identity: string;
  readonly revision: string;
  /** User ids, in the declared order. */
  readonly labelers: readonly number[];
  /** Those of them for whom the declared selection of images had none when their job was to be made. */
  readonly withoutImages?: readonly number[];
  readonly desiredStatus?: SuperviselyJobStatus;
  /** Hashes of what is changed in place. */
  readonly settingsHash: string;
  readonly customDataHash: string;
  readonly resume: SuperviselyResumePolicy;
  readonly mayReplaceLabels: boolean;
  readonly returning: boolean;
  /** The identity with which the request came in. */
  readonly replaces?: string;
}

/** Jobs that the ledger knows and the server does not show: somebody has removed them. */
export interface RemovedJob {
  readonly name: string;
  readonly userId: number;
  readonly generation: number;
  readonly revision: string;
}

/**
 * Desired + actual -> plan, for a group of jobs: a pure function, and applied twice it does nothing the second time. Each labeler has a line of
 * jobs, of which the newest counts. The sibling of `reconcile` for a server whose jobs can be edited, reopened and removed.
 */
export function planGroup(desired: DesiredGroup, jobs: readonly GroupJob[], removed: readonly RemovedJob[]): GroupPlan {
  const own = jobs.filter((job) => job.identity === desired.identity);
  const refusal = own.length === 0 ? replacementRefusal(desired, jobs) : undefined;
  if (refusal !== undefined) return { ...NOTHING, error: refusal };
  const lines = linesOf(own);
  const taken = takeovers(own);
  const ended = merge([
    ...jobs.filter((job) => job.identity !== desired.identity).map((job) => retire(job, `replaced by ${desired.id}`)),
    ...[...lines.values()].flatMap(([newest, ...older]) => older.map((job) => retire(job, `superseded by ${newest.name}`))),
    ...[...lines].filter(([userId]) => !desired.labelers.includes(userId)).map(([, [newest]]) => retire(newest, 'its labeler is declared no more')),
  ]);
  // never two jobs at once on the same images: whatever starts, starts after the others have ended
  if (ended.steps.length > 0) return ended;
  const leavers = [...lines].filter(([userId]) => !desired.labelers.includes(userId)).map(([, [newest]]) => newest)
    .filter((job) => job.stoppedByUs && job.status === 'stopped' && !taken.has(job.name) && (job.left?.length ?? 0) > 0);
  const plans = desired.labelers.map((userId) => {
    const line = lines.get(userId) ?? [];
    const gone = removed.filter((one) => one.userId === userId);
    const joins = line.length === 0 ? gone.length === 0 : taken.has(line[0].name);
    return joins ? planJoiner(desired, userId, line, leavers) : planLine(desired, userId, line, gone);
  });
  return merge([ended, ...plans]);
}

/** Jobs of each labeler, the newest first. */
function linesOf(jobs: readonly GroupJob[]): Map<number, GroupJob[]> {
  const lines = new Map<number, GroupJob[]>();
  for (const job of [...jobs].sort((a, b) => b.generation - a.generation)) lines.set(job.userId, [...lines.get(job.userId) ?? [], job]);
  return lines;
}

/** Another identity on images that are finished needs the user's word. */
function replacementRefusal(desired: DesiredGroup, jobs: readonly GroupJob[]): string | undefined {
  if (desired.mayReplaceLabels || desired.returning || desired.replaces === undefined) return undefined;
  return identityChangeRefusal(jobs.filter((job) => job.identity === desired.replaces));
}

export function identityChangeRefusal(replaced: ReadonlyArray<Pick<GroupJob, 'jobId' | 'finished'>>): string | undefined {
  const begun = replaced.filter(({ finished }) => finished > 0);
  if (begun.length === 0) return undefined;
  const images = begun.reduce((sum, { finished }) => sum + finished, 0);
  return `${begun.map(({ jobId }) => `job ${jobId}`).join(', ')} has ${images} finished images, and the change of dataset, classes, tags or images would have them `
    + 'labeled again: undo it, or set "relabel" to a value that it did not have before';
}
