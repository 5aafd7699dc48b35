import type { GroupJob } from './group-job';
import { type GroupPlan, note, step } from './group-steps';
import type { DesiredGroup } from './plan-group';

/** Names of the jobs whose images another job has taken over. */
export function takeovers(jobs: readonly GroupJob[]): Set<string> {
  const users = new Map(jobs.map((job) => [job.name, job.userId]));
  // a labeler's next job takes over from the former one too, but that is the same line
  return new Set(jobs.flatMap(({ resumes, userId }) => (resumes !== undefined && users.get(resumes) !== userId ? [resumes] : [])));
}

/**
 * Somebody joins: who takes the place of a labeler who has left gets the images that are left of their job, so that none is labeled twice. `leavers`
 * loses whom it was taken from.
 */
export function planJoiner(desired: DesiredGroup, userId: number, line: readonly GroupJob[], leavers: GroupJob[]): GroupPlan {
  if (desired.desiredStatus === 'stopped') return note(`the user ${userId} gets no job: the desired status is stopped`);
  const generation = (line[0]?.generation ?? 0) + 1;
  const leaver = leavers.shift();
  if (leaver) return step({ kind: 'create', userId, generation, from: { name: leaver.name, imageIds: leaver.left! } });
  if (line.length === 0) return planDeclared(desired, userId, generation);
  return note(`the user ${userId} gets no further job: the images of ${line[0].name} were handed over`);
}

/** A job on the declared images, unless there were none when it was asked for. */
export function planDeclared({ withoutImages = [] }: DesiredGroup, userId: number, generation: number): GroupPlan {
  if (!withoutImages.includes(userId)) return step({ kind: 'create', userId, generation });
  return note(`the user ${userId} gets no job, for nothing is left to label: no image of the dataset is selected; change "attempt" to look for some again`);
}
