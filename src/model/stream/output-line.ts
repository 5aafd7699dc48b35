import { STREAM_ID_ATTRIBUTE, STREAM_OBJECT_ATTRIBUTE, StreamObject } from './attributes';
import { ObjectId, parseObjectId } from './object-id';

/** What a job says about an object of the stream. */
export interface StreamOutput {
  readonly id: string;
  readonly of: ObjectId;
  readonly object: StreamObject;
  /** The job that the object was meant for, and the one that gives the label: a message may have waited for the next job. */
  readonly jobNames: readonly string[];
  /** Key of the label. */
  readonly labelAttributeName: string;
  readonly outcome: Outcome;
  readonly record: Readonly<Record<string, unknown>>;
}

export type Outcome =
  | { readonly kind: 'labeled'; readonly at?: number }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Neither: nothing has come of it so far. */
  | { readonly kind: 'open' };

/**
 * Reads a line of a job's output; `undefined` for what is not the stream's. Its label is the one that the job was asked for when the object was
 * forwarded; or, where the object came to the job's successor, the present one.
 */
export function readOutputLine(line: string, stream: string, presentAttribute: string): StreamOutput | undefined {
  const record = membersOf(line);
  const object = record?.[STREAM_OBJECT_ATTRIBUTE] as StreamObject | null | undefined;
  const of = parseObjectId(record?.[STREAM_ID_ATTRIBUTE]);
  if (!record || !of || object?.stream !== stream) return undefined;
  const { attribute, metadata, outcome } = said(record, object.labelAttributeName) ?? said(record, presentAttribute)
    ?? { attribute: presentAttribute, metadata: {}, outcome: OPEN };
  return {
    id: String(record[STREAM_ID_ATTRIBUTE]),
    of,
    object,
    jobNames: [...new Set([object.labelingJobName, ...jobNameOf(metadata)])],
    labelAttributeName: attribute,
    outcome,
    record,
  };
}

/** The id that a line probably has, told much faster than by reading it. */
export function probableId(line: string): string | undefined {
  return /"stream-object-id"\s*:\s*"([0-9a-f.]{64,69})"/.exec(line)?.[1];
}

const OPEN: Outcome = { kind: 'open' };

/** What a line says of a label; `undefined` where that is nothing. */
function said(record: Readonly<Record<string, unknown>>, attribute: string) {
  const metadata = (record[`${attribute}-metadata`] ?? {}) as Readonly<Record<string, unknown>>;
  const reason = metadata['failure-reason'];
  if (reason === undefined && !Object.hasOwn(record, attribute)) return undefined;
  const outcome: Outcome = reason === undefined ? { kind: 'labeled', at: labeledAt(metadata) } : { kind: 'failed', reason: String(reason) };
  return { attribute, metadata, outcome };
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
