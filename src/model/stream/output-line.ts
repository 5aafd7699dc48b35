import { STREAM_ID_ATTRIBUTE, STREAM_OBJECT_ATTRIBUTE, StreamObject } from './attributes';
import { ObjectId, parseObjectId } from './object-id';

/** What a job says about an object of the stream. */
export interface StreamOutput {
  readonly id: string;
  readonly of: ObjectId;
  readonly object: StreamObject;
  /** The job that the object was meant for, and the one that gives the label: a message may have waited for the next job. */
  readonly jobNames: readonly string[];
  readonly outcome: Outcome;
  readonly record: Readonly<Record<string, unknown>>;
}

export type Outcome =
  | { readonly kind: 'labeled'; readonly at?: number }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Neither: nothing has come of it so far. */
  | { readonly kind: 'open' };

/** Reads a line of a job's output; `undefined` for what is not the stream's. */
export function readOutputLine(line: string, stream: string, labelAttribute: string): StreamOutput | undefined {
  const record = membersOf(line);
  const object = record?.[STREAM_OBJECT_ATTRIBUTE] as StreamObject | null | undefined;
  const of = parseObjectId(record?.[STREAM_ID_ATTRIBUTE]);
  if (!record || !of || object?.stream !== stream) return undefined;
  const metadata = (record[`${labelAttribute}-metadata`] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    id: String(record[STREAM_ID_ATTRIBUTE]),
    of,
    object,
    jobNames: [...new Set([object.labelingJobName, ...jobNameOf(metadata)])],
    outcome: outcomeOf(record, metadata, labelAttribute),
    record,
  };
}

/** The id that a line probably has, told much faster than by reading it. */
export function probableId(line: string): string | undefined {
  return /"stream-object-id"\s*:\s*"([0-9a-f.]{64,69})"/.exec(line)?.[1];
}

function outcomeOf(record: object, metadata: Readonly<Record<string, unknown>>, labelAttribute: string): Outcome {
  const reason = metadata['failure-reason'];
  if (reason !== undefined) return { kind: 'failed', reason: String(reason) };
  return Object.hasOwn(record, labelAttribute) ? { kind: 'labeled', at: labeledAt(metadata) } : { kind: 'open' };
}

/** `labeling-job/<name>` or the name; custom task types spell their members with underscores. */
function jobNameOf(metadata: Readonly<Record<string, unknown>>): string[] {
  const name = metadata['job-name'] ?? metadata.job_name;
  return typeof name === 'string' ? [name.slice(name.lastIndexOf('/') + 1)] : [];
}

/** Times in the output are in UTC, and do not say so. */
function labeledAt(metadata: Readonly<Record<string, unknown>>): number | undefined {
  const date = metadata['creation-date'] ?? metadata.creation_date;
  if (typeof date !== 'string') return undefined;
  const time = Date.parse(/Z|[+-]\d\d:?\d\d$/.test(date) ? date : `${date.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function membersOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
