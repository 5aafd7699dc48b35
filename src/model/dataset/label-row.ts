import { failureReason, metadataKeyOf } from './merge-line';

export type Cell = string | number | boolean | null;

/** Columns that a table of labels has beside those of the input. */
export const LABEL_COLUMNS = [
  'job', 'label-attribute', 'label', 'class-name', 'confidence', 'human-annotated', 'creation-date', 'job-name', 'type', 'failure-reason',
] as const;
type LabelColumn = typeof LABEL_COLUMNS[number];

/** An input's key that has the name of a column of ours is told apart. */
export function columnOf(inputKey: string): string {
  return (LABEL_COLUMNS as readonly string[]).includes(inputKey) ? `input.${inputKey}` : inputKey;
}

/** The data first, then the other keys by name, then the label. */
export function columnsOf(inputKeys: Iterable<string>): string[] {
  const place = (key: string) => ['source', 'source-ref'].indexOf(key) + 1 || 3;
  const keys = [...new Set(inputKeys)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return [...keys.map(columnOf), ...LABEL_COLUMNS];
}

/** The cells of a line of the merged result, by column. */
export function labelRow(record: Readonly<Record<string, unknown>>, labelAttribute: string, job: string): Record<string, Cell> {
  const { [labelAttribute]: label, [metadataKeyOf(labelAttribute)]: metadata, ...input } = record;
  const cells = Object.entries(input).map(([key, value]): [string, Cell] => [columnOf(key), cell(value)]);
  return { ...Object.fromEntries(cells), ...labelCells(label, metadata, labelAttribute), job };
}

function labelCells(label: unknown, metadata: unknown, labelAttribute: string): Omit<Record<LabelColumn, Cell>, 'job'> {
  const facts = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  // custom task types spell some of these with underscores
  const fact = (name: string) => facts[name] ?? facts[name.replaceAll('-', '_')];
  return {
    'label-attribute': labelAttribute,
    'label': cell(label),
    'class-name': cell(fact('class-name') ?? fact('class-map')),
    'confidence': cell(fact('confidence') ?? fact('confidence-map') ?? confidences(fact('objects'))),
    'human-annotated': cell(fact('human-annotated')),
    'creation-date': cell(fact('creation-date')),
    'job-name': cell(fact('job-name'), (name) => name.replace(/^labeling-job\//, '')),
    'type': cell(fact('type')),
    'failure-reason': failureReason(metadata) ?? null,
  };
}

/** Boxes and frames have a confidence for each object. */
function confidences(objects: unknown): unknown {
  return Array.isArray(objects) ? objects.map((object) => (object as Record<string, unknown> | null)?.confidence ?? null) : undefined;
}

/** What is more than a single value stands as JSON. */
function cell(value: unknown, change: (text: string) => string = (text) => text): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return change(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe in front, by which it stays text: the objects come from strangers.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function withoutFormula(value: Cell): Cell {
  return typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value) && !/^[+-]?[0-9]+(\.[0-9]+)?$/.test(value) ? `'${value}` : value;
}
