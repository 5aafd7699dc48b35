/**
 * The three functions of a stream: `intake` stores what comes, `forward` gives it to the stream's labeling job as far as that takes it, and
 * `collect` takes what the job says. Each may run twice, crash half-way or get throttled: docs/decisions/0007-streams.md tells why nothing is
 * lost or labeled twice. `intake` and `collect` are for event source mappings with `ReportBatchItemFailures`, with batches of any size.
 *
 * What they may do, and why (`<store>` is the store's bucket with its prefix):
 *
 * | function         | actions                                                              | resource                                   |
 * |------------------|----------------------------------------------------------------------|--------------------------------------------|
 * | all              | s3:GetObject, PutObject                                              | <store>*                                   |
 * | all              | s3:ListBucket (a missing mark answers 404, else 403)                 | the store's bucket                         |
 * | forward, collect | s3:DeleteObject                                                      | <store>*                                   |
 * | all              | sqs:SendMessage                                                      | the queue that wakes the forwarder         |
 * | intake, forward  | sqs:SendMessage                                                      | the dead-letter queue                      |
 * | forward          | sns:Publish                                                          | the job's topic                            |
 * | forward, collect | events:PutEvents                                                     | the event bus                              |
 * | forward          | sagemaker:DescribeLabelingJob                                        | labeling-job/<prefix>-*, adopted jobs      |
 * | forward          | s3:GetObject, s3:ListBucket (no ledger, no manifest: 404, else 403)  | the ledger, the output path, the seeds     |
 *
 * Customer-managed keys: kms:Decrypt and kms:GenerateDataKey on those of the buckets, the topic and the queues. `forward` goes on by itself when its time
 * is over: the longer its time-out, the fewer calls, but a crash is mended a minute after it at the soonest; below one minute it does nothing but
 * hand on. It wakes itself: `RecursiveLoop` must be `Allow`.
 */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { describing, eventBus, s3Datasets, snsTopic, sqsQueue } from './labeling-stream/aws-ports';
import { collect as collectBatch } from './labeling-stream/collect';
import { forward as forwardWaiting } from './labeling-stream/forward';
import { intake as takeInBatch } from './labeling-stream/intake';
import { CommonPorts } from './labeling-stream/ports';
import { S3StreamStore } from './labeling-stream/s3-stream-store';
import { s3, sageMaker } from './shared/clients';
import { LambdaContext } from './shared/custom-resource';
import { writeMetrics } from './shared/embedded-metrics';
import { S3LedgerStore } from './shared/s3-ledger-store';
import {
  CollectConfiguration, ForwardConfiguration, IntakeConfiguration, STREAM_CONFIGURATION, StreamStoreConfiguration,
} from '../src/groundtruth/private/labeling-stream-contract';

const s3Once = new S3Client({ maxAttempts: 1, forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined });
const sqs = new SQSClient({});
const sns = new SNSClient({});
const events = new EventBridgeClient({});

export function intake(event: SQSEvent, context: LambdaContext): Promise<SQSBatchResponse> {
  const configuration = read<IntakeConfiguration>();
  const { wakeQueueUrl } = configuration;
  return takeInBatch(event, configuration, {
    ...common(configuration.store, context),
    deadLetters: sqsQueue(sqs, configuration.deadLetterQueueUrl),
    wakes: wakeQueueUrl === undefined ? undefined : sqsQueue(sqs, wakeQueueUrl),
  });
}

/** Whatever the event says: it may be a queue's, a schedule's or a person's. */
export function forward(_event: unknown, context: LambdaContext): Promise<void> {
  const configuration = read<ForwardConfiguration>();
  return forwardWaiting(configuration, {
    ...common(configuration.store, context),
    deadLetters: sqsQueue(sqs, configuration.deadLetterQueueUrl),
    wakes: sqsQueue(sqs, configuration.wakeQueueUrl),
    topic: snsTopic(sns, configuration.jobTopicArn),
    events: eventBus(events, configuration.eventBusName),
    datasets: s3Datasets(s3),
    ledger: new S3LedgerStore(s3, configuration.ledger.bucket, configuration.ledger.key),
    describe: describing(sageMaker),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    holder: context.awsRequestId,
  });
}

export function collect(event: SQSEvent, context: LambdaContext): Promise<SQSBatchResponse> {
  const configuration = read<CollectConfiguration>();
  return collectBatch(event, configuration, {
    ...common(configuration.store, context),
    events: eventBus(events, configuration.eventBusName),
    wakes: sqsQueue(sqs, configuration.wakeQueueUrl),
  });
}

function read<Configuration>(): Configuration {
  const text = process.env[STREAM_CONFIGURATION];
  if (text === undefined) throw new Error(`the environment has no ${STREAM_CONFIGURATION}: the stream's constructs set it`);
  return JSON.parse(text) as Configuration;
}

function common(store: StreamStoreConfiguration, context: LambdaContext): CommonPorts {
  return {
    store: new S3StreamStore(s3, s3Once, store),
    emit: writeMetrics,
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
  };
}
