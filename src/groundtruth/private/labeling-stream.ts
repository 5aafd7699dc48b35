import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { StreamIntake } from '../stream-intake';
import { StreamTopic } from '../stream-topic';
import { InputLocation } from './execution-role';
import { JobOutput } from './job-output';
import { CollectConfiguration, ForwardConfiguration, STREAM_EVENT_SOURCE } from './labeling-stream-contract';
import { streamFunction } from './stream-function';
import { IntakeFeed, StreamConsumer, StreamObjects } from './stream-objects';
import { QueueTarget, StreamQueue, subscribeQueue } from './stream-queue';
import { storeStatements } from './stream-store';
import { refuse } from '../../private/errors';
import { HandlerFunction, handlerLogGroup } from '../../private/handler-function';
import { keyStatements, readStatements } from '../../private/s3-location';

/** A crashed pass leaves its lease behind until a minute after this. */
const FORWARD_TIMEOUT = Duration.minutes(5);
/** Wakes that come together are one pass; a second call would meet the first one's lease, and two is the fewest that Lambda takes. */
const FORWARD_SOURCE = { batchSize: 1000, window: Duration.seconds(1), concurrency: 2 };
const COLLECT_TIMEOUT = Duration.minutes(1);
const COLLECT_SOURCE = { batchSize: 100, window: Duration.seconds(1), concurrency: 10 };
/** AWS's own advice: six times the function's time-out. */
const RESULTS_VISIBILITY = Duration.minutes(6);
const MOST_TRIES = 10;
/** A lost wake costs an hour, and no record. */
const LOOK_AGAIN = Duration.hours(1);

const EVENT_BUS = 'default';

/** What a job's side of a stream is made from. */
export interface LabelingStreamProps extends StreamConsumer {
  readonly intake: StreamIntake;
  readonly maxAttempts: number;
  readonly labelAttributeName: string;
  readonly outputTopic?: sns.ITopic;
  /** The job's ledger. */
  readonly ledger: { readonly bucket: s3.IBucket; readonly key: string };
  /** Where the job and those before it write, and the beginning of all their names. */
  readonly output: JobOutput;
  readonly nameBase: string;
  /** The job's ARNs, patterns. */
  readonly jobArns: string[];
  /** The ends of the job. */
  readonly ended: events.EventPattern;
}

/**
 * The job's side of a stream: what gives it objects, and what takes its labels. The wake queue is the intake's, so that a job in another stack
 * depends on the intake and never the other way round.
 */
export class LabelingStream extends Construct {
  /** Ground Truth's input topic, on which the forwarder alone publishes. */
  public readonly jobTopic: sns.ITopic;
  /** Ground Truth's output topic. */
  public readonly outputTopic: sns.ITopic;
  private readonly feed: IntakeFeed;
  private readonly logGroup: logs.ILogGroup;
  private readonly forward: HandlerFunction;

  constructor(scope: Construct, id: string, private readonly props: LabelingStreamProps) {
    super(scope, id);
    const { intake } = props;
    const { encryptionKey } = intake;
    refuse(scope, intake._objects.flatMap((objects) => props.objectProblems(objects)));
    this.feed = intake._feed({ ...props, allowObjects: (objects) => this.add(objects) });
    this.jobTopic = new StreamTopic(this, 'JobTopic', { encryptionKey });
    this.outputTopic = props.outputTopic ?? new StreamTopic(this, 'OutputTopic', { encryptionKey });
    this.logGroup = handlerLogGroup(this, 'Logs');
    this.forward = this.makeForward();
    this.makeCollect();
    this.wakeForward();
    for (const objects of intake._objects) this.allowToList(objects);
  }

  /** What the stream's objects are or refer to, for the job's role. */
  public get data(): InputLocation[] {
    return [...this.feed.data, ...this.props.intake._objects.map(({ data }) => data)];
  }

  private add(objects: StreamObjects): void {
    this.allowToList(objects);
    this.props.allowObjects(objects);
  }

  /** Objects that are there already are listed by the forwarder. */
  private allowToList({ bucket, includeExisting }: StreamObjects): void {
    if (includeExisting) this.forward.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
  }

  private makeForward(): HandlerFunction {
    const { intake, ledger, maxAttempts, source } = this.props;
    const { wakeQueue, manifests, seeds } = this.feed;
    const made = streamFunction(this, 'Forward', {
      handler: 'forward',
      description: `Gives the records of the stream ${intake.streamName} to its labeling job`,
      timeout: FORWARD_TIMEOUT,
      logGroup: this.logGroup,
      wakesItself: true,
      configuration: (): ForwardConfiguration => ({
        ...this.common(),
        ledger: { bucket: ledger.bucket.bucketName, key: ledger.key },
        jobTopicArn: this.jobTopic.topicArn,
        seeds: seeds(),
        deduplicationKey: intake._deduplicationKey,
        source,
        deadLetterQueueUrl: intake.deadLetterQueue.queueUrl,
        maxAttempts,
      }),
      source: { queue: wakeQueue, ...FORWARD_SOURCE },
    });
    this.jobTopic.grantPublish(made);
    intake.deadLetterQueue.grantSendMessages(made);
    this.allowCommon(made);
    for (const statement of [
      ...readStatements(ledger.bucket, ledger.key),
      ...manifests.flatMap(({ bucket, keys }) => readStatements(bucket, keys)),
      ...this.outputStatements(),
      new iam.PolicyStatement({ actions: ['sagemaker:DescribeLabelingJob'], resources: this.props.jobArns }),
    ]) made.addToRolePolicy(statement);
    return made;
  }

  private makeCollect(): void {
    const { intake, labelAttributeName, maxAttempts } = this.props;
    const queue = new StreamQueue(this, 'Results', {
      key: intake._queueKey, visibilityTimeout: RESULTS_VISIBILITY, deadLetterQueue: { queue: intake.deadLetterQueue, maxReceiveCount: MOST_TRIES },
    });
    subscribeQueue(this, 'Subscription', this.outputTopic, queue, intake.deadLetterQueue);
    const made = streamFunction(this, 'Collect', {
      handler: 'collect',
      description: `Takes the labels of the stream ${intake.streamName}`,
      timeout: COLLECT_TIMEOUT,
      logGroup: this.logGroup,
      configuration: (): CollectConfiguration => ({ ...this.common(), labelAttributeName, maxAttempts }),
      source: { queue, ...COLLECT_SOURCE },
    });
    this.allowCommon(made);
  }

  /** Records that come and objects that are done wake it by themselves. */
  private wakeForward(): void {
    const { intake: { streamName }, ended: eventPattern } = this.props;
    const targets = [new QueueTarget(this.feed.wakeQueue)];
    new events.Rule(this, 'Ended', { description: `A job of the stream ${streamName} has ended`, eventPattern, targets });
    new events.Rule(this, 'Schedule', { description: `Looks after the stream ${streamName}`, schedule: events.Schedule.rate(LOOK_AGAIN), targets });
  }

  private common() {
    const { intake: { _store: { bucket, prefix }, streamName } } = this.props;
    return { store: { bucket: bucket.bucketName, prefix }, wakeQueueUrl: this.feed.wakeQueue.queueUrl, eventBusName: EVENT_BUS, stream: streamName };
  }

  private allowCommon(made: HandlerFunction): void {
    this.feed.wakeQueue.grantSendMessages(made);
    storeStatements(this.props.intake._store, true).forEach((statement) => made.addToRolePolicy(statement));
    made.addToRolePolicy(new iam.PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: EVENT_BUS })],
      conditions: { StringEquals: { 'events:source': STREAM_EVENT_SOURCE } },
    }));
  }

  /** When a job has ended, its output manifest has the last word. */
  private outputStatements(): iam.PolicyStatement[] {
    const { output: { bucket, former, key }, nameBase } = this.props;
    return [
      ...[bucket, ...former].flatMap((each) => readStatements(each, `*${nameBase}-*`)),
      ...key ? keyStatements(bucket, ['kms:Decrypt'], key) : [],
    ];
  }
}
