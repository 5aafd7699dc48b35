import type { CreateJobCommandInput, JobFailure, JobStatus, OperationName, S3GeneratedManifestDescriptor, S3Tag } from '@aws-sdk/client-s3-control';

/** What a job was asked to do: CreateJob's input without what only concerns the call. */
export type JobRequest = Omit<CreateJobCommandInput, 'AccountId' | 'ClientRequestToken' | 'Tags'>;

export interface JobProgress {
  total: number;
  succeeded: number;
  failed: number;
}

/** A batch job and how far it is; times are virtual milliseconds. */
export interface Job {
  readonly id: string;
  readonly arn: string;
  /** Jobs in the order of their making. */
  readonly sequence: number;
  created: number;
  readonly request: JobRequest;
  readonly operation: OperationName;
  readonly confirmationRequired: boolean;
  readonly progress: JobProgress;
  readonly failures: JobFailure[];
  tags: readonly S3Tag[];
  priority: number;
  status: JobStatus;
  /** Since when, in the present status. */
  since: number;
  /** In Active before the present status. */
  activeMs: number;
  statusUpdateReason?: string;
  terminated?: number;
  suspended?: { readonly since: number; readonly cause: string };
  generatedManifest?: S3GeneratedManifestDescriptor;
}

export const TERMINAL: ReadonlySet<JobStatus> = new Set<JobStatus>(['Complete', 'Cancelled', 'Failed']);

/** The one operation that a request names. */
export function operationOf({ Operation: operation }: Pick<CreateJobCommandInput, 'Operation'>): OperationName {
  return Object.keys(operation!)[0] as OperationName;
}
