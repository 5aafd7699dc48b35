import { pipeline, Readable } from 'node:stream';
import { Options, stringify } from 'csv-stringify';
import { Cell, labelRow, withoutFormula } from '../../src/model/dataset/label-row';

/** Lines of the merged result that belong to one member. */
export interface TableSource {
  readonly job: string;
  readonly labelAttribute: string;
  readonly lines: AsyncIterable<string>;
}

export interface TableRules {
  readonly columns: readonly string[];
  readonly header: boolean;
  readonly escapeFormulas: boolean;
}

/** The merged result as CSV after RFC 4180, as it streams by. */
export function csvOf(sources: Iterable<TableSource>, { columns, header, escapeFormulas }: TableRules): AsyncIterable<string> {
  const options: Options = { columns: [...columns], header, record_delimiter: 'windows', cast: { boolean: String }, encoding: 'utf8' };
  // a source that breaks breaks the table: whoever reads it meets the error
  return pipeline(Readable.from(rows(sources, escapeFormulas)), stringify(options), () => undefined);
}

async function* rows(sources: Iterable<TableSource>, escapeFormulas: boolean): AsyncIterable<Record<string, Cell>> {
  for (const { job, labelAttribute, lines } of sources) {
    for await (const line of lines) {
      const row = labelRow(JSON.parse(line) as Record<string, unknown>, labelAttribute, job);
      yield escapeFormulas ? Object.fromEntries(Object.entries(row).map(([column, value]) => [column, withoutFormula(value)])) : row;
    }
  }
}
