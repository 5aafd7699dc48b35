import { FORBIDDEN_IN_NAMES, LIMITS } from './limits';

/** Whose a job on the server is: the job of ours that it belongs to, and its labeler. */
export interface JobOwner {
  readonly jobName: string;
  readonly userId: number;
}

/** The server has no idempotency key, so a job is found again by the end of its name: ` [<job name>-u<user id>]`. */
export function jobTitle(title: string, owner: JobOwner): string {
  return `${title}${ending(owner)}`;
}

export function ending({ jobName, userId }: JobOwner): string {
  return ` [${jobName}-u${userId}]`;
}

/** Undefined for a name that is not of our making. */
export function ownerOf(name: string): JobOwner | undefined {
  const [, jobName, userId] = / \[([A-Za-z0-9-]+)-u([1-9]\d*)\]$/.exec(name) ?? [];
  return jobName === undefined ? undefined : { jobName, userId: Number(userId) };
}

/** The user's part of a job's name, without the ending that tells whose it is. */
export function titleOf(name: string): string {
  return ownerOf(name) ? name.slice(0, name.lastIndexOf(' [')) : name;
}

/** Room for the user's part before the ids of labelers are known. */
export function longestTitle(jobName: string): number {
  return LIMITS.jobNameLength - ending({ jobName, userId: 10 ** (LIMITS.idDigits - 1) }).length;
}

/** What is wrong with the user's part of a job's name, each with its remedy. */
export function titleProblems(title: string, jobName: string): string[] {
  const got = `'title' ${JSON.stringify(title)}`;
  const longest = longestTitle(jobName);
  return [
    ...(title.trim() === '' ? [`${got} is empty, give the job a name for its labelers`] : []),
    ...(title.length > longest ? [`${got} has ${title.length} characters, at most ${longest} fit before the part that tells whose job it is`] : []),
    ...(FORBIDDEN_IN_NAMES.test(title) ? [`${got} has a slash or a backslash, which names of jobs must not have`] : []),
  ];
}
