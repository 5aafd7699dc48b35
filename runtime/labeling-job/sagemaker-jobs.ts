import {
  AddTagsCommand, CreateLabelingJobCommand, DeleteTagsCommand, DescribeLabelingJobCommand, DescribeLabelingJobCommandOutput, LabelCounters,
  LabelingJobSummary, ListLabelingJobsCommand, SageMakerClient, StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { CreateRequest, JobDescription, JobSummary, LabelingJobs } from './ports';
import { Counters } from '../../src/model/counters';
import { Tags } from '../../src/model/ledger';
import { isNotFound } from '../shared/errors';

const PAGE_SIZE = 100;

export class SageMakerJobs implements LabelingJobs {
  constructor(private readonly client: SageMakerClient) {}

  async create(request: CreateRequest): Promise<string> {
    return (await this.client.send(new CreateLabelingJobCommand(request))).LabelingJobArn!;
  }

  async describe(name: string): Promise<JobDescription | undefined> {
    try {
      return description(await this.client.send(new DescribeLabelingJobCommand({ LabelingJobName: name })));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async stop(name: string): Promise<void> {
    await this.client.send(new StopLabelingJobCommand({ LabelingJobName: name }));
  }

  async* namesContaining(text: string): AsyncIterable<string> {
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new ListLabelingJobsCommand({ NameContains: text, MaxResults: PAGE_SIZE, NextToken }));
      for (const { LabelingJobName } of page.LabelingJobSummaryList ?? []) yield LabelingJobName!;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }

  async addTags(arn: string, tags: Tags): Promise<void> {
    await this.client.send(new AddTagsCommand({ ResourceArn: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }));
  }

  async removeTags(arn: string, keys: readonly string[]): Promise<void> {
    await this.client.send(new DeleteTagsCommand({ ResourceArn: arn, TagKeys: [...keys] }));
  }
}

/** What a description and an entry of the listing have in common. */
export function summaryOf(job: LabelingJobSummary | DescribeLabelingJobCommandOutput): JobSummary {
  return {
    name: job.LabelingJobName!,
    arn: job.LabelingJobArn!,
    status: job.LabelingJobStatus!,
    counters: countersOf(job.LabelCounters),
    createdAt: job.CreationTime!.getTime(),
    modifiedAt: job.LastModifiedTime!.getTime(),
    failureReason: job.FailureReason,
    outputUri: job.LabelingJobOutput?.OutputDatasetS3Uri,
    finalModelArn: job.LabelingJobOutput?.FinalActiveLearningModelArn,
  };
}

export function description(job: DescribeLabelingJobCommandOutput): JobDescription {
  return {
    ...summaryOf(job),
    inputUri: job.InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri,
    outputPath: job.OutputConfig!.S3OutputPath!,
    tags: Object.fromEntries((job.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    request: { ...job },
  };
}

function countersOf(from: LabelCounters | undefined): Counters {
  return {
    totalLabeled: from?.TotalLabeled ?? 0,
    humanLabeled: from?.HumanLabeled ?? 0,
    machineLabeled: from?.MachineLabeled ?? 0,
    failedNonRetryableError: from?.FailedNonRetryableError ?? 0,
    unlabeled: from?.Unlabeled ?? 0,
  };
}
