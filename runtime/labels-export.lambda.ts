/**
 * The one function of a labels export, called by its state machine with an action (see labels-export-contract.ts).
 *
 * What it may do, and why:
 *
 * | actions                                                                  | resource                                     |
 * |--------------------------------------------------------------------------|----------------------------------------------|
 * | s3:GetObject, s3:ListBucket                                              | inputs and outputs of the jobs, fleet's state |
 * | s3:GetObject, s3:PutObject, s3:AbortMultipartUpload, s3:DeleteObject     | <result>/*                                   |
 * | sagemaker:DescribeLabelingJob, sagemaker:ListLabelingJobs (jobs by name) | the jobs; *                                  |
 * | kms:Decrypt, kms:GenerateDataKey                                         | keys of these buckets, where they have any   |
 */
import { DescribeLabelingJobCommand, ListLabelingJobsCommand } from '@aws-sdk/client-sagemaker';
import { handleExport } from './labels-export/handler';
import type { ExportJobs, ExportPorts } from './labels-export/ports';
import { S3ExportFiles } from './labels-export/s3-files';
import { s3, sageMaker } from './shared/clients';
import { isNotFound } from './shared/errors';
import type { LabelsExportEvent } from '../src/groundtruth/private/labels-export-contract';

const jobs: ExportJobs = {
  async describe(LabelingJobName) {
    try {
      const job = await sageMaker.send(new DescribeLabelingJobCommand({ LabelingJobName }));
      const { TotalLabeled = 0, HumanLabeled = 0, MachineLabeled = 0, FailedNonRetryableError = 0, Unlabeled = 0 } = job.LabelCounters ?? {};
      return {
        name: job.LabelingJobName!,
        labelAttributeName: job.LabelAttributeName!,
        inputUri: job.InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri,
        outputUri: job.LabelingJobOutput?.OutputDatasetS3Uri || undefined,
        outputPath: job.OutputConfig!.S3OutputPath!,
        counters: {
          totalLabeled: TotalLabeled,
          humanLabeled: HumanLabeled,
          machineLabeled: MachineLabeled,
          failedNonRetryableError: FailedNonRetryableError,
          unlabeled: Unlabeled,
        },
      };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  },
  async* namesContaining(NameContains) {
    let NextToken: string | undefined;
    do {
      const page = await sageMaker.send(new ListLabelingJobsCommand({ NameContains, MaxResults: 100, NextToken }));
      for (const { LabelingJobName } of page.LabelingJobSummaryList ?? []) yield LabelingJobName!;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  },
};

const ports: ExportPorts = { files: new S3ExportFiles(s3), jobs, now: Date.now };

export function handler(event: LabelsExportEvent): Promise<object> {
  return handleExport(event, ports);
}
