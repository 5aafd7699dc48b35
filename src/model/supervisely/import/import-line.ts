import { imageName } from './image-name';
import type { LabelForm, LabelSource } from './label-source';
import { metadataKeyOf } from '../../dataset/merge-line';

/** What an image may bring along as metadata. */
const MOST_META_BYTES = 10_000;

type Members = Readonly<Record<string, unknown>>;

/** A line of a manifest that names an image. */
export interface ImportLine {
  /** From 1. */
  readonly number: number;
  readonly sourceRef: string;
  /** Of the image. */
  readonly name: string;
  /** What the image remembers: `source-ref`, and all that is no label of the import. */
  readonly meta: Members;
  /** Only those that are there: an image without all of them is not labeled yet. */
  readonly labels: readonly LineLabel[];
}

export interface LineLabel {
  readonly attribute: string;
  readonly form: LabelForm;
  readonly value: unknown;
  readonly metadata: Members;
}

/** A line that cannot be imported. */
export interface UnusableLine {
  readonly number: number;
  readonly sourceRef?: string;
  readonly reason: string;
}

/** `undefined`: the line is empty. */
export function importLine(text: string, number: number, sources: readonly LabelSource[]): ImportLine | UnusableLine | undefined {
  if (text.trim() === '') return undefined;
  const record = objectIn(text);
  if (!record) return { number, reason: 'the line is not a JSON object' };
  const sourceRef = record['source-ref'];
  if (typeof sourceRef !== 'string') return { number, reason: `the line has no "source-ref"${'source' in record ? ': the server keeps texts in projects of other kinds' : ''}` };
  if (!/^s3:\/\/[^/]+\/.*[^/]$/s.test(sourceRef)) return { number, sourceRef, reason: '"source-ref" is not like s3://bucket/key' };
  const meta = withoutLabels(record, sources);
  const bytes = Buffer.byteLength(JSON.stringify(meta));
  if (bytes > MOST_META_BYTES) return { number, sourceRef, reason: `the keys besides the labels have ${bytes} bytes, an image remembers ${MOST_META_BYTES} at most: shorten them` };
  return { number, sourceRef, name: imageName(sourceRef), meta, labels: labelsOf(record, sources) };
}

export function isUsable(line: ImportLine | UnusableLine): line is ImportLine {
  return !('reason' in line);
}

/** Whether the line has all labels that are to go along. */
export function isLabeled({ labels }: ImportLine, sources: readonly LabelSource[]): boolean {
  return sources.length > 0 && labels.length === sources.length;
}

function withoutLabels(record: Members, sources: readonly LabelSource[]): Members {
  const left = new Set(sources.flatMap(({ attribute }) => [attribute, metadataKeyOf(attribute)]));
  return Object.fromEntries(Object.entries(record).filter(([key]) => !left.has(key)));
}

function labelsOf(record: Members, sources: readonly LabelSource[]): LineLabel[] {
  return sources.filter(({ attribute }) => record[attribute] !== undefined && record[attribute] !== null).map(({ attribute, form }) => ({
    attribute, form, value: record[attribute], metadata: (record[metadataKeyOf(attribute)] ?? {}) as Members,
  }));
}

function objectIn(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Members : undefined;
  } catch {
    return undefined;
  }
}
