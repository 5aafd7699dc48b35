import type { ShownJob } from './awaited-input';
import { outputManifestUri } from './observe';
import { LabelingJobAttributes } from '../../src/groundtruth/private/labeling-job-contract';
import { cutToBytes } from '../shared/errors';

/** The response as a whole has 4,096 bytes, and a URI alone may have 1,024. */
const MAX_MESSAGE_BYTES = 600;

/** Every attribute, on every path: CloudFormation fails a stack that asks for one which is missing. */
export function attributes(job: ShownJob | undefined, notes: readonly string[], drift = 0): LabelingJobAttributes {
  return {
    LabelingJobName: job?.name ?? '',
    LabelingJobArn: job?.arn ?? '',
    LabelingJobStatus: job?.status ?? '',
    State: job?.state ?? '',
    Generation: String(job?.generation ?? 0),
    OutputDatasetS3Uri: job ? outputManifestUri(job) : '',
    FinalActiveLearningModelArn: job?.finalModelArn ?? '',
    TotalLabeled: String(job?.counters.totalLabeled ?? 0),
    HumanLabeled: String(job?.counters.humanLabeled ?? 0),
    MachineLabeled: String(job?.counters.machineLabeled ?? 0),
    FailedNonRetryableError: String(job?.counters.failedNonRetryableError ?? 0),
    Unlabeled: String(job?.counters.unlabeled ?? 0),
    Message: cutToBytes(notes.join('; '), MAX_MESSAGE_BYTES),
    Drift: String(drift),
  };
}
