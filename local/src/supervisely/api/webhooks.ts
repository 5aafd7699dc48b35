import { badRequest, notFound } from '../errors';
import { WEBHOOK_ACTIONS, type WebhookSender } from './webhook-sender';
import { closed, COUNT, FLAG, ID, list, MAP, oneOf, open, type Schema } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { User, Webhook } from '../store/records';

const URL_TEXT: Schema = { type: 'string', pattern: '^https?://[^/]+' };
const ACTION = oneOf(WEBHOOK_ACTIONS);
const META = closed({}, {
  retriesCount: COUNT,
  retriesDelay: COUNT,
  headers: { type: 'object', additionalProperties: { type: 'string' } },
  followRedirect: FLAG,
  rejectUnauthorized: FLAG,
});
const META_DEFAULTS: Webhook['meta'] = { retriesCount: 5, retriesDelay: 10, headers: {}, followRedirect: true, rejectUnauthorized: true };

/** Who is told when jobs and queues are done. */
export function webhookMethods(site: Site, sender: WebhookSender): Methods {
  const { store, access } = site;
  const find = (id: number, user: User, purpose: 'see' | 'manage jobs' = 'see'): Webhook => {
    const webhook = store.webhooks.get(id);
    if (!webhook) throw notFound('Webhook', id);
    access.team(user, webhook.teamId, purpose);
    return webhook;
  };
  return {
    'webhooks.add': post(closed({ teamId: ID, url: URL_TEXT, action: ACTION }, { meta: META }), ({ teamId, url, action, meta = {} }, { user }) => {
      access.team(user, teamId, 'manage jobs');
      return { id: store.webhooks.add({ teamId, url, action, meta: { ...META_DEFAULTS, ...meta }, ...site.dated() }).id };
    }),
    'webhooks.info': get(open({ id: ID }), ({ id }, { user }) => find(id, user)),
    'webhooks.list': get(open({ teamId: ID }, LIST_MEMBERS), (input, { user }) =>
      listPage(input, store.webhooks.of(access.team(user, input.teamId).id), {
        fields: { action: ({ action }) => action, url: ({ url }) => url },
        view: (webhook) => webhook,
      })),
    'webhooks.update': post(closed({ id: ID }, { url: URL_TEXT, action: ACTION, meta: META }), ({ id, meta, ...changes }, { user }) => {
      const webhook = find(id, user, 'manage jobs');
      Object.assign(webhook, changes, { meta: { ...webhook.meta, ...meta }, updatedAt: site.now() });
      return { id };
    }),
    'webhooks.bulk.remove': post(closed({ ids: list(ID, { minItems: 1 }) }), ({ ids }, { user }) => {
      for (const { id } of ids.map((one: number) => find(one, user, 'manage jobs'))) store.webhooks.remove(id);
      return { success: true };
    }),
    'webhooks.test': post(closed({ teamId: ID }, { id: ID, action: ACTION, payload: MAP }), async ({ teamId, id, action, payload = {} }, { user }) => {
      access.team(user, teamId, 'manage jobs');
      const isMeant = (webhook: Webhook): boolean => (id ?? webhook.id) === webhook.id && (action ?? webhook.action) === webhook.action;
      const tested = store.webhooks.of(teamId).filter(isMeant);
      if (tested.length === 0) throw badRequest(`the team ${teamId} has no such webhook to test`);
      const results = await Promise.all(tested.map(async (webhook) => ({ id: webhook.id, statusCode: await sender.post(webhook, payload) })));
      return { success: results.every(({ statusCode }) => statusCode >= 200 && statusCode < 300), results };
    }),
  };
}
