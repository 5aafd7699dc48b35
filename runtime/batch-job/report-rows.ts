import { Files } from './ports';
import { reportRow } from '../../src/model/s3batch/completion-report';
import { TaskRow } from '../../src/model/s3batch/rest-rows';
import { csvRecords } from '../shared/csv-records';
import { parseS3Uri, S3Location } from '../shared/s3-uri';

type Outcome = 'succeeded' | 'failed';

interface ReportResult {
  readonly TaskExecutionStatus: Outcome;
  readonly Bucket: string;
  readonly Key: string;
}

/** Rows of a completion report with this outcome, one after the other. */
export async function* reportRows(reportUri: string, outcome: Outcome, files: Files): AsyncGenerator<TaskRow> {
  for (const result of await resultsOf(reportUri, files)) {
    if (result.TaskExecutionStatus !== outcome) continue;
    for await (const values of csvRecords(files.bytes(await locationOf(result, reportUri, files)))) {
      const { bucket, encodedKey, versionId, status } = reportRow(values);
      if (status === outcome) yield { bucket, encodedKey, versionId };
    }
  }
}

async function resultsOf(reportUri: string, files: Files): Promise<readonly ReportResult[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.bytes(parseS3Uri(reportUri))) chunks.push(chunk);
  const { Results } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly Results?: readonly ReportResult[] };
  return Results ?? [];
}

/** The guide's sample names files from the job's folder on, without saying whether the report's prefix comes before it: what stands there decides. */
async function locationOf({ Bucket, Key }: ReportResult, reportUri: string, files: Files): Promise<S3Location> {
  const named = { bucket: Bucket, key: Key };
  if (await files.head(named)) return named;
  const { key } = parseS3Uri(reportUri);
  const prefix = key.replace(/job-[^/]*\/manifest\.json$/, '');
  return { bucket: Bucket, key: `${prefix}${Key}` };
}
