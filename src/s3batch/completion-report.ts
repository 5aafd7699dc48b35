import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { directoryBucketProblems } from './private/directory-bucket';
import { ReportBucket } from './private/report-bucket';
import { accountProblems, folderProblems } from './private/value-problems';
import { LIMITS } from '../model/s3batch/limits';
import { BatchJobReport } from '../model/s3batch/request';
import { refuse } from '../private/errors';

/** Folder of the reports in a bucket that the library has made. */
const DEFAULT_PREFIX = 'reports';

/** Where a completion report goes. */
export interface CompletionReportOptions {
  /**
   * The bucket, a general purpose one.
   *
   * @default - one bucket a stack, made by the library: private, encrypted, and it stays when the stack goes
   */
  readonly bucket?: s3.IBucket;

  /**
   * What the report's keys begin with; a folder for each job follows.
   *
   * @default 'reports'
   */
  readonly prefix?: string;

  /**
   * Account that owns the bucket: the job fails if it is another one.
   *
   * @default - any
   */
  readonly expectedBucketOwner?: string;
}

/**
 * A completion report in its place.
 *
 * @internal
 */
export interface BoundCompletionReport {
  readonly bucket: s3.IBucket;
  /** Pattern of its keys. */
  readonly keys: string;
  readonly report: BatchJobReport;
}

/**
 * What a job writes down of its tasks when it has ended.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-reports.html
 */
export class CompletionReport {
  /**
   * Of all tasks. Only from such a report it can be seen what is left of a job.
   *
   * @param options where it goes
   */
  public static allTasks(options: CompletionReportOptions = {}): CompletionReport {
    return new CompletionReport('CompletionReport.allTasks', { options, failedTasksOnly: false });
  }

  /**
   * Of failed tasks.
   *
   * @param options where it goes
   */
  public static failedTasksOnly(options: CompletionReportOptions = {}): CompletionReport {
    return new CompletionReport('CompletionReport.failedTasksOnly', { options, failedTasksOnly: true });
  }

  /** None. What is left of a job that fails can then not be done by a next one. */
  public static none(): CompletionReport {
    return new CompletionReport('CompletionReport.none');
  }

  private constructor(factory: string, private readonly written?: { readonly options: CompletionReportOptions; readonly failedTasksOnly: boolean }) {
    const { bucket, prefix, expectedBucketOwner } = written?.options ?? {};
    refuse(factory, [
      ...directoryBucketProblems('bucket', bucket),
      ...folderProblems('prefix', prefix, LIMITS.reportPrefixLength),
      ...accountProblems('expectedBucketOwner', expectedBucketOwner),
    ]);
  }

  /**
   * Whether it tells of every task.
   *
   * @internal
   */
  public get _ofAllTasks(): boolean {
    return this.written?.failedTasksOnly === false;
  }

  /**
   * As the user declared it, for comparison.
   *
   * @internal
   */
  public _declared(scope: Construct): string {
    if (!this.written) return 'none';
    const { options: { bucket, ...options }, failedTasksOnly } = this.written;
    return Stack.of(scope).toJsonString({ ...options, bucket: bucket?.bucketName, failedTasksOnly });
  }

  /** @internal */
  public _bind(scope: Construct): BoundCompletionReport | undefined {
    if (!this.written) return undefined;
    const { options: { bucket = ReportBucket.of(scope), prefix = DEFAULT_PREFIX, expectedBucketOwner }, failedTasksOnly } = this.written;
    return { bucket, keys: `${prefix}/job-*`, report: { bucketArn: bucket.bucketArn, prefix, failedTasksOnly, expectedBucketOwner } };
  }
}
