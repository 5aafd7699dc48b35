import type { JobObserver, Site } from '../site';
import type { Job, Queue } from '../store/job-records';
import type { Webhook } from '../store/records';

export const WEBHOOK_ACTIONS = ['labeling_job.completed', 'labeling_queue.job.completed', 'labeling_queue.completed'] as const;
type Action = typeof WEBHOOK_ACTIONS[number];

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
/** What stands for the status of a request that nobody answered. */
const NO_ANSWER = 0;

export interface Delivery {
  readonly time: string;
  readonly webhookId: number;
  readonly url: string;
  readonly payload: object;
  readonly statusCode: number;
}

/** Posts to the webhooks of a team when a job or a queue is completed, and again when nobody takes it. */
export class WebhookSender implements JobObserver {
  readonly deliveries: Delivery[] = [];
  private readonly completed = new WeakSet<Job | Queue>();

  constructor(private readonly site: Site) {}

  changed(job: Job): void {
    const queue = job.labelingQueueId === null ? undefined : this.site.store.queues.get(job.labelingQueueId);
    const { teamId, projectId, datasetId, id: jobId, labelingQueueId } = job;
    const about = { teamId, projectId, datasetId, labelingQueueId };
    if (this.isNew(job)) this.announce(queue ? 'labeling_queue.job.completed' : 'labeling_job.completed', { ...about, jobId });
    if (queue && this.isNew(queue)) this.announce('labeling_queue.completed', about);
  }

  /** The answer's status; other machines are never called. */
  async post(webhook: Webhook, payload: object): Promise<number> {
    const statusCode = await this.request(webhook, payload);
    this.deliveries.push({ time: this.site.now(), webhookId: webhook.id, url: webhook.url, payload, statusCode });
    return statusCode;
  }

  private isNew(one: Job | Queue): boolean {
    if (one.status !== 'completed') {
      this.completed.delete(one);
      return false;
    }
    const isNew = !this.completed.has(one);
    this.completed.add(one);
    return isNew;
  }

  private announce(action: Action, data: { readonly teamId: number; readonly [about: string]: number | null }): void {
    for (const webhook of this.site.store.webhooks.of(data.teamId)) {
      if (webhook.action === action) this.deliver(webhook, { action, data }, webhook.meta.retriesCount, 0);
    }
  }

  private deliver(webhook: Webhook, payload: object, retries: number, delaySeconds: number): void {
    this.site.core.clock.schedule(delaySeconds * 1000, 'work', `webhook ${webhook.id}`, async () => {
      const status = await this.post(webhook, payload);
      const isTaken = status >= 200 && status < 300;
      if (!isTaken && retries > 0) this.deliver(webhook, payload, retries - 1, webhook.meta.retriesDelay);
    });
  }

  private async request({ url, meta }: Webhook, payload: object): Promise<number> {
    if (!LOOPBACK.includes(new URL(url).hostname)) return NO_ANSWER;
    try {
      const { status } = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...meta.headers },
        body: JSON.stringify(payload),
        redirect: meta.followRedirect ? 'follow' : 'manual',
      });
      return status;
    } catch {
      return NO_ANSWER;
    }
  }
}
