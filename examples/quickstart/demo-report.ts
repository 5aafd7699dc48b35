import Table from 'cli-table3';

/** What the demo found, and the document that `--json` prints. */
export interface DemoResult {
  readonly jobs: ReadonlyArray<{
    readonly name: string;
    readonly arn: string;
    readonly status: string;
    readonly counters: { readonly total: number; readonly labeled: number; readonly failed: number };
  }>;
  readonly outputManifest: { readonly uri: string; readonly lines: number };
  /** Share of the objects whose consolidated label is the known class, 0 to 1. */
  readonly accuracy: number;
  /** Wall time of the whole demo. */
  readonly seconds: number;
  /** Local copies. `truth` is JSON Lines in manifest order. */
  readonly files: { readonly inputManifest: string; readonly outputManifest: string; readonly truth: string };
}

/** Colours are for terminals, and the tables are also read in logs. */
const PLAIN = { style: { head: [], border: [] } };

export function printReport(result: DemoResult, annotators: ReadonlyArray<{ name: string; accuracy: number }>): void {
  const jobs = new Table({ ...PLAIN, head: ['Labeling job', 'State', 'Objects', 'Labeled', 'Failed'] });
  for (const { name, status, counters } of result.jobs) jobs.push([name, status, counters.total, counters.labeled, counters.failed]);
  console.log(jobs.toString());

  const agreement = new Table({ ...PLAIN, head: ['Agreement with the known classes', ''] });
  for (const { name, accuracy } of annotators) agreement.push([`annotator "${name}" (set)`, percent(accuracy)]);
  agreement.push(['consolidated labels (measured)', percent(result.accuracy)]);
  console.log(agreement.toString());

  console.log(`Output manifest: ${result.outputManifest.uri} (${result.outputManifest.lines} lines)`);
  for (const [name, file] of Object.entries(result.files)) console.log(`  ${name}: ${file}`);
  console.log(`Took ${result.seconds} s`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
