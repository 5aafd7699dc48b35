import { isTerminal, type LabelingJob, type Tag } from './labeling-job';

/** A model is told of when the job that has trained it is over. */
const output = (job: LabelingJob) => (job.outputUri === undefined ? undefined : {
  OutputDatasetS3Uri: job.outputUri,
  FinalActiveLearningModelArn: isTerminal(job.status) ? job.modelArn : undefined,
});

/** The answer of DescribeLabelingJob. */
export function describeJob(job: LabelingJob, tags: Tag[]): object {
  const { Tags, ...request } = job.request;
  return {
    ...request,
    LabelingJobStatus: job.status,
    LabelCounters: job.counters,
    FailureReason: job.failureReason,
    CreationTime: job.creationTime,
    LastModifiedTime: job.lastModifiedTime,
    JobReferenceCode: job.jobReferenceCode,
    LabelingJobArn: job.arn,
    Tags: tags,
    LabelingJobOutput: output(job),
  };
}

/** An entry of ListLabelingJobs. */
export function summarizeJob(job: LabelingJob): object {
  const { HumanTaskConfig: config, InputConfig } = job.request;
  return {
    LabelingJobName: job.name,
    LabelingJobArn: job.arn,
    CreationTime: job.creationTime,
    LastModifiedTime: job.lastModifiedTime,
    LabelingJobStatus: job.status,
    LabelCounters: job.counters,
    WorkteamArn: config.WorkteamArn,
    PreHumanTaskLambdaArn: config.PreHumanTaskLambdaArn,
    AnnotationConsolidationLambdaArn: config.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
    FailureReason: job.failureReason,
    LabelingJobOutput: output(job),
    InputConfig,
  };
}

/** An entry of ListLabelingJobsForWorkteam. */
export function summarizeJobForWorkteam(job: LabelingJob, accountId: string): object {
  const { HumanLabeled, FailedNonRetryableError, Unlabeled } = job.counters;
  return {
    LabelingJobName: job.name,
    JobReferenceCode: job.jobReferenceCode,
    WorkRequesterAccountId: accountId,
    CreationTime: job.creationTime,
    LabelCounters: { HumanLabeled, PendingHuman: Unlabeled, Total: HumanLabeled + FailedNonRetryableError + Unlabeled },
    NumberOfHumanWorkersPerDataObject: job.request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject,
  };
}
