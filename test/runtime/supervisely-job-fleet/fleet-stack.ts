import { FleetServer } from './fleet-server';
import type { FleetEvent } from '../../../runtime/supervisely-job-fleet/events';
import { handleFleetEvent, handleFleetIsComplete } from '../../../runtime/supervisely-job-fleet/handler';
import type { FleetFiles, Ports } from '../../../runtime/supervisely-job-fleet/ports';
import { type FleetReconciled, reconcileFleet } from '../../../runtime/supervisely-job-fleet/reconcile';
import type { ImportedDataset } from '../../../runtime/supervisely-labeling-job/ports';
import type { FleetTurn, JobFleetProperties } from '../../../src/supervisely/private/job-fleet-contract';
import { FakeBuckets } from '../labeling-fleet/fake-state';
import { FakeLedgers } from '../labeling-job/fake-storage';
import { type Life, mortal, NAME_BASE, STACK_ID } from '../supervisely-labeling-job/group-stack';

const KEY = `${STACK_ID.split('/').at(-1)}/Fleet/ledger.json`;
const POLL_MS = 10_000;
const MOST_POLLS = 50;

export function fleetProperties(changes: Partial<JobFleetProperties> = {}): JobFleetProperties {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
    ContractVersion: '1',
    Connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:token' },
    StateBucket: 'state',
    NameBase: NAME_BASE,
    ImageSets: [{ Dataset: { Id: '10555' } }],
    Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }],
    Work: { Classes: ['lemon'] },
    Settings: { Title: 'Lemons' },
    TimeoutSeconds: '300',
    ...changes,
  };
}

/** CloudFormation and CDK's provider framework around the handler, on a clock of its own. */
export class FleetStack {
  now = 1_800_000_000_000;
  readonly ledgers = new FakeLedgers('state', 'other-state');
  readonly buckets = new FakeBuckets('state', 'other-state');
  readonly imports = new Map<string, ImportedDataset>();
  /** The resource as CloudFormation knows it. */
  id?: string;
  current?: JobFleetProperties;
  private requests = 0;
  private invocations = 0;

  constructor(readonly server = new FleetServer()) {}

  ports(): Ports {
    const life: Life = {};
    const deadline = this.now + 300_000;
    return {
      connect: () => mortal(this.server, life),
      ledgerAt: (bucket, key) => mortal(this.ledgers.at(bucket, key), life),
      filesAt: (bucket, prefix) => this.filesAt(bucket, prefix, life),
      imports: { read: async (uri) => this.imports.get(uri) },
      now: () => this.now,
      remaining: () => deadline - this.now,
      sleep: async (milliseconds) => {
        this.now += milliseconds;
        await new Promise((resolve) => setImmediate(resolve));
      },
      holder: `invocation-${++this.invocations}`,
    };
  }

  event(type: FleetEvent['RequestType'], resource: JobFleetProperties, rest: Record<string, unknown> = {}): FleetEvent {
    return JSON.parse(JSON.stringify({
      RequestType: type, RequestId: `request-${++this.requests}`, StackId: STACK_ID, LogicalResourceId: 'Fleet', ResourceProperties: resource, ...rest,
    }));
  }

  async onEvent(event: FleetEvent): Promise<FleetEvent & { PhysicalResourceId: string }> {
    return { ...event, ...await handleFleetEvent(event, this.ports()) };
  }

  poll(event: FleetEvent & { PhysicalResourceId: string }): ReturnType<typeof handleFleetIsComplete> {
    return handleFleetIsComplete(JSON.parse(JSON.stringify(event)), this.ports());
  }

  async run(event: FleetEvent): Promise<{ readonly id: string; readonly data: Readonly<Record<string, string>> }> {
    const begun = await this.onEvent(event);
    for (let count = 0; count < MOST_POLLS; count++) {
      const answer = await this.poll(begun);
      if (answer.IsComplete) return { id: begun.PhysicalResourceId, data: answer.Data ?? {} };
      this.now += POLL_MS;
    }
    throw new Error('the waiter has timed out');
  }

  async create(changes: Partial<JobFleetProperties> = {}): Promise<Readonly<Record<string, string>>> {
    const resource = fleetProperties(changes);
    const { id, data } = await this.run(this.event('Create', resource));
    Object.assign(this, { id, current: resource });
    return data;
  }

  /** With the clean-up of what was replaced. */
  async update(changes: Partial<JobFleetProperties>): Promise<Readonly<Record<string, string>>> {
    const former = { id: this.id!, properties: this.current! };
    const resource = { ...former.properties, ...changes };
    const { id, data } = await this.run(this.event('Update', resource, { PhysicalResourceId: former.id, OldResourceProperties: former.properties }));
    Object.assign(this, { id, current: resource });
    if (id !== former.id) await this.run(this.event('Delete', former.properties, { PhysicalResourceId: former.id }));
    return data;
  }

  async delete(): Promise<void> {
    await this.run(this.event('Delete', this.current!, { PhysicalResourceId: this.id! }));
  }

  reconcile(turn?: FleetTurn): Promise<FleetReconciled> {
    const parameters = { put: async () => undefined };
    return reconcileFleet({ connection: this.current!.Connection, stateBucket: 'state', key: KEY, turn }, { ...this.ports(), parameters });
  }

  /** Lines of the record. */
  record(): Array<{ userId: number; left: number; finished: number; jobs: object[] }> {
    return this.buckets.text('state', KEY.replace('ledger.json', 'labelers.jsonl')).trim().split('\n').map((line) => JSON.parse(line));
  }

  private filesAt(bucket: string, prefix: string, life: Life): FleetFiles {
    const files = this.buckets.at(bucket, prefix);
    const { read, put, writeLines, remove } = mortal(files, life);
    return { read, put, writeLines, remove, uri: files.uri, keys: files.keys };
  }
}

/** A stack on a server in memory whose dataset has so many images. */
export function fleetOn(images: number): { stack: FleetStack; server: FleetServer } {
  const stack = new FleetStack();
  stack.server.addImages(10555, Array.from({ length: images }, (_, index) => index + 1));
  return { stack, server: stack.server };
}
