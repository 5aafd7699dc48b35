import type { OwnQueue, QueueMarks } from './own-queue';
import type { DesiredQueue } from './plan-queue';
import type { GenerationRecord, Ledger, Tags } from '../ledger';

/** Where queues are to be looked for. */
export interface QueuePlace {
  readonly teamId: number;
  readonly projectId: number;
}

/** A queue as the ledger records it: its handle is the server's id, its tags are its place and its marks. */
export function queueIdOf({ arn }: Pick<GenerationRecord, 'arn'>): number | undefined {
  return arn === undefined ? undefined : Number(arn);
}

export function queuePlaceTags({ teamId, projectId }: QueuePlace): Tags {
  return { teamId: String(teamId), projectId: String(projectId) };
}

/** All places in which the ledger's queues are or were about to be made. */
export function queuePlacesIn({ generations }: Pick<Ledger, 'generations'>): QueuePlace[] {
  const places = new Map(generations.map(({ tags: { teamId, projectId } }) => [`${teamId}/${projectId}`, { teamId: Number(teamId), projectId: Number(projectId) }]));
  return [...places.values()].filter(({ teamId, projectId }) => teamId > 0 && projectId > 0);
}

/** What the ledger adds to what the server shows of a queue. */
export function remembered({ name, identity, generation, revision, stop, resumes, tags }: GenerationRecord)
  : Pick<OwnQueue, 'name' | 'identity' | 'generation' | 'revision' | 'stoppedByUs' | 'resumes' | 'marks'> {
  const marks: QueueMarks = tags;
  return { name, identity, generation, revision, stoppedByUs: stop !== undefined, resumes, marks };
}

/** A deployment has succeeded with the queue: what a lost ledger knew of it, and the server does not say, counts as declared. */
export function deployedWith(ledger: Ledger, name: string, { revision, people, attempt }: Pick<DesiredQueue, 'revision' | 'people' | 'attempt'>): Ledger {
  const confirm = (one: GenerationRecord): GenerationRecord => ({ ...one, revision: one.revision || revision, tags: { people, attempt, ...one.tags, deployed: 'true' } });
  return { ...ledger, generations: ledger.generations.map((one) => (one.name === name ? confirm(one) : one)) };
}
