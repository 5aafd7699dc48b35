import { csvRecords } from './csv-records';
import { parseS3Uri } from './s3-uri';
import { reportRow, type ReportRow } from '../../src/model/s3batch/completion-report';

/** How the reader comes by the files of a report. */
export interface ReportFiles {
  exists(uri: string): Promise<boolean>;
  bytes(uri: string): AsyncIterable<Uint8Array>;
}

type Outcome = ReportRow['status'];

interface ReportResult {
  readonly TaskExecutionStatus: Outcome;
  readonly Bucket: string;
  readonly Key: string;
}

/** Where S3 puts a job's report, below the prefix that the job names. */
export function reportManifestUri(bucket: string, prefix: string, jobId: string): string {
  return `s3://${bucket}/${prefix === '' ? '' : `${prefix}/`}job-${jobId}/manifest.json`;
}

/** The rows of a job's completion report. Nothing where there is no report, which is so when no task has run. */
export async function* readReport(manifestUri: string, files: ReportFiles): AsyncIterable<ReportRow> {
  if (await files.exists(manifestUri)) yield* reportRows(manifestUri, files);
}

/** The rows of a report that is there, streamed: all results files, or those of one outcome, one after the other. */
export async function* reportRows(manifestUri: string, files: ReportFiles, outcome?: Outcome): AsyncIterable<ReportRow> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.bytes(manifestUri)) chunks.push(chunk);
  const { Results = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { Results?: readonly ReportResult[] };
  for (const result of Results.filter(({ TaskExecutionStatus: status }) => outcome === undefined || status === outcome)) {
    for await (const values of csvRecords(files.bytes(await locationOf(result, manifestUri, files)))) {
      const row = reportRow(values);
      if (outcome === undefined || row.status === outcome) yield row;
    }
  }
}

/** The guide's sample names files from the job's folder on, without saying whether the report's prefix comes before it: what stands there decides. */
async function locationOf({ Bucket, Key }: ReportResult, manifestUri: string, files: ReportFiles): Promise<string> {
  const named = `s3://${Bucket}/${Key}`;
  if (await files.exists(named)) return named;
  return `s3://${Bucket}/${parseS3Uri(manifestUri).key.replace(/job-[^/]*\/manifest\.json$/, '')}${Key}`;
}
