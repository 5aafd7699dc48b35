import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STREAM_CONFIGURATION } from './labeling-stream-contract';
import { HandlerFunction } from '../../private/handler-function';

/** What tells a stream's functions apart. */
export interface StreamFunctionProps {
  readonly handler: 'intake' | 'forward' | 'collect';
  readonly description: string;
  readonly timeout: Duration;
  readonly logGroup: logs.ILogGroup;
  /** Whether it sends messages to the queue that feeds it. */
  readonly wakesItself?: boolean;
  /** Asked for when the app is complete. */
  readonly configuration: () => object;
  readonly source: {
    readonly queue: sqs.IQueue;
    readonly batchSize: number;
    /** How long messages are gathered. */
    readonly window: Duration;
    readonly concurrency: number;
  };
}

/** A function of a stream, which a queue feeds. A message that it could not do comes again, alone. */
export function streamFunction(scope: Construct, id: string, props: StreamFunctionProps): HandlerFunction {
  const { handler, description, timeout, logGroup, wakesItself, configuration, source } = props;
  const made = new HandlerFunction(scope, id, { bundle: 'labeling-stream', handler, description, timeout, logGroup, wakesItself });
  made.addEnvironment(STREAM_CONFIGURATION, Lazy.string({ produce: () => Stack.of(scope).toJsonString(configuration()) }));
  made.addEventSource(new SqsEventSource(source.queue, {
    batchSize: source.batchSize, maxBatchingWindow: source.window, maxConcurrency: source.concurrency, reportBatchItemFailures: true,
  }));
  return made;
}
