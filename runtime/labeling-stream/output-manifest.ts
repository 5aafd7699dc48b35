import type { EndedLine } from './ended-lines';
import { ForwardRun } from './forward-run';
import { labelAttributeOf, OpenObjects } from './open-objects';
import { Result, takeResults } from './results';
import { probableId, readOutputLine, StreamOutput } from '../../src/model/stream/output-line';
import { outputManifestUri } from '../labeling-job/observe';
import type { JobDescription } from '../labeling-job/ports';
import { errorName } from '../shared/errors';

/** So many lines are read, however little time there is: every go gets further. */
const LEAST_LINES = 10_000;
const RESULTS_AT_ONCE = 200;

export interface ManifestReading {
  /** Bytes that were read, and how many of their lines have a label. */
  readonly offset: number;
  readonly labeled: number;
  /** Whether that is the whole manifest; one that does not exist is read at once. */
  readonly isRead: boolean;
}

/**
 * Reads a job's output manifest, line by line, against what is open: what has come of an object is taken like its message. Objects that were
 * taken are open no more; the others stay.
 */
export async function readOutputManifest(
  run: ForwardRun, job: JobDescription, open: OpenObjects, wanted: ReadonlySet<string>, from: Pick<ManifestReading, 'offset' | 'labeled'>,
): Promise<ManifestReading> {
  const { ports: { now }, configuration: { stream } } = run;
  const labelAttribute = labelAttributeOf(job);
  const labelMember = `"${labelAttribute}-metadata"`;
  let { offset, labeled } = from;
  let results: Result[] = [];
  const flush = async (): Promise<void> => {
    await takeAll(run, open, results);
    results = [];
  };
  let lines = 0;
  for await (const { text, end } of linesOf(run, job, offset)) {
    offset = end;
    if (text.includes(labelMember)) labeled += 1;
    const id = probableId(text);
    const output = id !== undefined && wanted.has(id) && open.has(id) ? readOutputLine(text, stream, labelAttribute) : undefined;
    const result = output && resultOf(output, now());
    if (result) results.push(result);
    if (results.length === RESULTS_AT_ONCE) await flush();
    if (++lines % LEAST_LINES === 0 && run.isTimeOver) {
      await flush();
      return { offset, labeled, isRead: false };
    }
  }
  await flush();
  return { offset, labeled, isRead: true };
}

/** None of a manifest that was never written. */
async function* linesOf({ ports: { datasets } }: ForwardRun, job: JobDescription, from: number): AsyncIterable<EndedLine> {
  try {
    yield* datasets.lines(outputManifestUri(job), from, undefined);
  } catch (error) {
    if (errorName(error) !== 'NoSuchKey') throw error;
  }
}

/** Takes results; one that cannot be taken now ends the pass, and comes again with the next. */
export async function takeAll(run: ForwardRun, open: OpenObjects, results: readonly Result[]): Promise<void> {
  if (results.length === 0) return;
  const taken = await takeResults(results, run.configuration, run.ports);
  for (const result of results) if (!taken.failed.has(result)) open.delete(result.output.id);
  run.countResults(taken);
  if (taken.failed.size > 0) throw new NotTaken(taken.failed.size);
}

export class NotTaken extends Error {
  constructor(results: number) {
    super(`${results} results could not be taken now`);
    this.name = 'NotTaken';
  }
}

function resultOf(output: StreamOutput, now: number): Result | undefined {
  switch (output.outcome.kind) {
    case 'labeled': return { output, at: Math.min(now, output.outcome.at ?? now) };
    case 'failed': return { output, at: now, failure: output.outcome.reason };
    case 'open': return undefined;
  }
}
