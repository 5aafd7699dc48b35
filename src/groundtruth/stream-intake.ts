import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deliverToEventBridge } from './private/bucket-events';
import { jobNames } from '../private/job-names';
import { IntakeConfiguration } from './private/labeling-stream-contract';
import { allowCarriers, newStreamKey } from './private/stream-encryption';
import { streamFunction } from './private/stream-function';
import { IntakeFeed, objectPattern, StreamConsumer, StreamObjects } from './private/stream-objects';
import { allowRules, allowTopics, StreamQueue, subscribeQueue } from './private/stream-queue';
import { newStoreBucket, storeStatements, StreamStore } from './private/stream-store';
import { existingProblems, intakeProblems, objectsProblems } from './private/stream-validation';
import { StreamAlarms, StreamAlarmsOptions } from './stream-alarms';
import { StreamIntakeBase } from './stream-intake-base';
import { StreamIntakeProps, StreamObjectsOptions } from './stream-intake-props';
import { StreamTopic } from './stream-topic';
import { SourceKey } from '../model/groundtruth/manifest';
import { contentDigest } from '../private/content-asset';
import { refuse } from '../private/errors';
import { HandlerFunction, handlerLogGroup } from '../private/handler-function';

const INTAKE_TIMEOUT = Duration.minutes(1);
/** One call writes them side by side. */
const INTAKE_BATCH = 100;
const INTAKE_WINDOW = Duration.seconds(1);
/** AWS's own advice: six times the function's time-out, so that a throttled call does not cost a message one of its tries. */
const INTAKE_VISIBILITY = Duration.minutes(6);
const INTAKE_CONCURRENCY = 10;
const MOST_TRIES = 10;

/** Longer than a pass of the forwarder: another call takes over when one has died. */
const WAKE_VISIBILITY = Duration.minutes(7);
/** Once an hour a schedule wakes the forwarder anyway. */
const WAKE_RETENTION = Duration.hours(1);

/**
 * The door of a stream of data objects: whoever may publishes records on its topic, whenever and as often as they like. Each is stored before
 * anything is done with it, once for each key, and waits there for a labeling job, however many jobs come and go.
 *
 * A record is one line of a manifest as JSON text: `{"source": "a text"}` or `{"source-ref": "s3://bucket/key"}`; what is something else, or too
 * large, goes to the dead-letter queue with the reason. It is labeled by a job with `InputManifest.streaming()`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-streaming-labeling-job.html
 */
export class StreamIntake extends StreamIntakeBase {
  /** The stream's name in metrics and events. */
  public readonly streamName: string;
  /** The topic on which producers publish records. */
  public readonly inputTopic: sns.ITopic;
  /** The queue of records that are not stored yet. */
  public readonly intakeQueue: sqs.IQueue;
  /** The queue of records that were refused or could not be stored; each refused one says why. */
  public readonly deadLetterQueue: sqs.IQueue;
  /** The bucket in which the records lie. */
  public readonly storeBucket: s3.IBucket;
  /** The URI below which the records lie. */
  public readonly storeUri: string;
  /** The key that encrypts the topics. */
  public readonly encryptionKey: kms.IKey;

  /** @internal */
  public readonly _store: StreamStore;
  /** @internal */
  public readonly _deduplicationKey?: string;
  /**
   * Encrypts queues, where the user gave a key.
   *
   * @internal
   */
  public readonly _queueKey?: kms.IKey;
  private readonly intake: HandlerFunction;
  /** @internal */
  public readonly _objects: StreamObjects[] = [];
  private consumer?: StreamConsumer;
  private wakeQueue?: sqs.Queue;

  /**
   * @param scope the construct that owns the intake
   * @param id the intake's id in its scope
   * @param props where records come from and lie, and what makes two of them the same
   */
  constructor(scope: Construct, id: string, private readonly props: StreamIntakeProps = {}) {
    refuse(`${scope.node.path}/${id}`, intakeProblems(props));
    super(scope, id);
    this.streamName = jobNames(this).base;
    this._deduplicationKey = props.deduplicationKey;
    this._queueKey = props.encryptionKey;
    this.encryptionKey = props.encryptionKey ?? newStreamKey(this, 'Key');
    if (this._queueKey) allowCarriers(this, this._queueKey);

    this.storeBucket = props.storeBucket ?? newStoreBucket(this, 'Store', props.encryptionKey);
    const prefix = props.storePrefix ?? (props.storeBucket ? this.streamName : '');
    this._store = { bucket: this.storeBucket, prefix: prefix === '' ? '' : `${prefix}/` };
    this.storeUri = this.storeBucket.s3UrlForObject(prefix === '' ? undefined : prefix);

    this.inputTopic = props.inputTopic ?? new StreamTopic(this, 'InputTopic', { encryptionKey: this.encryptionKey });
    this.deadLetterQueue = new StreamQueue(this, 'DeadLetters', { key: this._queueKey });
    allowTopics(this.deadLetterQueue);
    this.intakeQueue = new StreamQueue(this, 'Queue', {
      key: this._queueKey, visibilityTimeout: INTAKE_VISIBILITY, deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MOST_TRIES },
    });
    subscribeQueue(this, 'Subscription', this.inputTopic, this.intakeQueue, this.deadLetterQueue);
    this.intake = this.intakeFunction();
  }

  /**
   * Lets somebody publish records.
   *
   * @param grantee the producer
   */
  public grantPublish(grantee: iam.IGrantable): iam.Grant {
    return this.inputTopic.grantPublish(grantee);
  }

  /**
   * Makes records of the objects that are created in a bucket: `{"source-ref": "s3://bucket/key"}`. EventBridge tells of them; for a bucket of this
   * app that is switched on. An object that is written again is not labeled again.
   *
   * The bucket may not get the job's output, nor the stream's records, below the same prefix: that would be a loop.
   *
   * @param bucket the objects' bucket
   * @param options which objects
   */
  public addObjectsOf(bucket: s3.IBucket, options: StreamObjectsOptions = {}): void {
    const objects = new StreamObjects(bucket, options);
    refuse(this, [
      ...objectsProblems(objects, this._store, this._deduplicationKey),
      ...existingProblems([...this._objects, objects], this.props.seeds?.length ?? 0),
      ...this.consumer?.objectProblems(objects) ?? [],
    ]);
    const digest = contentDigest(JSON.stringify([bucket.node.path, options.prefix, options.suffix])).slice('sha256:'.length, 'sha256:'.length + 8);
    deliverToEventBridge(this, bucket);
    new events.Rule(this, `Objects${digest}`, {
      description: `Objects created for the stream ${this.streamName}`,
      eventPattern: objectPattern(objects),
      targets: [new targets.SqsQueue(this.intakeQueue, { deadLetterQueue: this.deadLetterQueue })],
    });
    this._objects.push(objects);
    this.consumer?.allowObjects(objects);
  }

  /**
   * Alarms of the stream. The description of each links to what is to be done.
   *
   * @param options who hears of them, and when
   */
  public addAlarms(options: StreamAlarmsOptions = {}): StreamAlarms {
    return new StreamAlarms(this, 'Alarms', { ...options, intake: this });
  }

  /**
   * What is wrong with it for a job whose objects are under this key.
   *
   * @internal
   */
  public _problems(source: SourceKey): string[] {
    return [
      ...this.consumer ? [`an intake feeds one job, and this one feeds ${this.consumer.path}: make another StreamIntake, or give its topic to both`] : [],
      ...(this.props.seeds ?? []).flatMap((seed, index) => seed._problems(source).map((problem) => `seed ${index + 1}: ${problem}`)),
    ];
  }

  /**
   * Makes the intake feed a job.
   *
   * @internal
   */
  public _feed(consumer: StreamConsumer): IntakeFeed {
    this.consumer = consumer;
    this.wakeQueue = new StreamQueue(this, 'WakeQueue', { key: this._queueKey, visibilityTimeout: WAKE_VISIBILITY, retention: WAKE_RETENTION });
    allowRules(this.wakeQueue);
    this.wakeQueue.grantSendMessages(this.intake);
    const seeds = (this.props.seeds ?? []).map((seed, index) => seed._bind(new Construct(this, `Seed${index + 1}`)));
    return {
      wakeQueue: this.wakeQueue,
      manifests: seeds.map(({ location }) => location!),
      data: seeds.flatMap(({ data }) => data),
      seeds: () => [
        ...seeds.map(({ identity, location }) => ({ id: identity, kind: 'manifest' as const, bucket: location!.bucket.bucketName, key: location!.objectKey })),
        ...this._objects.flatMap(({ seed }) => seed ?? []),
      ],
    };
  }

  private intakeFunction(): HandlerFunction {
    const made = streamFunction(this, 'Intake', {
      handler: 'intake',
      description: `Takes the records of the stream ${this.streamName} in`,
      timeout: INTAKE_TIMEOUT,
      logGroup: handlerLogGroup(this, 'Logs'),
      configuration: (): IntakeConfiguration => ({
        store: { bucket: this.storeBucket.bucketName, prefix: this._store.prefix },
        deduplicationKey: this.props.deduplicationKey,
        source: this.consumer?.source,
        deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
        wakeQueueUrl: this.wakeQueue?.queueUrl,
        stream: this.streamName,
      }),
      source: { queue: this.intakeQueue, batchSize: INTAKE_BATCH, window: INTAKE_WINDOW, concurrency: INTAKE_CONCURRENCY },
    });
    storeStatements(this._store, false).forEach((statement) => made.addToRolePolicy(statement));
    this.deadLetterQueue.grantSendMessages(made);
    return made;
  }
}
