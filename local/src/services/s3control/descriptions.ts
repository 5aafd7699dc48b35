import type { JobDescriptor, JobListDescriptor, JobProgressSummary } from '@aws-sdk/client-s3-control';
import type { Job } from './job';

/** What DescribeJob says; tags and token are not in it. */
export function describeJob(job: Job, now: number): JobDescriptor {
  const { request, suspended } = job;
  return {
    JobId: job.id,
    ConfirmationRequired: job.confirmationRequired,
    Description: request.Description,
    JobArn: job.arn,
    Status: job.status,
    Manifest: request.Manifest,
    Operation: request.Operation,
    Priority: job.priority,
    ProgressSummary: progressSummary(job, now),
    StatusUpdateReason: job.statusUpdateReason,
    ...(job.failures.length > 0 && { FailureReasons: job.failures }),
    Report: request.Report,
    CreationTime: new Date(job.created),
    TerminationDate: dateOf(job.terminated),
    RoleArn: request.RoleArn,
    SuspendedDate: dateOf(suspended?.since),
    SuspendedCause: suspended?.cause,
    ManifestGenerator: request.ManifestGenerator,
    GeneratedManifestDescriptor: job.generatedManifest,
  };
}

/** One job of ListJobs. */
export function listEntry(job: Job, now: number): JobListDescriptor {
  return {
    JobId: job.id,
    Description: job.request.Description,
    Operation: job.operation,
    Priority: job.priority,
    Status: job.status,
    CreationTime: new Date(job.created),
    TerminationDate: dateOf(job.terminated),
    ProgressSummary: progressSummary(job, now),
  };
}

function progressSummary({ progress, status, since, activeMs }: Job, now: number): JobProgressSummary {
  const ms = activeMs + (status === 'Active' ? now - since : 0);
  return {
    TotalNumberOfTasks: progress.total,
    NumberOfTasksSucceeded: progress.succeeded,
    NumberOfTasksFailed: progress.failed,
    Timers: { ElapsedTimeInActiveSeconds: Math.floor(ms / 1000) },
  };
}

function dateOf(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
