import { CreateRequest, DeleteRequest, IsCompleteRequest, OnEventRequest, stackGuid, UpdateRequest } from './custom-resource';
import { WriterInvocation } from './ledger-session';
import { LedgerStore } from './ports';
import type { Owner } from '../../src/model/ledger';

/** A custom resource whose jobs have a ledger. */
export interface StatefulProperties {
  readonly StateBucket: string;
}

export type Deploy<Properties> = CreateRequest<Properties> | UpdateRequest<Properties>;
export type Remove<Properties> = DeleteRequest<Properties>;
/** An event on its way through the waiter, with what `onEvent` returned. */
export type Waiting<Event> = Event & Pick<IsCompleteRequest<unknown>, 'PhysicalResourceId' | 'StartedAt'>;

/** All that the bookkeeping of such a resource touches. */
export interface LedgerPorts extends WriterInvocation {
  readonly ledgerAt: (bucket: string, key: string) => LedgerStore;
}

export function ownerOf(event: OnEventRequest<unknown>): Owner {
  return { stackId: event.StackId, logicalId: event.LogicalResourceId };
}

export function ledgerKey(event: OnEventRequest<unknown>): string {
  return `${stackGuid(event.StackId)}/${event.LogicalResourceId}/ledger.json`;
}
