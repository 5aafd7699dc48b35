import { inventoryQuery } from './query';
import { shownJobs } from './shown-jobs';
import { Totals } from './totals';
import { inventoryRequest } from '../../src/model/supervisely/inventory-request';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import {
  decodeLabelingJobInventoryProperties, INVENTORY_CURRENT, INVENTORY_RECORD, type LabelingJobInventoryProperties, type LabelingJobInventoryWake,
} from '../../src/supervisely/private/labeling-job-inventory-contract';
import type { OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { handleRecordEvent, type RecordPlace, type RecordPorts, renewRecord, type WrittenRecord } from '../shared/inventory-record';
import { log } from '../shared/log';
import { onEventPatiently } from '../shared/patient-entries';
import type { Caller } from '../shared/supervisely/client';
import type { ServerJob } from '../shared/supervisely/jobs';
import { Listing } from '../shared/supervisely/listing';

export interface InventoryPorts extends RecordPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type InventoryEvent = OnEventRequest<LabelingJobInventoryProperties>;

/** What finishing an upload may take. */
const LEAST_TIME_MS = 45_000;

export async function handleInventory(event: InventoryEvent, ports: InventoryPorts): Promise<OnEventResponse> {
  const { ResourceProperties: properties } = event;
  return onEventPatiently(event, ports, () => handleRecordEvent(event, placeOf(properties), () => writeRecord(properties, ports), ports));
}

/** Lists again without a deployment. */
export async function reconcileInventory(wake: LabelingJobInventoryWake, ports: InventoryPorts): Promise<void> {
  await renewRecord(placeOf(wake), () => writeRecord(wake, ports), ports);
}

function placeOf({ RecordBucket: bucket, RecordPrefix: prefix }: LabelingJobInventoryWake): RecordPlace {
  return { bucket, prefix, current: `${prefix}${INVENTORY_CURRENT}`, others: [`${prefix}${INVENTORY_RECORD}`] };
}

async function writeRecord(properties: LabelingJobInventoryWake, ports: InventoryPorts): Promise<WrittenRecord> {
  const input = decodeLabelingJobInventoryProperties(properties);
  const caller = ports.connect(input.connection);
  const query = await inventoryQuery(caller, input);
  const list = { ...input, method: 'jobs.list', body: inventoryRequest(input.teamId, query), shown: shownJobs(query, input, caller) };
  const listing = new Listing<ServerJob>(list, caller, () => ports.remaining() < LEAST_TIME_MS);
  const totals = new Totals();
  const key = `${input.prefix}${INVENTORY_RECORD}`;
  await ports.writeLines(input.bucket, key, 'application/jsonlines', asLines(listing.entities(), totals));
  const recordUri = `s3://${input.bucket}/${key}`;
  const truncated = listing.nextToken !== undefined;
  log('listed', { jobs: totals.total, truncated, recordUri });
  return { text: JSON.stringify(summary(properties, totals, listing, recordUri, ports.now())), data: { ...totals.attributes(recordUri, truncated) } };
}

function summary(
  { Connection, TeamId, Filters = {}, Pagination = {}, SortBy = 'id', SortOrder = 'asc' }: LabelingJobInventoryWake,
  totals: Totals, listing: Listing<ServerJob>, recordUri: string, now: number,
): Record<string, unknown> {
  return {
    format: 1,
    listedAt: new Date(now).toISOString(),
    serverUrl: Connection.ServerUrl,
    teamId: Number(TeamId),
    filters: Filters,
    sortBy: SortBy,
    sortOrder: SortOrder,
    pagination: Pagination,
    recordUri,
    total: totals.total,
    totalOnServer: listing.total,
    statuses: totals.statuses,
    images: totals.images,
    truncated: listing.nextToken !== undefined,
    nextToken: listing.nextToken,
  };
}

async function* asLines(jobs: AsyncIterable<ServerJob>, totals: Totals): AsyncIterable<string> {
  for await (const job of jobs) {
    totals.add(job);
    yield JSON.stringify(job);
  }
}
