import type { CreateEventSourceMappingCommandInput, EventSourceMappingConfiguration, ListEventSourceMappingsCommandInput, UpdateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda';
import { actingAs, roleCaller } from '../../core/acting-as';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';
import { ServiceError } from '../../core/service';
import { InvalidPattern } from '../event-pattern';
import type { SqsService } from '../sqs';
import { conflict, invalidParameter, notFound } from './errors';
import { EventSourcePoller } from './event-source-poller';
import type { FunctionStore } from './function-store';
import { page } from './page';

const DEFAULT_BATCH = 10;
/** With what Lambda begins; it takes more when a queue grows. */
const DEFAULT_CONCURRENCY = 5;
const MAX_BATCH = 10_000;
const MAX_BATCH_WITHOUT_WINDOW = 10;

interface Mapping {
  configuration: EventSourceMappingConfiguration;
  poller?: EventSourcePoller;
}

/** Event source mappings of queues. */
export class EventSourceOperations {
  private readonly mappings = new Map<string, Mapping>();
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: FunctionStore) {
    this.uuid = uuids(core, 'lambda-event-sources');
  }

  readonly CreateEventSourceMapping = async (input: CreateEventSourceMappingCommandInput) => {
    const { invokedArn, version } = this.store.resolve(input.FunctionName!);
    const { FunctionName, Enabled, Tags, ...settings } = input;
    if (!/^arn:[^:]+:sqs:/.test(input.EventSourceArn ?? '')) throw new ServiceError('NotImplemented', `the local engine polls queues only, not ${input.EventSourceArn ?? 'a self-managed source'}`, 501);
    const isSame = ({ configuration: { FunctionArn, EventSourceArn } }: Mapping) => FunctionArn === invokedArn && EventSourceArn === input.EventSourceArn;
    if ([...this.mappings.values()].some(isSame)) {
      throw conflict(`An event source mapping with SQS arn (" ${input.EventSourceArn} ") and function (" ${version.configuration.FunctionName} ") already exists.`);
    }
    await this.checkQueue(input.EventSourceArn!, version.configuration.Timeout!);
    const UUID = this.uuid();
    const configuration = { BatchSize: 10, MaximumBatchingWindowInSeconds: 0, ...settings, UUID, FunctionArn: invokedArn, StateTransitionReason: 'USER_INITIATED' };
    return this.put(configuration, Enabled ?? true, 'Creating');
  };

  readonly GetEventSourceMapping = ({ UUID }: { UUID: string }) => this.get(UUID).configuration;

  readonly UpdateEventSourceMapping = (input: UpdateEventSourceMappingCommandInput) => {
    const { configuration: before } = this.get(input.UUID!);
    const { FunctionName, Enabled, UUID, ...settings } = input;
    const FunctionArn = FunctionName ? this.store.resolve(FunctionName).invokedArn : before.FunctionArn;
    return this.put({ ...before, ...settings, FunctionArn }, Enabled ?? before.State === 'Enabled', 'Updating');
  };

  readonly DeleteEventSourceMapping = ({ UUID }: { UUID: string }) => {
    const { configuration, poller } = this.get(UUID);
    poller?.stop();
    this.mappings.delete(UUID);
    return { ...configuration, State: 'Deleting' };
  };

  readonly ListEventSourceMappings = (input: ListEventSourceMappingsCommandInput) => {
    const name = input.FunctionName && this.store.get(input.FunctionName).name;
    const found = [...this.mappings.values()].map(({ configuration }) => configuration)
      .filter(({ FunctionArn, EventSourceArn }) => (!name || FunctionArn!.split(':')[6] === name) && (!input.EventSourceArn || EventSourceArn === input.EventSourceArn));
    const { items, NextMarker } = page(found, input);
    return { EventSourceMappings: items, NextMarker };
  };

  stop(): void {
    for (const { poller } of this.mappings.values()) poller?.stop();
  }

  private get(uuid: string): Mapping {
    const mapping = this.mappings.get(uuid);
    if (!mapping) throw notFound('The resource you requested does not exist.');
    return mapping;
  }

  /** Stores the mapping and polls anew; what a call answers is the way there, what one reads afterwards the state reached. */
  private put(configuration: EventSourceMappingConfiguration, enabled: boolean, transition: string): EventSourceMappingConfiguration {
    const { BatchSize = 10, MaximumBatchingWindowInSeconds = 0, EventSourceArn } = configuration;
    if (MaximumBatchingWindowInSeconds > 0 && EventSourceArn!.endsWith('.fifo')) {
      throw invalidParameter('Batching window is not supported for FIFO queues');
    }
    if (BatchSize > MAX_BATCH || (BatchSize > MAX_BATCH_WITHOUT_WINDOW && MaximumBatchingWindowInSeconds < 1)) {
      throw invalidParameter('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
    }
    const poller = enabled ? this.poller(configuration) : undefined;
    this.mappings.get(configuration.UUID!)?.poller?.stop();
    const stored = { ...configuration, State: enabled ? 'Enabled' : 'Disabled', LastModified: new Date(this.core.clock.now()) };
    this.mappings.set(configuration.UUID!, { configuration: stored, poller });
    poller?.start();
    return { ...stored, State: transition };
  }

  private poller(mapping: EventSourceMappingConfiguration): EventSourcePoller {
    const { EventSourceArn, FunctionArn, BatchSize, FilterCriteria, FunctionResponseTypes, ...rest } = mapping;
    try {
      const { version: { configuration } } = this.store.resolve(FunctionArn!);
      // queues are read in the function's role
      const reader = roleCaller(this.core, configuration.Role!, configuration.FunctionName!);
      return new EventSourcePoller(actingAs(this.core, reader), {
        queueArn: EventSourceArn!,
        functionArn: FunctionArn!,
        batchSize: BatchSize ?? DEFAULT_BATCH,
        windowSeconds: rest.MaximumBatchingWindowInSeconds ?? 0,
        concurrency: rest.ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY,
        filters: (FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern!),
        reportsItemFailures: FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      });
    } catch (error) {
      if (error instanceof InvalidPattern) throw invalidParameter(`Invalid filter pattern definition. ${error.message}`);
      throw error;
    }
  }

  private async checkQueue(arn: string, functionTimeout: number): Promise<void> {
    const QueueUrl = this.core.service<SqsService>('sqs').queueUrl(arn);
    if (!QueueUrl) {
      throw invalidParameter('Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.');
    }
    const { Attributes } = await this.core.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['VisibilityTimeout'] });
    if (Number(Attributes.VisibilityTimeout) < functionTimeout) {
      throw invalidParameter(`Queue visibility timeout: ${Attributes.VisibilityTimeout} seconds is less than Function timeout: ${functionTimeout} seconds`);
    }
  }
}
