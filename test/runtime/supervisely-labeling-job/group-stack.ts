import { Crash, FakeServer } from './fake-server';
import type { Caller } from '../../../runtime/shared/supervisely/client';
import type { GroupEvent } from '../../../runtime/supervisely-labeling-job/events';
import { handleEvent, handleIsComplete } from '../../../runtime/supervisely-labeling-job/handler';
import type { Bus, ImportedDataset, Ports } from '../../../runtime/supervisely-labeling-job/ports';
import { type Reconciled, reconcileGroup } from '../../../runtime/supervisely-labeling-job/reconcile';
import type { LabelingJobStateChangeDetail } from '../../../src/supervisely/job-events';
import type { LabelingJobProperties, LabelingJobReconcileEvent } from '../../../src/supervisely/private/labeling-job-contract';
import { FakeLedgers } from '../labeling-job/fake-storage';

export const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Fruits/0f8fad5b-d9cb-469f-a165-70867728950e';
export const NAME_BASE = 'fruits-0a1b2c-lemons-0123abcd';
const KEY = `${STACK_ID.split('/').at(-1)}/Lemons/ledger.json`;
const POLL_MS = 10_000;
const MOST_POLLS = 50;

export function properties(changes: Partial<LabelingJobProperties> = {}): LabelingJobProperties {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
    ContractVersion: '1',
    Connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:token' },
    StateBucket: 'state',
    NameBase: NAME_BASE,
    Dataset: { Id: '10555' },
    Labelers: [{ Login: 'labeler_1' }],
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

/** An event bus in memory. */
export class FakeBus implements Bus {
  readonly told: LabelingJobStateChangeDetail[] = [];
  /** Asked before each event. */
  fault: () => 'crash before' | 'crash after' | 'not received' | undefined = () => undefined;

  async put(_: string, detail: object): Promise<void> {
    const fault = this.fault();
    if (fault === 'crash before') throw new Crash('put');
    if (fault === 'not received') throw new Error('the bus is out of reach');
    this.told.push(JSON.parse(JSON.stringify(detail)));
    if (fault === 'crash after') throw new Crash('put');
  }
}

export interface Life { crash?: Crash }

/** What a process that has crashed would catch and do afterwards never happens: all that it calls from then on fails as it did. */
export function mortal<T extends object>(port: T, life: Life): T {
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
export class GroupStack {
  now = 1_800_000_000_000;
  readonly ledgers = new FakeLedgers('state', 'other-state');
  /** The resource as CloudFormation knows it. */
  id?: string;
  current?: LabelingJobProperties;
  readonly parameters = new Map<string, string>();
  /** Records of imports by their URIs. */
  readonly imports = new Map<string, ImportedDataset>();
  readonly bus = new FakeBus();
  private requests = 0;
  private invocations = 0;

  constructor(readonly server: Caller = new FakeServer()) {}

  ports(): Ports {
    const life: Life = {};
    const deadline = this.now + 300_000;
    return {
      connect: () => mortal(this.server, life),
      ledgerAt: (bucket, key) => mortal(this.ledgers.at(bucket, key), life),
      imports: { read: async (uri) => this.imports.get(uri) },
      bus: mortal(this.bus, life),
      now: () => this.now,
      remaining: () => deadline - this.now,
      sleep: async (milliseconds) => {
        this.now += milliseconds;
        await new Promise((resolve) => setImmediate(resolve));
      },
      holder: `invocation-${++this.invocations}`,
    };
  }

  event(type: GroupEvent['RequestType'], resource: LabelingJobProperties, rest: Record<string, unknown> = {}): GroupEvent {
    return JSON.parse(JSON.stringify({
      RequestType: type, RequestId: `request-${++this.requests}`, StackId: STACK_ID, LogicalResourceId: 'Lemons', ResourceProperties: resource, ...rest,
    }));
  }

  async onEvent(event: GroupEvent): Promise<GroupEvent & { PhysicalResourceId: string }> {
    return { ...event, ...await handleEvent(event, this.ports()) };
  }

  poll(event: GroupEvent & { PhysicalResourceId: string }): ReturnType<typeof handleIsComplete> {
    return handleIsComplete(JSON.parse(JSON.stringify(event)), this.ports());
  }

  async wait(event: GroupEvent & { PhysicalResourceId: string }): Promise<Answer> {
    for (let count = 0; count < MOST_POLLS; count++) {
      const answer = await this.poll(event);
      if (answer.IsComplete) return { id: event.PhysicalResourceId, data: answer.Data ?? {} };
      this.now += POLL_MS;
    }
    throw new Error('the waiter has timed out');
  }

  async run(event: GroupEvent): Promise<Answer> {
    return this.wait(await this.onEvent(event));
  }

  async create(changes: Partial<LabelingJobProperties> = {}): Promise<Answer> {
    const resource = properties(changes);
    const answer = await this.run(this.event('Create', resource));
    this.id = answer.id;
    this.current = resource;
    return answer;
  }

  /** With the clean-up of what was replaced. */
  async update(changes: Partial<LabelingJobProperties>): Promise<Answer> {
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

  async reconcile(driftParameter?: string, others: Partial<LabelingJobReconcileEvent> = {}): Promise<Reconciled> {
    const parameters = { put: async (name: string, value: string) => void this.parameters.set(name, value) };
    return reconcileGroup({ connection: this.current!.Connection, stateBucket: 'state', key: KEY, driftParameter, ...others }, { ...this.ports(), parameters });
  }
}

/** A stack on a server in memory. */
export function onFakeServer(): { stack: GroupStack; server: FakeServer } {
  const server = new FakeServer();
  return { stack: new GroupStack(server), server };
}
