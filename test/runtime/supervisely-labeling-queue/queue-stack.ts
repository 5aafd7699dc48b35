import { Crash, FakeServer } from './fake-server';
import type { QueueEvent } from '../../../runtime/supervisely-labeling-queue/events';
import { handleEvent, handleIsComplete } from '../../../runtime/supervisely-labeling-queue/handler';
import type { Ports } from '../../../runtime/supervisely-labeling-queue/ports';
import { type Reconciled, reconcileQueue } from '../../../runtime/supervisely-labeling-queue/reconcile';
import type { LabelingQueueProperties } from '../../../src/supervisely/private/labeling-queue-contract';
import { FakeLedgers } from '../labeling-job/fake-storage';

export const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Fruits/0f8fad5b-d9cb-469f-a165-70867728950e';
export const NAME_BASE = 'fruits-0a1b2c-lemons-0123abcd';
export const KEY = `${STACK_ID.split('/').at(-1)}/Lemons/ledger.json`;
const POLL_MS = 10_000;
const MOST_POLLS = 50;

export function properties(changes: Partial<LabelingQueueProperties> = {}): LabelingQueueProperties {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
    ContractVersion: '1',
    Connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:token' },
    StateBucket: 'state',
    NameBase: NAME_BASE,
    Dataset: { Id: '10555' },
    Labelers: [{ Login: 'labeler_1' }, { Id: '102' }],
    Reviewers: [{ Login: 'my_username' }],
    Work: { Classes: ['lemon'] },
    Settings: { Title: 'Lemons' },
    TimeoutSeconds: '300',
    ...changes,
  };
}

export interface Answer {
  readonly id: string;
  readonly data: Readonly<Record<string, string>>;
}

type Begun = QueueEvent & { readonly PhysicalResourceId: string };
interface Life { crash?: Crash }

/** What a process that has crashed would catch and do afterwards never happens: all that it calls from then on fails as it did. */
function mortal<T extends object>(port: T, life: Life): T {
  return new Proxy(port, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        if (life.crash) throw life.crash;
        try {
          return await (member as (...all: unknown[]) => unknown).apply(target, given);
        } catch (error) {
          if (error instanceof Crash) life.crash = error;
          throw error;
        }
      };
    },
  });
}

/** CloudFormation and CDK's provider framework around the handler, on a clock of its own. */
export class QueueStack {
  now = 1_800_000_000_000;
  readonly server = new FakeServer();
  readonly ledgers = new FakeLedgers('state', 'other-state');
  /** The resource as CloudFormation knows it. */
  id?: string;
  current?: LabelingQueueProperties;
  readonly parameters = new Map<string, string>();
  private requests = 0;
  private invocations = 0;

  ports(): Ports {
    const life: Life = {};
    const deadline = this.now + 300_000;
    return {
      connect: () => mortal(this.server, life),
      ledgerAt: (bucket, key) => mortal(this.ledgers.at(bucket, key), life),
      now: () => this.now,
      remaining: () => deadline - this.now,
      sleep: async (milliseconds) => {
        this.now += milliseconds;
        await new Promise((resolve) => setImmediate(resolve));
      },
      holder: `invocation-${++this.invocations}`,
    };
  }

  event(type: QueueEvent['RequestType'], resource: LabelingQueueProperties, rest: Record<string, unknown> = {}): QueueEvent {
    return JSON.parse(JSON.stringify({
      RequestType: type, RequestId: `request-${++this.requests}`, StackId: STACK_ID, LogicalResourceId: 'Lemons', ResourceProperties: resource, ...rest,
    }));
  }

  async onEvent(event: QueueEvent): Promise<Begun> {
    return { ...event, ...await handleEvent(event, this.ports()) };
  }

  poll(event: Begun): ReturnType<typeof handleIsComplete> {
    return handleIsComplete(JSON.parse(JSON.stringify(event)), this.ports());
  }

  async wait(event: Begun): Promise<Answer> {
    for (let count = 0; count < MOST_POLLS; count++) {
      const answer = await this.poll(event);
      if (answer.IsComplete) return { id: event.PhysicalResourceId, data: answer.Data ?? {} };
      this.now += POLL_MS;
    }
    throw new Error('the waiter has timed out');
  }

  async run(event: QueueEvent): Promise<Answer> {
    return this.wait(await this.onEvent(event));
  }

  async create(changes: Partial<LabelingQueueProperties> = {}): Promise<Answer> {
    const resource = properties(changes);
    const answer = await this.run(this.event('Create', resource));
    this.id = answer.id;
    this.current = resource;
    return answer;
  }

  /** With the clean-up of what was replaced. */
  async update(changes: Partial<LabelingQueueProperties>): Promise<Answer> {
    const former = { id: this.id!, properties: this.current! };
    const resource = { ...former.properties, ...changes };
    const answer = await this.run(this.event('Update', resource, { PhysicalResourceId: former.id, OldResourceProperties: former.properties }));
    this.id = answer.id;
    this.current = resource;
    if (answer.id !== former.id) await this.run(this.event('Delete', former.properties, { PhysicalResourceId: former.id }));
    return answer;
  }

  async delete(): Promise<void> {
    await this.run(this.event('Delete', this.current!, { PhysicalResourceId: this.id! }));
  }

  async reconcile(driftParameter?: string): Promise<Reconciled> {
    const parameters = { put: async (name: string, value: string) => void this.parameters.set(name, value) };
    return reconcileQueue({ connection: this.current!.Connection, stateBucket: 'state', key: KEY, driftParameter }, { ...this.ports(), parameters });
  }
}
