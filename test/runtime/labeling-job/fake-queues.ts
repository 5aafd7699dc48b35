import { JobQueues, QueuedMessage } from '../../../runtime/labeling-job/streaming/ports';

interface Held {
  readonly id: string;
  readonly body: string;
  visibleAt: number;
  receipts: number;
}

type Call = keyof JobQueues;

/** The queues of streaming jobs: what was received is hidden for a while, and comes again unless it is deleted. */
export class FakeQueues implements JobQueues {
  readonly calls: string[] = [];
  private readonly queues = new Map<string, Held[]>();
  private faults: Array<{ call: Call; error: Error; afterwards: boolean }> = [];
  private messages = 0;

  constructor(private readonly now: () => number) {}

  /** As the service makes it. */
  open(jobName: string): void {
    this.queues.set(jobName, []);
  }

  /** As the topic sends it. */
  send(jobName: string, record: string): void {
    const MessageId = `message-${++this.messages}`;
    const body = JSON.stringify({ Type: 'Notification', MessageId, Message: record });
    this.queues.get(jobName)!.push({ id: `sqs-${this.messages}`, body, visibleAt: 0, receipts: 0 });
  }

  /** As the service takes messages: received and deleted. */
  take(jobName: string, most: number): string[] {
    const held = this.queues.get(jobName)!;
    return held.splice(0, Math.min(most, held.length)).map(({ body }) => body);
  }

  names(): string[] {
    return [...this.queues.keys()];
  }

  /** The next call of this kind fails: before anything was done, or after. */
  fail(call: Call, error: Error, afterwards = false): void {
    this.faults.push({ call, error, afterwards });
  }

  async receive(jobName: string): Promise<QueuedMessage[]> {
    return this.call('receive', jobName, () => {
      const visible = (this.queues.get(jobName) ?? []).filter(({ visibleAt }) => visibleAt <= this.now()).slice(0, 10);
      return visible.map((held) => {
        held.visibleAt = this.now() + 120_000;
        return { id: held.id, body: held.body, receipt: `${held.id}/${++held.receipts}` };
      });
    });
  }

  async delete(jobName: string, messages: readonly QueuedMessage[]): Promise<void> {
    await this.call('delete', jobName, () => {
      const held = this.queues.get(jobName);
      if (held) this.queues.set(jobName, held.filter(({ id }) => !messages.some((message) => message.id === id)));
    });
  }

  async depth(jobName: string): Promise<number> {
    return this.call('depth', jobName, () => this.queues.get(jobName)?.length ?? 0);
  }

  async remove(jobName: string): Promise<void> {
    await this.call('remove', jobName, () => void this.queues.delete(jobName));
  }

  private call<T>(call: Call, about: string, work: () => T): T {
    this.calls.push(`${call} ${about}`);
    const index = this.faults.findIndex((fault) => fault.call === call);
    const fault = index < 0 ? undefined : this.faults.splice(index, 1)[0];
    if (fault && !fault.afterwards) throw fault.error;
    const result = work();
    if (fault) throw fault.error;
    return result;
  }
}
