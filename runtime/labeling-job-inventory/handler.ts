import { Listing } from './listing';
import { Totals } from './totals';
import {
  decodeLabelingJobInventoryProperties, INVENTORY_CURRENT, INVENTORY_RECORD, LabelingJobInventoryAttributes, LabelingJobInventoryInput,
  LabelingJobInventoryProperties,
} from '../../src/groundtruth/private/labeling-job-inventory-contract';
import { DeleteRequest, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { errorMessage, errorName, UserError } from '../shared/errors';
import { ListingPorts } from '../shared/listing/by-creation';
import { ListPage } from '../shared/listing/list-page';
import { log, logError, logEvent } from '../shared/log';

export interface InventoryPorts {
  readonly listPage: ListPage;
  readonly writeLines: (bucket: string, key: string, contentType: string, lines: AsyncIterable<string>) => Promise<void>;
  readonly remove: (bucket: string, key: string) => Promise<void>;
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

async function list(event: Exclude<InventoryEvent, { RequestType: 'Delete' }>, ports: InventoryPorts): Promise<OnEventResponse> {
  const input = decodeLabelingJobInventoryProperties(event.ResourceProperties);
  const listing = new Listing(input, listingPorts(ports));
  const totals = new Totals();
  const { record, current } = keys(input);
  await ports.writeLines(input.bucket, record, 'application/jsonlines', asLines(totals.through(listing.pages())));
  const recordUri = `s3://${input.bucket}/${record}`;
  // the record first: whoever reads the summary finds what it points to
  await ports.writeLines(input.bucket, current, 'application/json', once(JSON.stringify(summary(event, totals, listing, recordUri, ports.now()))));
  log('listed', { jobs: totals.total, truncated: listing.nextToken !== undefined, recordUri });
  return { PhysicalResourceId: `s3://${input.bucket}/${input.prefix}`, Data: attributes(totals, listing, recordUri) };
}

/** Removes the record, and succeeds where it is gone already. */
async function remove(event: DeleteRequest<LabelingJobInventoryProperties>, ports: InventoryPorts): Promise<OnEventResponse> {
  const { RecordBucket, RecordPrefix } = event.ResourceProperties;
  const { record, current } = keys({ prefix: RecordPrefix });
  try {
    for (const key of [record, current]) await ports.remove(RecordBucket, key);
  } catch (error) {
    if (errorName(error) !== 'NoSuchBucket') throw error;
    log('the bucket of the record is gone', { RecordBucket });
  }
  return { PhysicalResourceId: event.PhysicalResourceId };
}

function keys({ prefix }: Pick<LabelingJobInventoryInput, 'prefix'>): { readonly record: string; readonly current: string } {
  return { record: `${prefix}${INVENTORY_RECORD}`, current: `${prefix}${INVENTORY_CURRENT}` };
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
function summary(event: InventoryEvent, totals: Totals, listing: Listing, recordUri: string, now: number): Record<string, unknown> {
  const { Filters, Pagination } = event.ResourceProperties;
  return {
    format: 1,
    listedAt: new Date(now).toISOString(),
    filters: Filters,
    pagination: Pagination,
    recordUri,
    total: totals.total,
    statuses: totals.statuses,
    counters: totals.counters,
    truncated: listing.nextToken !== undefined,
    nextToken: listing.nextToken,
  };
}
