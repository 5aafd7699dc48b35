import type { GenerationRecord, Owner } from '../../src/model/ledger';
import { ownerIn } from '../../src/model/supervisely/custom-data';
import type { ServerJob } from '../shared/supervisely/jobs';

/** What stands in a job's custom data under our key. */
export interface JobOwnerNote {
  readonly stackId: string;
  readonly logicalId: string;
  readonly revision: string;
  readonly requestId: string;
  readonly resumes?: string;
}

export function ownerNote(owner: Owner, { revision, requestId, resumes }: Pick<GenerationRecord, 'revision' | 'requestId' | 'resumes'>): JobOwnerNote {
  return { stackId: owner.stackId, logicalId: owner.logicalId, revision, requestId, ...(resumes !== undefined && { resumes }) };
}

/** Undefined for a job that we have not made, or not marked yet. */
export function ownerOfJob({ customData }: Pick<ServerJob, 'customData'>): JobOwnerNote | undefined {
  return ownerIn(customData ?? undefined) as JobOwnerNote | undefined;
}

export function isOwn(job: Pick<ServerJob, 'customData'>, { stackId, logicalId }: Owner): boolean {
  const note = ownerOfJob(job);
  return note?.stackId === stackId && note.logicalId === logicalId;
}
