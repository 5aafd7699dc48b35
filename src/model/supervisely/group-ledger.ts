import type { Marks } from './group-job';
import { parseRecordName } from './group-names';
import type { GenerationRecord, Ledger, Tags } from '../ledger';
import { adopt, findGeneration } from '../ledger-transitions';

/** Where jobs of a group are to be looked for. */
export interface JobPlace {
  readonly teamId: number;
  readonly datasetId: number;
}

/** A job of a group as the ledger records it: its handle is the server's id, its tags are its place and its marks. */
export function jobIdOf({ arn }: Pick<GenerationRecord, 'arn'>): number | undefined {
  return arn === undefined ? undefined : Number(arn);
}

export function placeTags({ teamId, datasetId }: JobPlace): Tags {
  return { teamId: String(teamId), datasetId: String(datasetId) };
}

/** All places in which the ledger's jobs are or were about to be made. */
export function placesIn(ledger: Pick<Ledger, 'generations'>): JobPlace[] {
  const places = new Map(ledger.generations.map(({ tags: { teamId, datasetId } }) => [`${teamId}/${datasetId}`, { teamId: Number(teamId), datasetId: Number(datasetId) }]));
  return [...places.values()].filter(({ teamId, datasetId }) => teamId > 0 && datasetId > 0);
}

export function marksOf({ tags }: Pick<GenerationRecord, 'tags'>): Marks {
  return tags;
}

/** The server has made the job, or has said that there is nothing to make one of: its version was there. */
export function isAnswered(one: GenerationRecord): boolean {
  return one.arn !== undefined || marksOf(one).empty !== undefined;
}

type Version = Pick<GenerationRecord, 'identity' | 'revision'>;

/** Labelers for whom nothing is to be made with this version: the server was asked, and the declared selection of images has none. */
export function labelersOfNothing({ generations }: Pick<Ledger, 'generations'>, { identity, revision }: Version): number[] {
  const asked = generations.filter((one) => one.identity === identity && one.revision === revision);
  const refused = asked.filter((one) => one.arn === undefined && marksOf(one).empty !== undefined);
  return refused.map(({ name }) => parseRecordName(name)!.userId);
}

export function mark(ledger: Ledger, name: string, marks: { readonly [K in keyof Marks]: string | undefined }): Ledger {
  return change(ledger, name, (one) => ({ ...one, tags: defined({ ...one.tags, ...marks }) }));
}

/** What the server shows is written down: a job whose answer was lost, one from before the ledger was, and the one that counts of twins. */
export function accepted(ledger: Ledger, job: Omit<GenerationRecord, 'intendedAt'> & { readonly arn: string }, now: number): Ledger {
  const known = findGeneration(ledger, job.name);
  if (!known) return adopt(ledger, { ...job, intendedAt: now });
  if (known.arn === job.arn) return ledger;
  // what was done in place was done to another one of that name
  return mark(change(ledger, job.name, (one) => ({ ...one, arn: job.arn })), job.name, { settings: undefined, customData: undefined });
}

/** A stop that was recorded and that the job does not show was lost with its writer, or somebody took it back. */
export function undoStop(ledger: Ledger, name: string): Ledger {
  return findGeneration(ledger, name)?.stop === undefined ? ledger : change(ledger, name, ({ stop: _, ...one }) => one);
}

function change(ledger: Ledger, name: string, edit: (one: GenerationRecord) => GenerationRecord): Ledger {
  return { ...ledger, generations: ledger.generations.map((one) => (one.name === name ? edit(one) : one)) };
}

function defined(tags: Readonly<Record<string, string | undefined>>): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined)) as Tags;
}
