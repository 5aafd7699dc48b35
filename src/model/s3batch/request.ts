import type { OperationName } from './operations';

/** Members that the service's model names; every text may be one that CloudFormation resolves. */
type Members = Readonly<Record<string, unknown>>;

export interface BatchJobReport {
  readonly bucketArn: string;
  readonly prefix?: string;
  readonly failedTasksOnly?: boolean;
  readonly expectedBucketOwner?: string;
}

/** A manifest that lies in a bucket. */
export interface ManifestObject {
  readonly format: 'S3BatchOperations_CSV_20180820' | 'S3InventoryReport_CSV_20161130';
  /** Columns of a CSV manifest; an inventory report names its own. */
  readonly fields?: readonly string[];
  readonly objectArn: string;
  readonly objectVersionId?: string;
  readonly etag: string;
}

/** All that a job's construct knows of its request. */
export interface BatchJobRequestInput {
  readonly operation: OperationName;
  readonly parameters: Members;
  /** Absent where the job has a manifest. */
  readonly generator?: Members;
  /** Absent: no report. */
  readonly report?: BatchJobReport;
  readonly roleArn: string;
  /** Always sent: S3 makes jobs without it wait. */
  readonly confirmationRequired: boolean;
}

/**
 * The CreateJob request, without the members that only the deployment knows: account, description, token, manifest; and without those that
 * change in place: priority, tags.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html
 */
export function batchJobRequest(input: BatchJobRequestInput): Members {
  return {
    ConfirmationRequired: input.confirmationRequired,
    Operation: { [input.operation]: input.parameters },
    Report: reportMember(input.report),
    ...(input.generator && { ManifestGenerator: { S3JobManifestGenerator: input.generator } }),
    RoleArn: input.roleArn,
  };
}

function reportMember(report: BatchJobReport | undefined): Members {
  if (!report) return { Enabled: false };
  return {
    Enabled: true,
    Bucket: report.bucketArn,
    Format: 'Report_CSV_20180820',
    ReportScope: report.failedTasksOnly ? 'FailedTasksOnly' : 'AllTasks',
    ...(report.prefix !== undefined && { Prefix: report.prefix }),
    ...(report.expectedBucketOwner !== undefined && { ExpectedBucketOwner: report.expectedBucketOwner }),
  };
}

/** A job reads a manifest or has a generator of one. */
export function manifestMember({ format, fields, objectArn, objectVersionId, etag }: ManifestObject): Members {
  return {
    Spec: { Format: format, ...(fields && { Fields: fields }) },
    // S3 gives entity tags in quotes and takes them without
    Location: { ObjectArn: objectArn, ...(objectVersionId !== undefined && { ObjectVersionId: objectVersionId }), ETag: etag.replace(/^"(.*)"$/, '$1') },
  };
}
