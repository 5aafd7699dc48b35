import type { DescribeLabelingJobCommandOutput, LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { Declarations } from './declarations';
import { Listing } from './listing';
import { Totals } from './totals';
import { INVENTORY_DECLARATIONS } from '../../src/groundtruth/private/declarations-contract';
import {
  decodeLabelingJobInventoryProperties, INVENTORY_CURRENT, INVENTORY_RECORD, LabelingJobInventoryAttributes, LabelingJobInventoryInput,
  LabelingJobInventoryProperties, LabelingJobInventoryWake,
} from '../../src/groundtruth/private/labeling-job-inventory-contract';
import { OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { asLines, handleRecordEvent, RecordPlace, RecordPorts, renewRecord, WrittenRecord } from '../shared/inventory-record';
import { ListingPorts } from '../shared/listing/by-creation';
import { ListPage } from '../shared/listing/list-page';
import { log } from '../shared/log';

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

export async function handleInventoryEvent(event: InventoryEvent, ports: InventoryPorts): Promise<OnEventResponse> {
  return handleRecordEvent(event, placeOf(event.ResourceProperties), () => writeRecord(event.ResourceProperties, ports), ports);
}

/** Lists again without a deployment. */
export async function reconcileInventory(wake: LabelingJobInventoryWake, ports: InventoryPorts): Promise<void> {
  await renewRecord(placeOf(wake), () => writeRecord(wake, ports), ports);
}

function placeOf({ RecordBucket: bucket, RecordPrefix: prefix }: LabelingJobInventoryWake): RecordPlace {
  const { current, record, declarations } = keys({ prefix });
  return { bucket, prefix, current, others: [record, declarations] };
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

function keys({ prefix }: Pick<LabelingJobInventoryInput, 'prefix'>): Readonly<Record<'record' | 'current' | 'declarations', string>> {
  return { record: `${prefix}${INVENTORY_RECORD}`, current: `${prefix}${INVENTORY_CURRENT}`, declarations: `${prefix}${INVENTORY_DECLARATIONS}` };
}

function listingPorts({ listPage, upTime, remaining, sleep }: InventoryPorts): ListingPorts {
  return { listPage, now: upTime, sleep, isTimeOver: () => remaining() < LEAST_TIME_MS };
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
