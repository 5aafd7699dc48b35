import { Totals } from './totals';
import { listQueuesRequest } from '../../src/model/supervisely/queue-request';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import {
  decodeLabelingQueueInventoryProperties, type LabelingQueueInventoryProperties, type LabelingQueueInventoryWake, QUEUE_INVENTORY_CURRENT,
  QUEUE_INVENTORY_RECORD,
} from '../../src/supervisely/private/labeling-queue-inventory-contract';
import type { OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { handleRecordEvent, type RecordPlace, type RecordPorts, renewRecord, type WrittenRecord } from '../shared/inventory-record';
import { log } from '../shared/log';
import { onEventPatiently } from '../shared/patient-entries';
import type { Caller } from '../shared/supervisely/client';
import { Listing } from '../shared/supervisely/listing';
import { findTeam } from '../shared/supervisely/lookups';
import { type ServerQueue, ServerQueues } from '../shared/supervisely/queues';

export interface QueueInventoryPorts extends RecordPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type QueueInventoryEvent = OnEventRequest<LabelingQueueInventoryProperties>;

/** What finishing an upload may take. */
const LEAST_TIME_MS = 45_000;

export async function handleQueueInventory(event: QueueInventoryEvent, ports: QueueInventoryPorts): Promise<OnEventResponse> {
  const { ResourceProperties: properties } = event;
  return onEventPatiently(event, ports, () => handleRecordEvent(event, placeOf(properties), () => writeRecord(properties, ports), ports));
}

/** Lists again without a deployment. */
export async function reconcileQueueInventory(wake: LabelingQueueInventoryWake, ports: QueueInventoryPorts): Promise<void> {
  await renewRecord(placeOf(wake), () => writeRecord(wake, ports), ports);
}

function placeOf({ RecordBucket: bucket, RecordPrefix: prefix }: LabelingQueueInventoryWake): RecordPlace {
  return { bucket, prefix, current: `${prefix}${QUEUE_INVENTORY_CURRENT}`, others: [`${prefix}${QUEUE_INVENTORY_RECORD}`] };
}

async function writeRecord(properties: LabelingQueueInventoryWake, ports: QueueInventoryPorts): Promise<WrittenRecord> {
  const { connection, teamId, filters, entities, bucket, prefix, ...paging } = decodeLabelingQueueInventoryProperties(properties);
  const caller = ports.connect(connection);
  // an empty list would pass for an answer
  await findTeam(caller, teamId);
  const list = { ...paging, method: 'labeling-queues.list', body: listQueuesRequest(teamId, filters), shown: shownQueues(entities, caller) };
  const listing = new Listing<ServerQueue>(list, caller, () => ports.remaining() < LEAST_TIME_MS);
  const totals = new Totals();
  const key = `${prefix}${QUEUE_INVENTORY_RECORD}`;
  await ports.writeLines(bucket, key, 'application/jsonlines', asLines(listing.entities(), totals));
  const recordUri = `s3://${bucket}/${key}`;
  const truncated = listing.nextToken !== undefined;
  log('listed', { queues: totals.total, truncated, recordUri });
  return { text: JSON.stringify(summary(properties, totals, listing, recordUri, ports.now())), data: { ...totals.attributes(recordUri, truncated) } };
}

/** With their images, if asked for. */
function shownQueues(entities: boolean, caller: Caller): (queues: readonly ServerQueue[]) => AsyncGenerator<ServerQueue> {
  const server = new ServerQueues(caller);
  return async function* shown(queues) {
    for (const queue of queues) yield entities ? { ...queue, entities: await server.entities(queue.id) } : queue;
  };
}

function summary(
  { Connection, TeamId, Filters = {}, Pagination = {} }: LabelingQueueInventoryWake,
  totals: Totals, listing: Listing<ServerQueue>, recordUri: string, now: number,
): Record<string, unknown> {
  return {
    format: 1,
    listedAt: new Date(now).toISOString(),
    serverUrl: Connection.ServerUrl,
    teamId: Number(TeamId),
    filters: Filters,
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

async function* asLines(queues: AsyncIterable<ServerQueue>, totals: Totals): AsyncIterable<string> {
  for await (const queue of queues) {
    totals.add(queue);
    yield JSON.stringify(queue);
  }
}
