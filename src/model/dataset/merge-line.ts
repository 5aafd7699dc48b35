import { createHash } from 'node:crypto';
import { canonicalJson } from '../groundtruth/identity';

/** A line of an input or output manifest, as far as a merge looks into it. */
export interface MergeLine {
  readonly text: string;
  /** Equal for equal input objects: the line without its label. */
  readonly key: string;
  readonly labeled: boolean;
  /** The service says why it could not be labeled. */
  readonly failed: boolean;
  /** Equal for equal labels. */
  readonly label: () => string;
  /** Keys of the input. */
  readonly inputKeys: readonly string[];
}

/** `undefined` for a line that is no JSON object: the service labels none of these, and a reader of the result would stumble. */
export function mergeLine(text: string, labelAttribute: string): MergeLine | undefined {
  const record = objectOf(text);
  if (!record) return undefined;
  const metadataKey = metadataKeyOf(labelAttribute);
  const { [labelAttribute]: label, [metadataKey]: metadata, ...input } = record;
  const labeled = Object.hasOwn(record, labelAttribute);
  return {
    text,
    key: digest(canonicalJson(input)),
    labeled,
    failed: !labeled && failureReason(metadata) !== undefined,
    label: () => digest(canonicalJson([label, metadata])),
    inputKeys: Object.keys(input),
  };
}

export function metadataKeyOf(labelAttribute: string): string {
  return `${labelAttribute}-metadata`;
}

export function failureReason(metadata: unknown): string | undefined {
  const reason = (metadata as Record<string, unknown> | null | undefined)?.['failure-reason'];
  return typeof reason === 'string' ? reason : undefined;
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

/** Sixteen bytes as sixteen characters of one byte: a member's lines have to fit into the memory. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, 16);
}
