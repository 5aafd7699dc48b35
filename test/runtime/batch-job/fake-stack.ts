import { FakeFiles } from './fake-files';
import { FakeService } from './fake-service';
import { BatchJobEvent } from '../../../runtime/batch-job/events';
import { handleEvent, handleIsComplete } from '../../../runtime/batch-job/handler';
import { Ports } from '../../../runtime/batch-job/ports';
import { Reconciled, reconcileJob } from '../../../runtime/batch-job/reconcile-job';
import { BatchJobProperties, BatchJobReconcileEvent } from '../../../src/s3batch/private/batch-job-contract';
import { FakeLedgers } from '../labeling-job/fake-storage';

export const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
export const STACK_ID = `arn:aws:cloudformation:us-east-1:111122223333:stack/Archive/${GUID}`;
export const NAME_BASE = 'archive-0a1b2c-restore-0123abcd';
export const MANIFEST_PREFIX = `${GUID}/RestoreJob/manifests/`;
const POLL_MS = 5_000;
const MOST_POLLS = 800;

export type Waiting = BatchJobEvent & { PhysicalResourceId: string };

export function properties(changes: Partial<BatchJobProperties> = {}, request: Record<string, unknown> = {}): BatchJobProperties {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
    ContractVersion: '1',
    StateBucket: 'state',
    NameBase: NAME_BASE,
    Identity: { Operation: '{"S3DeleteObjectTagging":{}}', Manifest: 's3://in/manifest.csv' },
    Revision: '{}',
    Request: JSON.stringify({
      ConfirmationRequired: false,
      Operation: { S3DeleteObjectTagging: {} },
      Report: { Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'out' },
      RoleArn: 'arn:aws:iam::111122223333:role/batch',
      ...request,
    }),
    Manifest: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'], Bucket: 'in', Key: 'manifest.csv' },
    ManifestBucket: 'state',
    ManifestPrefix: MANIFEST_PREFIX,
    Description: 'Old mails',
    Priority: '10',
    Tags: [{ Key: 'team', Value: 'mail' }],
    TimeoutSeconds: '900',
    ...changes,
  };
}

/** Other work. */
export function otherManifest(key: string): Partial<BatchJobProperties> {
  return { Identity: { ...properties().Identity, Manifest: `s3://in/${key}` }, Manifest: { ...properties().Manifest!, Key: key } };
}

export interface Answer {
  readonly id: string;
  readonly data: Readonly<Record<string, string>>;
}

/** CloudFormation and CDK's provider framework around the handler, on a clock of its own. */
export class FakeStack {
  now = 1_800_000_000_000;
  readonly service = new FakeService(() => this.now);
  readonly ledgers = new FakeLedgers('state');
  readonly files = new FakeFiles();
  readonly parameters = new Map<string, string>();
  /** The resource as CloudFormation knows it. */
  id?: string;
  current?: BatchJobProperties;
  private replaced?: { readonly id: string; readonly properties: BatchJobProperties };
  private requests = 0;
  private invocations = 0;

  constructor() {
    this.files.put('in/manifest.csv', 'data,a\ndata,b\n');
    this.files.put('in/other.csv', 'data,c\n');
  }

  ports(): Ports {
    const deadline = this.now + 60_000;
    return {
      jobs: this.service,
      files: this.files,
      ledgerAt: (bucket, key) => this.ledgers.at(bucket, key),
      now: () => this.now,
      remaining: () => deadline - this.now,
      sleep: async (milliseconds) => {
        this.now += milliseconds;
        // whoever else is at work goes on meanwhile
        await new Promise((resolve) => setImmediate(resolve));
      },
      holder: `invocation-${++this.invocations}`,
    };
  }

  /** As a rule or a schedule calls it. */
  async reconcile(event: Partial<BatchJobReconcileEvent> = {}): Promise<Reconciled> {
    const parameters = { put: async (name: string, value: string) => void this.parameters.set(name, value) };
    return reconcileJob({ stateBucket: 'state', key: `${GUID}/RestoreJob/ledger.json`, ...event }, { ...this.ports(), parameters });
  }

  event(type: BatchJobEvent['RequestType'], resource: BatchJobProperties, rest: Record<string, unknown> = {}): BatchJobEvent {
    return JSON.parse(JSON.stringify({
      RequestType: type,
      RequestId: `request-${++this.requests}`,
      StackId: STACK_ID,
      LogicalResourceId: 'RestoreJob',
      ResponseURL: 'https://secret.example/?signature=secret',
      ResourceProperties: resource,
      ...rest,
    }));
  }

  async onEvent(event: BatchJobEvent): Promise<Waiting> {
    return { ...event, ...await handleEvent(event, this.ports()) };
  }

  /** One poll of the waiter. */
  async poll(event: Waiting): Promise<Awaited<ReturnType<typeof handleIsComplete>>> {
    return handleIsComplete(JSON.parse(JSON.stringify(event)), this.ports());
  }

  async wait(event: Waiting): Promise<Answer> {
    for (let count = 0; count < MOST_POLLS; count++) {
      const answer = await this.poll(event);
      if (answer.IsComplete) return { id: event.PhysicalResourceId, data: answer.Data ?? {} };
      this.now += POLL_MS;
    }
    throw new Error('the waiter has timed out');
  }

  async run(event: BatchJobEvent): Promise<Answer> {
    return this.wait(await this.onEvent(event));
  }

  async create(resource: BatchJobProperties = properties()): Promise<Answer> {
    const waiting = await this.onEvent(this.event('Create', resource));
    this.id = waiting.PhysicalResourceId;
    this.current = resource;
    return this.wait(waiting);
  }

  /** An Update, and the clean-up Delete when it has replaced the resource. */
  async update(resource: BatchJobProperties): Promise<Answer> {
    const answer = await this.updateOnly(resource);
    await this.cleanUp();
    return answer;
  }

  async updateOnly(resource: BatchJobProperties): Promise<Answer> {
    const former = { id: this.id!, properties: this.current! };
    const waiting = await this.onEvent(this.event('Update', resource, { PhysicalResourceId: former.id, OldResourceProperties: former.properties }));
    this.id = waiting.PhysicalResourceId;
    this.current = resource;
    if (this.id !== former.id) this.replaced = former;
    return this.wait(waiting);
  }

  async cleanUp(): Promise<void> {
    if (!this.replaced) return;
    const { id, properties: former } = this.replaced;
    this.replaced = undefined;
    await this.run(this.event('Delete', former, { PhysicalResourceId: id }));
  }

  async delete(id: string = this.id!, resource: BatchJobProperties = this.current!): Promise<Answer> {
    return this.run(this.event('Delete', resource, { PhysicalResourceId: id }));
  }
}
