import { LIMITS } from './limits';
import { type JobNameParts, parseJobName } from '../groundtruth/names';

/**
 * Jobs are listed without tags and tokens, so a job of ours says in its description which it is: the user's text, then the job's name in
 * brackets.
 */
export const MAX_USER_DESCRIPTION_LENGTH = 190;

const SUFFIX = /^(?:([^]*) )?\[([^[\]]+)\]$/;

export function jobDescription(userText: string | undefined, jobName: string): string {
  const text = userText === undefined || userText === '' ? `[${jobName}]` : `${userText} [${jobName}]`;
  if ((userText ?? '').length > MAX_USER_DESCRIPTION_LENGTH) {
    throw new Error(`the description has ${userText!.length} characters, at most ${MAX_USER_DESCRIPTION_LENGTH} are allowed: the job's name follows it`);
  }
  if (text.length > LIMITS.descriptionLength) {
    throw new Error(`the description and the job's name have ${text.length} characters, S3 takes at most ${LIMITS.descriptionLength}`);
  }
  return text;
}

export interface JobDescriptionParts {
  readonly userText: string | undefined;
  readonly jobName: string;
  readonly parts: JobNameParts;
}

/** What a description in our form says; `undefined` for any other job's. */
export function parseJobDescription(description: string | undefined): JobDescriptionParts | undefined {
  const match = SUFFIX.exec(description ?? '');
  const parts = match ? parseJobName(match[2]) : undefined;
  return match && parts ? { userText: match[1], jobName: match[2], parts } : undefined;
}
