import {
  COMPLETION_WEBHOOK_CONTRACT_VERSION, type CompletionWebhookAttributes, type CompletionWebhookInput, type CompletionWebhookProperties,
  decodeCompletionWebhookProperties, type WebhookAction,
} from '../../src/supervisely/private/completion-webhook-contract';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { DeleteRequest, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { onEventPatiently } from '../shared/patient-entries';
import { type ReadSecret, secretText } from '../shared/supervisely/api-token';
import type { Caller } from '../shared/supervisely/client';
import { isAbsent, isForbidden, NoValidToken, withoutSecret } from '../shared/supervisely/errors';
import { findTeam } from '../shared/supervisely/lookups';
import { allOf } from '../shared/supervisely/pages';

export interface RegisterPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly readSecret: ReadSecret;
  readonly now: () => number;
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type CompletionWebhookEvent = OnEventRequest<CompletionWebhookProperties>;

interface Webhook {
  readonly id: number;
  readonly url: string;
  readonly action: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** The server knows the receiver's address: every step looks first, so that an event that is repeated finds its work done. */
export async function handleCompletionWebhook(event: CompletionWebhookEvent, ports: RegisterPorts): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete' ? remove(event, ports) : register(event, ports)));
}

async function register(event: Exclude<CompletionWebhookEvent, DeleteRequest<CompletionWebhookProperties>>, ports: RegisterPorts): Promise<OnEventResponse> {
  const { ContractVersion } = event.ResourceProperties;
  if (ContractVersion !== COMPLETION_WEBHOOK_CONTRACT_VERSION) {
    throw new UserError(`ContractVersion: expected "${COMPLETION_WEBHOOK_CONTRACT_VERSION}", got ${JSON.stringify(ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  const input = decodeCompletionWebhookProperties(event.ResourceProperties);
  const caller = ports.connect(input.connection);
  const team = await findTeam(caller, input.teamId);
  const path = await secretText(ports.readSecret, input.pathSecretArn, undefined);
  const url = `${input.receiverUrl}${path}`;
  const own = await ownWebhooks(caller, input);
  const kept = new Map<string, Webhook>();
  for (const webhook of own) if (isWanted(webhook, input) && !kept.has(webhook.action)) kept.set(webhook.action, webhook);
  for (const action of input.actions) await withoutSecret(path, () => ensure(caller, input, action, url, kept.get(action)));
  await removeAll(caller, own.filter((webhook) => kept.get(webhook.action) !== webhook));
  const data: CompletionWebhookAttributes = { TeamId: String(team.id), WebhookCount: String(input.actions.length) };
  return { PhysicalResourceId: `${team.id}/${event.LogicalResourceId}`, Data: data };
}

async function ensure(caller: Caller, input: CompletionWebhookInput, action: WebhookAction, url: string, present: Webhook | undefined): Promise<void> {
  const meta = { retriesCount: input.retriesCount, retriesDelay: input.retriesDelay, headers: {}, followRedirect: false, rejectUnauthorized: true };
  if (!present) {
    // a lost answer is made good by the next look, which keeps one of each action
    await caller.call('webhooks.add', { teamId: input.teamId, url, action, meta }, { once: true });
    log('webhook added', { teamId: input.teamId, action });
  } else if (present.url !== url || Object.entries(meta).some(([name, value]) => JSON.stringify(present.meta?.[name]) !== JSON.stringify(value))) {
    await caller.call('webhooks.update', { id: present.id, url, action, meta });
    log('webhook changed', { id: present.id, action });
  }
}

/** A Delete must not fail for what is not there, nor for a token that was taken back, or the stack could never go. */
async function remove(event: DeleteRequest<CompletionWebhookProperties>, ports: RegisterPorts): Promise<OnEventResponse> {
  const response = { PhysicalResourceId: event.PhysicalResourceId };
  if (!/^[1-9]\d*\//.test(event.PhysicalResourceId)) return response;
  const input = decodeCompletionWebhookProperties(event.ResourceProperties);
  const caller = ports.connect(input.connection);
  try {
    await removeAll(caller, await ownWebhooks(caller, input));
  } catch (error) {
    if (isAbsent(error)) log('no webhooks to remove', { teamId: input.teamId });
    else if (isForbidden(error) || error instanceof NoValidToken) logError('the server takes no token any more: webhooks that are left call an address at which nobody answers', error);
    else throw error;
  }
  return response;
}

/** A function URL belongs to one function: whatever lies below it is ours, with a former last part too. */
async function ownWebhooks(caller: Caller, { teamId, receiverUrl }: CompletionWebhookInput): Promise<Webhook[]> {
  const all = await allOf<Webhook>(caller, 'webhooks.list', { teamId });
  return all.filter(({ url }) => url.startsWith(receiverUrl));
}

function isWanted({ action }: Webhook, { actions }: CompletionWebhookInput): boolean {
  return (actions as readonly string[]).includes(action);
}

async function removeAll(caller: Caller, webhooks: readonly Webhook[]): Promise<void> {
  if (webhooks.length === 0) return;
  await caller.call('webhooks.bulk.remove', { ids: webhooks.map(({ id }) => id) });
  log('webhooks removed', { ids: webhooks.map(({ id }) => id) });
}
