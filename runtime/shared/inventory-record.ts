import { OnEventRequest, OnEventResponse } from './custom-resource';
import { errorMessage, errorName, UserError } from './errors';
import { log, logError, logEvent } from './log';

export interface RecordPorts {
  readonly writeLines: (bucket: string, key: string, contentType: string, lines: AsyncIterable<string>) => Promise<void>;
  /** Writes a small object over exactly this version of it; `false` where it is another one, or gone. */
  readonly replace: (bucket: string, key: string, text: string, etag: string) => Promise<boolean>;
  /** The version of an object; `undefined` where none stands. */
  readonly version: (bucket: string, key: string) => Promise<string | undefined>;
  readonly remove: (bucket: string, key: string) => Promise<void>;
}

/** The objects of a record. */
export interface RecordPlace {
  readonly bucket: string;
  readonly prefix: string;
  /** Key of the summary, which points to the others and is written last. */
  readonly current: string;
  readonly others: readonly string[];
}

export interface WrittenRecord {
  /** The summary. */
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Writes all but the summary. */
export type WriteRecord = () => Promise<WrittenRecord>;

/** Lists on Create and on every Update; a run that is repeated writes the same objects again. */
export async function handleRecordEvent(
  event: OnEventRequest<unknown>, place: RecordPlace, write: WriteRecord, ports: RecordPorts,
): Promise<OnEventResponse> {
  logEvent('onEvent', event);
  try {
    if (event.RequestType !== 'Delete') return await list(event.RequestType, place, write, ports);
    await remove(place, ports);
    return { PhysicalResourceId: event.PhysicalResourceId };
  } catch (error) {
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${errorName(error)}: ${errorMessage(error)}`, error);
  }
}

/**
 * Lists again without a deployment. A record that is gone was deleted with its resource, and does not come back: neither where it was gone
 * before, nor where that happens meanwhile.
 */
export async function renewRecord(place: RecordPlace, write: WriteRecord, ports: RecordPorts): Promise<void> {
  const { bucket, prefix, current } = place;
  const etag = await ports.version(bucket, current);
  if (etag === undefined) return log('there is no record, it was deleted', { bucket, prefix });
  const { text } = await write();
  if (await ports.replace(bucket, current, text, etag) || await ports.version(bucket, current) !== undefined) return;
  log('the record was deleted meanwhile', { bucket, prefix });
  await removeRecord(place, ports);
}

async function list(type: 'Create' | 'Update', place: RecordPlace, write: WriteRecord, ports: RecordPorts): Promise<OnEventResponse> {
  const { bucket, prefix, current } = place;
  try {
    const { text, data } = await write();
    // the record first: whoever reads the summary finds what it points to
    await ports.writeLines(bucket, current, 'application/json', once(text));
    return { PhysicalResourceId: `s3://${bucket}/${prefix}`, Data: data };
  } catch (error) {
    // after a Create that failed no Delete follows, and the bucket of the stack must be empty to go
    if (type === 'Create') await removeRecord(place, ports).catch((cause) => logError('what was written is not removed', cause));
    throw error;
  }
}

/** Removes the record, and succeeds where it is gone already. */
async function remove(place: RecordPlace, ports: RecordPorts): Promise<void> {
  try {
    await removeRecord(place, ports);
  } catch (error) {
    if (errorName(error) !== 'NoSuchBucket') throw error;
    log('the bucket of the record is gone', { bucket: place.bucket });
  }
}

/** The summary first: a listing that is under way sees by it that it comes too late. */
async function removeRecord({ bucket, current, others }: RecordPlace, ports: RecordPorts): Promise<void> {
  for (const key of [current, ...others]) await ports.remove(bucket, key);
}

/** A page at a time: a step of an iteration costs as much as a line. */
export async function* asLines(pages: AsyncIterable<readonly unknown[]>): AsyncIterable<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((item) => JSON.stringify(item)).join('\n');
  }
}

async function* once(line: string): AsyncIterable<string> {
  yield line;
}
