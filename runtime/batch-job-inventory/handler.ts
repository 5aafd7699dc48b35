import { BatchListing } from './listing';
import { InventoryPorts } from './ports';
import { BatchTotals } from './totals';
import {
  BATCH_INVENTORY_CURRENT, BATCH_INVENTORY_RECORD, BatchJobInventoryAttributes, BatchJobInventoryProperties, BatchJobInventoryWake,
  decodeBatchJobInventoryProperties,
} from '../../src/s3batch/private/batch-job-inventory-contract';
import { OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { asLines, handleRecordEvent, RecordPlace, renewRecord, WrittenRecord } from '../shared/inventory-record';
import { log } from '../shared/log';

export type InventoryEvent = OnEventRequest<BatchJobInventoryProperties>;

export async function handleInventoryEvent(event: InventoryEvent, ports: InventoryPorts): Promise<OnEventResponse> {
  return handleRecordEvent(event, placeOf(event.ResourceProperties), () => writeRecord(event.ResourceProperties, ports), ports);
}

/** Lists again without a deployment. */
export async function reconcileInventory(wake: BatchJobInventoryWake, ports: InventoryPorts): Promise<void> {
  await renewRecord(placeOf(wake), () => writeRecord(wake, ports), ports);
}

function placeOf({ RecordBucket: bucket, RecordPrefix: prefix }: BatchJobInventoryWake): RecordPlace {
  return { bucket, prefix, current: `${prefix}${BATCH_INVENTORY_CURRENT}`, others: [`${prefix}${BATCH_INVENTORY_RECORD}`] };
}

async function writeRecord(properties: BatchJobInventoryWake, ports: InventoryPorts): Promise<WrittenRecord> {
  const input = decodeBatchJobInventoryProperties(properties);
  const listing = new BatchListing(input, ports);
  const totals = new BatchTotals();
  const key = `${input.prefix}${BATCH_INVENTORY_RECORD}`;
  await ports.writeLines(input.bucket, key, 'application/jsonlines', asLines(totals.through(listing.pages())));
  const recordUri = `s3://${input.bucket}/${key}`;
  log('listed', { jobs: totals.total, truncated: listing.nextToken !== undefined, recordUri });
  return { text: JSON.stringify(summary(properties, totals, listing, recordUri, ports.now())), data: attributes(totals, listing, recordUri) };
}

function attributes(totals: BatchTotals, listing: BatchListing, recordUri: string): BatchJobInventoryAttributes {
  const numbers = { Total: totals.total, ...totals.statuses, ...totals.counters };
  const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])) as Record<keyof typeof numbers, string>;
  return { ...texts, RecordUri: recordUri, Truncated: String(listing.nextToken !== undefined) };
}

/** The next token may be too long for an answer to CloudFormation: it stands here. */
function summary(
  { JobStatuses, Pagination }: BatchJobInventoryWake, totals: BatchTotals, listing: BatchListing, recordUri: string, now: number,
): Record<string, unknown> {
  return {
    format: 1,
    listedAt: new Date(now).toISOString(),
    jobStatuses: JobStatuses ?? [],
    pagination: Pagination,
    recordUri,
    total: totals.total,
    statuses: totals.statuses,
    counters: totals.counters,
    truncated: listing.nextToken !== undefined,
    nextToken: listing.nextToken,
  };
}
