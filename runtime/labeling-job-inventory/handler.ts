import type { DescribeLabelingJobCommandOutput, LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { Declarations } from './declarations';
import { Listing } from './listing';
import { Totals } from './totals';
import { INVENTORY_DECLARATIONS } from '../../src/groundtruth/private/declarations-contract';
import {
  decodeLabelingJobInventoryProperties, INVENTORY_CURRENT, INVENTORY_RECORD, LabelingJobInventoryAttributes, LabelingJobInventoryInput,
  LabelingJobInventoryProperties, LabelingJobInventoryWake,
} from '../../src/groundtruth/private/labeling-job-inventory-contract';
import { DeleteRequest, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { errorMessage, errorName, UserError } from '../shared/errors';
import { RecordPorts } from '../shared/inventory-record';
import { ListingPorts } from '../shared/listing/by-creation';
import { ListPage } from '../shared/listing/list-page';
import { log, logError, logEvent } from '../shared/log';

export interface InventoryPorts extends RecordPorts {
  readonly listPage: ListPage;
  readonly describe: (name: string) => Promise<DescribeLabelingJobCommandOutput>;
  readonly now: () => number;
  /** Milliseconds of a clock that does not go back. */
  readonly upTime: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type InventoryEvent = OnEventRequest<LabelingJobInventoryProperties>;

/** What finishing an upload may take. */
const LEAST_TIME_MS = 45_000;

/** Lists on Create and on every Update; a run that is repeated writes the same objects again. */
export async function handleInventoryEvent(event: InventoryEvent, ports: InventoryPorts): Promise<OnEventResponse> {
  logEvent('onEvent', event);
  try {
    return event.RequestType === 'Delete' ? await remove(event, ports) : await list(event, ports);
  } catch (error) {
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${errorName(error)}: ${errorMessage(error)}`, error);
  }
}

/**
 * Lists again without a deployment. A record that is gone was deleted with its resource, and does not come back: neither where it was gone
 * before, nor where that happens meanwhile.
 */
export async function reconcileInventory(wake: LabelingJobInventoryWake, ports: InventoryPorts): Promise<void> {
  const { RecordBucket: bucket, RecordPrefix: prefix } = wake;
  const { current } = keys({ prefix });
  const etag = await ports.version(bucket, current);
  if (etag === undefined) return log('there is no record, it was deleted', { bucket, prefix });
  const { text } = await writeRecord(wake, ports);
  if (await ports.replace(bucket, current, text, etag) || await ports.version(bucket, current) !== undefined) return;
  log('the record was deleted meanwhile', { bucket, prefix });
  await removeRecord(bucket, prefix, ports);
}

async function list(event: Exclude<InventoryEvent, { RequestType: 'Delete' }>, ports: InventoryPorts): Promise<OnEventResponse> {
  const { RecordBucket: bucket, RecordPrefix: prefix } = event.ResourceProperties;
  try {
    const { text, data } = await writeRecord(event.ResourceProperties, ports);
    // the record first: whoever reads the summary finds what it points to
    await ports.writeLines(bucket, keys({ prefix }).current, 'application/json', once(text));
    return { PhysicalResourceId: `s3://${bucket}/${prefix}`, Data: data };
  } catch (error) {
    // after a Create that failed no Delete follows, and the bucket of the stack must be empty to go
    if (event.RequestType === 'Create') await removeRecord(bucket, prefix, ports).catch((cause) => logError('what was written is not removed', cause));
    throw error;
  }
}

interface WrittenRecord {
  /** The summary, which is written last. */
  readonly text: string;
  readonly data: LabelingJobInventoryAttributes;
}

async function writeRecord(properties: LabelingJobInventoryWake, ports: InventoryPorts): Promise<WrittenRecord> {
  const input = decodeLabelingJobInventoryProperties(properties);
  const listing = new Listing(input, listingPorts(ports));
  const totals = new Totals();
  const { record } = keys(input);
  const names: string[] = [];
  const pages = totals.through(listing.pages());
  await ports.writeLines(input.bucket, record, 'application/jsonlines', asLines(input.declarations ? noting(names, pages) : pages));
  const recordUri = `s3://${input.bucket}/${record}`;
  const declared = input.declarations ? await declare(input, names, ports) : undefined;
  log('listed', { jobs: totals.total, truncated: listing.nextToken !== undefined, recordUri, declared });
  return { text: JSON.stringify(summary(properties, totals, listing, recordUri, ports.now(), declared)), data: attributes(totals, listing, recordUri) };
}

async function* noting(names: string[], pages: AsyncIterable<readonly LabelingJobSummary[]>): AsyncIterable<readonly LabelingJobSummary[]> {
  for await (const page of pages) {
    for (const { LabelingJobName } of page) names.push(LabelingJobName!);
    yield page;
  }
}

async function declare(input: LabelingJobInventoryInput, names: readonly string[], ports: InventoryPorts): Promise<object> {
  const { describe, sleep, remaining } = ports;
  const declarations = new Declarations(names, { describe, sleep, isTimeOver: () => remaining() < LEAST_TIME_MS });
  const key = keys(input).declarations;
  await ports.writeLines(input.bucket, key, 'application/jsonlines', declarations.lines());
  return { uri: `s3://${input.bucket}/${key}`, jobs: declarations.written, truncated: declarations.truncated };
}

/** Removes the record, and succeeds where it is gone already. */
async function remove(event: DeleteRequest<LabelingJobInventoryProperties>, ports: InventoryPorts): Promise<OnEventResponse> {
  const { RecordBucket, RecordPrefix } = event.ResourceProperties;
  try {
    await removeRecord(RecordBucket, RecordPrefix, ports);
  } catch (error) {
    if (errorName(error) !== 'NoSuchBucket') throw error;
    log('the bucket of the record is gone', { RecordBucket });
  }
  return { PhysicalResourceId: event.PhysicalResourceId };
}

/** The summary first: a listing that is under way sees by it that it comes too late. */
async function removeRecord(bucket: string, prefix: string, ports: InventoryPorts): Promise<void> {
  const { record, current, declarations } = keys({ prefix });
  for (const key of [current, record, declarations]) await ports.remove(bucket, key);
}

function keys({ prefix }: Pick<LabelingJobInventoryInput, 'prefix'>): Readonly<Record<'record' | 'current' | 'declarations', string>> {
  return { record: `${prefix}${INVENTORY_RECORD}`, current: `${prefix}${INVENTORY_CURRENT}`, declarations: `${prefix}${INVENTORY_DECLARATIONS}` };
}

function listingPorts({ listPage, upTime, remaining, sleep }: InventoryPorts): ListingPorts {
  return { listPage, now: upTime, sleep, isTimeOver: () => remaining() < LEAST_TIME_MS };
}

/** A page at a time: a step of an iteration costs as much as a line. */
async function* asLines(pages: AsyncIterable<readonly unknown[]>): AsyncIterable<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((item) => JSON.stringify(item)).join('\n');
  }
}

async function* once(line: string): AsyncIterable<string> {
  yield line;
}

function attributes(totals: Totals, listing: Listing, recordUri: string): LabelingJobInventoryAttributes {
  const numbers = { Total: totals.total, ...totals.statuses, ...totals.counters };
  const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])) as Record<keyof typeof numbers, string>;
  return { ...texts, RecordUri: recordUri, Truncated: String(listing.nextToken !== undefined) };
}

/** The next token can have 8 kB, twice as much as CloudFormation takes in an answer: it stands here. */
function summary(
  { Filters, Pagination }: LabelingJobInventoryWake, totals: Totals, listing: Listing, recordUri: string, now: number, declarations?: object,
): Record<string, unknown> {
  return {
    format: 1,
    listedAt: new Date(now).toISOString(),
    filters: Filters,
    pagination: Pagination,
    recordUri,
    declarations,
    total: totals.total,
    statuses: totals.statuses,
    counters: totals.counters,
    truncated: listing.nextToken !== undefined,
    nextToken: listing.nextToken,
  };
}
