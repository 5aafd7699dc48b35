import type { Outcome } from './check';
import type { Verdict } from './verify';

const COLUMNS: readonly Outcome[] = ['proved', 'refuted', 'not tried'];
const LONGEST = 200;

/** Markdown, so that it can be handed on as it is. */
export function renderTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ assumption, outcome, seen }) => [assumption, ...COLUMNS.map((column) => (column === outcome ? cell(seen) : ''))]);
  return [['assumption', 'proved', 'refuted', 'not tried, why'], ['---', '---', '---', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
