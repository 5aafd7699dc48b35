import { ObservedJob } from './observe';
import { JobManifest } from './ports';
import { taskCounts } from '../../src/model/s3batch/task-counts';
import { BatchJobAttributes } from '../../src/s3batch/private/batch-job-contract';
import { cutToBytes } from '../shared/errors';

/** The response as a whole has 4,096 bytes, and a URI alone may have 1,024. */
const MAX_TEXT_BYTES = 600;
const MAX_URI_BYTES = 1_100;

/** Every attribute, on every path: CloudFormation fails a stack that asks for one which is missing. `own`: the newest generation first. */
export function attributes(own: readonly ObservedJob[], notes: readonly string[]): BatchJobAttributes {
  const [job] = own;
  const { total, succeeded, failed } = taskCounts(own);
  return {
    JobId: job?.id ?? '',
    JobArn: job?.arn ?? '',
    JobName: job?.name ?? '',
    JobStatus: job?.status ?? '',
    State: job?.state ?? '',
    Generation: String(job?.generation ?? 0),
    TotalTasks: String(total),
    SucceededTasks: String(succeeded),
    FailedTasks: String(failed),
    ActiveSeconds: String(own.reduce((sum, { activeSeconds = 0 }) => sum + activeSeconds, 0)),
    ReportManifestS3Uri: cutToBytes(job?.outputUri ?? '', MAX_URI_BYTES),
    ManifestS3Uri: cutToBytes(manifestUri(job?.manifest), MAX_URI_BYTES),
    FailureReasons: cutToBytes(job?.failureReason ?? '', MAX_TEXT_BYTES),
    Message: cutToBytes(notes.join('; '), MAX_TEXT_BYTES),
  };
}

function manifestUri(manifest: JobManifest | undefined): string {
  return manifest === undefined ? '' : `s3://${manifest.Location.ObjectArn.split(':::').at(-1)}`;
}
