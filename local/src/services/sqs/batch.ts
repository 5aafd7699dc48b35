import { ServiceError } from '../../core/service';

const MAX_ENTRIES = 10;

export interface Entry { readonly Id: string }

/** Runs each entry by itself: what fails is reported beside what succeeded. */
export function runBatch<E extends Entry, R extends object>(kind: string, entries: readonly E[] | undefined, run: (entry: E) => R) {
  checkBatch(kind, entries ?? []);
  const Successful: Array<R & Entry> = [];
  const Failed: Array<Entry & { SenderFault: boolean; Code: string; Message: string }> = [];
  for (const entry of entries!) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: error.statusCode < 500, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function checkBatch(kind: string, entries: readonly Entry[]): void {
  const ids = entries.map(({ Id }) => Id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (ids.length === 0) throw new ServiceError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  if (ids.length > MAX_ENTRIES) throw new ServiceError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${ids.length}.`);
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) throw new ServiceError('InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.');
  if (repeated !== undefined) throw new ServiceError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}
