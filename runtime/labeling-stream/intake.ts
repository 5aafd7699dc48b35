import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { Acceptance, acceptRecord } from './accept';
import { metricLines } from './metrics';
import { IntakePorts } from './ports';
import { refuse } from './refuse';
import type { IntakeConfiguration } from '../../src/groundtruth/private/labeling-stream-contract';
import { readIncoming } from '../../src/model/stream/incoming';
import { readRecord, RefusedRecord, StreamRecord } from '../../src/model/stream/stream-record';
import { mapBounded } from '../shared/bounded';
import { log, logError } from '../shared/log';

const AT_ONCE = 50;
/** What must be left of an invocation's time to begin with another message. */
const LEAST_TIME_MS = 5_000;

interface Counts {
  new: number;
  duplicates: number;
  refused: number;
  ignored: number;
}

/** Messages become records in the store; those that could not be stored stay in the queue. */
export async function intake({ Records }: SQSEvent, configuration: IntakeConfiguration, ports: IntakePorts): Promise<SQSBatchResponse> {
  const batch = new Batch(configuration, ports);
  const failed = await mapBounded(Records, AT_ONCE, (message) => batch.take(message));
  const failures = Records.filter((_, index) => failed[index]).map(({ messageId }) => messageId);
  if (batch.isAnyWaiting && !await wake(ports)) failures.push(batch.waker!);
  const { counts } = batch;
  log('taken in', { messages: Records.length, failed: failures.length, ...counts });
  const values = { Received: counts.new, Duplicates: counts.duplicates, Refused: counts.refused };
  metricLines(configuration.stream, values, ports.now()).forEach(ports.emit);
  return { batchItemFailures: [...new Set(failures)].map((itemIdentifier) => ({ itemIdentifier })) };
}

class Batch {
  readonly counts: Counts = { new: 0, duplicates: 0, refused: 0, ignored: 0 };
  /** A message whose record waits: with it, the wake is tried again. */
  waker?: string;
  private readonly underWay = new Map<string, Promise<Acceptance>>();

  constructor(private readonly configuration: IntakeConfiguration, private readonly ports: IntakePorts) {}

  get isAnyWaiting(): boolean {
    return this.waker !== undefined;
  }

  /** Whether it failed. */
  async take({ messageId, body }: SQSRecord): Promise<boolean> {
    if (this.ports.remaining() < LEAST_TIME_MS) return true;
    try {
      const { texts, problems, ignored } = readIncoming(body);
      const records = texts.map((text) => readRecord(text, this.configuration));
      const all = [...problems, ...records.flatMap((record) => ('problems' in record ? record.problems : []))];
      for (const record of records) if (!isRefused(record)) await this.accept(record, messageId);
      if (all.length > 0) await refuse(body, all, this.ports);
      this.counts.refused += all.length > 0 ? 1 : 0;
      this.counts.ignored += ignored;
      return false;
    } catch (error) {
      logError('a message was not taken in and comes again', error);
      return true;
    }
  }

  /** One of a key at a time: the others of this batch are what the first has become. */
  private async accept(record: StreamRecord, messageId: string): Promise<void> {
    const first = this.underWay.get(record.digest);
    const acceptance = first ?? acceptRecord(record, messageId, this.ports);
    this.underWay.set(record.digest, acceptance);
    const became = await acceptance;
    if (became !== 'known') this.waker ??= messageId;
    if (became === 'new' && !first) this.counts.new += 1;
    else this.counts.duplicates += 1;
  }
}

function isRefused(record: StreamRecord | RefusedRecord): record is RefusedRecord {
  return 'problems' in record;
}

/** One message for the whole batch: what wakes the forwarder says nothing. */
async function wake({ wakes }: IntakePorts): Promise<boolean> {
  try {
    await wakes?.send('intake');
    return true;
  } catch (error) {
    logError('the forwarder was not woken', error);
    return false;
  }
}
