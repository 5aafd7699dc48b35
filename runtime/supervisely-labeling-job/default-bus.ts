import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Bus } from './ports';
import { EVENT_SOURCE } from '../../src/supervisely/private/completion-webhook-contract';

/** A network of the user's may have no way to the bus: that is to be noticed soon, for a change is told at the next look as well. */
const client = new EventBridgeClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000 } });

export const defaultBus: Bus = {
  async put(DetailType, detail) {
    const { Entries } = await client.send(new PutEventsCommand({ Entries: [{ Source: EVENT_SOURCE, DetailType, Detail: JSON.stringify(detail) }] }));
    // the call succeeds where the bus does not take an event
    const refused = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused) throw new Error(`${refused.ErrorCode}: ${refused.ErrorMessage}`);
  },
};
