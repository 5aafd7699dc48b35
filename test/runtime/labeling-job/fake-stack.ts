import { FakeQueues } from './fake-queues';
import { FakeService } from './fake-service';
import { FakeLedgers, FakeObjects } from './fake-storage';
import { LabelingJobEvent } from '../../../runtime/labeling-job/events';
import { handleEvent, handleIsComplete } from '../../../runtime/labeling-job/handler';
import { Reconciled, reconcileJob } from '../../../runtime/labeling-job/reconcile-job';
import { StreamPorts } from '../../../runtime/labeling-job/streaming/ports';
import { LabelingJobProperties, LabelingJobReconcileEvent } from '../../../src/groundtruth/private/labeling-job-contract';

export const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Mails/0f8fad5b-d9cb-469f-a165-70867728950e';
export const NAME_BASE = 'mails-0a1b2c-spam-0123abcd';
const POLL_MS = 5_000;
const MOST_POLLS = 200;

export function properties(changes: Partial<LabelingJobProperties> = {}): LabelingJobProperties {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
    ContractVersion: '1',
    StateBucket: 'state',
    NameBase: NAME_BASE,
    Identity: { Input: 'sha256:11', LabelAttributeName: 'spam', LabelCategories: 'sha256:22', TaskType: 'TextMultiClass' },
    Revision: '{"TaskTitle":"Spam?"}',
    Request: {
      RoleArn: 'arn:aws:iam::111122223333:role/execution',
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://in/declared.manifest' } } },
      OutputConfig: { S3OutputPath: 's3://out/labels' },
      HumanTaskConfig: { TaskTitle: 'Spam?', NumberOfHumanWorkersPerDataObject: '3' },
    },
    LabelsOnlyUnlabeled: 'true',
    RemovalMode: 'STOP',
    TimeoutSeconds: '900',
    ...changes,
  };
}

/** Identity with another label attribute: other labels. */
export function otherIdentity(attribute: string): Pick<LabelingJobProperties, 'Identity'> {
  return { Identity: { ...properties().Identity, LabelAttributeName: attribute } };
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
  readonly objects = new FakeObjects();
  readonly queues = new FakeQueues(() => this.now);
  /** The resource as CloudFormation knows it. */
  id?: string;
  current?: LabelingJobProperties;
  /** Values that a reconcile has written. */
  readonly parameters = new Map<string, string>();
  private replaced?: { readonly id: string; readonly properties: LabelingJobProperties };
  private requests = 0;
  private invocations = 0;

  ports(): StreamPorts {
    const deadline = this.now + 60_000;
    return {
      jobs: this.service,
      objects: this.objects,
      queues: this.queues,
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
  async reconcile(event: Partial<LabelingJobReconcileEvent> = {}): Promise<Reconciled> {
    const parameters = { put: async (name: string, value: string) => void this.parameters.set(name, value) };
    const key = `${STACK_ID.split('/').at(-1)}/SpamJob/ledger.json`;
    return reconcileJob({ stateBucket: 'state', key, ...event }, { ...this.ports(), parameters });
  }

  event(type: LabelingJobEvent['RequestType'], resource: LabelingJobProperties, rest: Record<string, unknown> = {}): LabelingJobEvent {
    return JSON.parse(JSON.stringify({
      RequestType: type,
      RequestId: `request-${++this.requests}`,
      StackId: STACK_ID,
      LogicalResourceId: 'SpamJob',
      ResourceType: 'Custom::GroundTruthLabelingJob',
      ResponseURL: 'https://secret.example/?signature=secret',
      ResourceProperties: resource,
      ...rest,
    }));
  }

  async onEvent(event: LabelingJobEvent): Promise<LabelingJobEvent & { PhysicalResourceId: string }> {
    return { ...event, ...await handleEvent(event, this.ports()) };
  }

  /** One poll of the waiter. */
  async poll(event: LabelingJobEvent & { PhysicalResourceId: string }): Promise<Awaited<ReturnType<typeof handleIsComplete>>> {
    return handleIsComplete(JSON.parse(JSON.stringify(event)), this.ports());
  }

  async wait(event: LabelingJobEvent & { PhysicalResourceId: string }): Promise<Answer> {
    for (let count = 0; count < MOST_POLLS; count++) {
      const answer = await this.poll(event);
      if (answer.IsComplete) return { id: event.PhysicalResourceId, data: answer.Data ?? {} };
      this.now += POLL_MS;
    }
    throw new Error('the waiter has timed out');
  }

  async run(event: LabelingJobEvent): Promise<Answer> {
    return this.wait(await this.onEvent(event));
  }

  async create(resource: LabelingJobProperties = properties()): Promise<Answer> {
    const waiting = await this.onEvent(this.event('Create', resource));
    this.id = waiting.PhysicalResourceId;
    this.current = resource;
    return this.wait(waiting);
  }

  /** An Update, and the clean-up Delete when it has replaced the resource. */
  async update(resource: LabelingJobProperties): Promise<Answer> {
    const answer = await this.updateOnly(resource);
    await this.cleanUp();
    return answer;
  }

  async updateOnly(resource: LabelingJobProperties): Promise<Answer> {
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

  async delete(id: string = this.id!, resource: LabelingJobProperties = this.current!): Promise<Answer> {
    return this.run(this.event('Delete', resource, { PhysicalResourceId: id }));
  }
}
