import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { metricLines } from './metrics';
import { CollectPorts } from './ports';
import { Result, takeResults } from './results';
import type { CollectConfiguration } from '../../src/groundtruth/private/labeling-stream-contract';
import { publishedText } from '../../src/model/stream/incoming';
import { readOutputLine, StreamOutput } from '../../src/model/stream/output-line';
import { log, logError } from '../shared/log';

/** The same object, once. */
type Results = Map<string, Result>;

/** Output messages of the job become events and marks; those that could not be taken stay in the queue. */
export async function collect({ Records }: SQSEvent, configuration: CollectConfiguration, ports: CollectPorts): Promise<SQSBatchResponse> {
  const { stream } = configuration;
  const results: Results = new Map();
  let foreign = 0;
  const idsOf = new Map<SQSRecord, readonly string[]>();
  for (const message of Records) {
    const read = linesOf(message.body).map((line) => readOutputLine(line, stream, configuration.labelAttributeName));
    const own = read.filter((output) => output !== undefined);
    foreign += read.length - own.length;
    own.forEach((output) => addResult(results, output, ports.now()));
    idsOf.set(message, own.map(({ id }) => id));
  }
  const { failed, labeled, attemptsFailed } = await takeResults([...results.values()], configuration, ports);
  const again = new Set([...failed].map(({ output }) => output.id));
  const failures = Records.filter((message) => idsOf.get(message)!.some((id) => again.has(id))).map(({ messageId }) => messageId);
  // whatever was taken has made room, now or before a crash
  const waker = Records.find((message) => idsOf.get(message)!.length > 0);
  if (waker && results.size > failed.size && !await wake(ports)) failures.push(waker.messageId);
  log('collected', { messages: Records.length, failed: failures.length, labeled: labeled.length, attemptsFailed: attemptsFailed.length, foreign });
  metricLines(stream, { Labeled: labeled.length, LabelingFailed: attemptsFailed.length, ...latencies(labeled) }, ports.now()).forEach(ports.emit);
  return { batchItemFailures: [...new Set(failures)].map((itemIdentifier) => ({ itemIdentifier })) };
}

function linesOf(body: string): string[] {
  return (publishedText(body) ?? body).split('\n').filter((line) => line.trim() !== '');
}

/** A label counts more than what else is said of the same object. */
function addResult(results: Results, output: StreamOutput, now: number): void {
  const { id, outcome } = output;
  if (outcome.kind === 'labeled') {
    results.set(id, { output, at: Math.min(now, outcome.at ?? now) });
  } else if (!results.has(id)) {
    results.set(id, { output, at: now, failure: outcome.kind === 'failed' ? outcome.reason : 'the output has neither a label nor a failure-reason' });
  }
}

function latencies(labeled: readonly Result[]) {
  const all = labeled.map(({ output: { object: { receivedAt, forwardedAt } }, at }) => ({ receivedAt, forwardedAt, at: Math.max(at, forwardedAt) }));
  return {
    Latency: all.map(({ receivedAt, at }) => at - receivedAt),
    WaitingTime: all.map(({ receivedAt, forwardedAt }) => forwardedAt - receivedAt),
    LabelingTime: all.map(({ forwardedAt, at }) => at - forwardedAt),
  };
}

async function wake({ wakes }: CollectPorts): Promise<boolean> {
  try {
    await wakes.send('collect');
    return true;
  } catch (error) {
    logError('the forwarder was not woken', error);
    return false;
  }
}
