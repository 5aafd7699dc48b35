import { createHash } from 'node:crypto';
import type { JobReport } from '@aws-sdk/client-s3-control';
import { csvLine, quotedValue } from './csv-line';
import { JobFailed } from './job-failure';
import { LineSpool } from './line-spool';
import type { Task, TaskResult } from './task';
import type { Bytes } from '../core/bytes';
import type { EngineCore } from '../core/engine';
import { type Caller, ServiceError } from '../core/service';
import { chunksOf } from '../services/s3/checksums';

/** As manifest.json says, though the rows have the status before the error's code. */
const SCHEMA = 'Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage';

interface ResultsFile {
  readonly TaskExecutionStatus: TaskResult['status'];
  readonly Bucket: string;
  readonly MD5Checksum: string;
  readonly Key: string;
}

/** What became of each task: collected while the job runs, written when it ends. */
export class CompletionReport {
  private readonly rows: Record<TaskResult['status'], LineSpool>;

  constructor(private readonly core: EngineCore, private readonly caller: Caller, private readonly report: JobReport, private readonly jobId: string,
    directory: string) {
    this.rows = { succeeded: new LineSpool(directory), failed: new LineSpool(directory) };
  }

  add({ bucket, key, versionId = '' }: Task, { status, httpStatus, errorCode, message }: TaskResult): void {
    if (!this.report.Enabled || (status === 'succeeded' && this.report.ReportScope === 'FailedTasksOnly')) return;
    const facts = csvLine([bucket, key, versionId, status, String(httpStatus), errorCode]).trimEnd();
    this.rows[status].append(`${facts},${quotedValue(message)}`);
  }

  /** A job of which no task has run has no report. */
  async write(hasRun: boolean): Promise<void> {
    if (!this.report.Enabled || !hasRun) return;
    try {
      const Results: ResultsFile[] = [];
      for (const status of ['succeeded', 'failed'] as const) {
        if (this.rows[status].count > 0) Results.push(await this.writeRows(status, this.rows[status].bytes()));
      }
      const ReportCreationDate = new Date(this.core.clock.now()).toISOString();
      const manifest = { Format: this.report.Format, ReportCreationDate, Results, ReportSchema: SCHEMA };
      await this.put('manifest.json', Buffer.from(JSON.stringify(manifest)));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new JobFailed(error.code, `The job report could not be written to your report bucket: ${error.code}`);
    }
  }

  private async writeRows(TaskExecutionStatus: TaskResult['status'], rows: Bytes): Promise<ResultsFile> {
    const md5 = createHash('md5');
    const name = createHash('sha1').update(this.jobId).update(TaskExecutionStatus);
    for (const chunk of chunksOf(rows)) {
      md5.update(chunk);
      name.update(chunk);
    }
    const Key = await this.put(`results/${name.digest('hex')}.csv`, rows);
    return { TaskExecutionStatus, Bucket: this.bucket, MD5Checksum: md5.digest('hex'), Key };
  }

  private async put(name: string, Body: Bytes): Promise<string> {
    const Key = `${this.report.Prefix === undefined ? '' : `${this.report.Prefix}/`}job-${this.jobId}/${name}`;
    const { ExpectedBucketOwner } = this.report;
    await this.core.call('s3', 'PutObject', { Bucket: this.bucket, Key, Body, ServerSideEncryption: 'AES256', ExpectedBucketOwner }, this.caller);
    return Key;
  }

  private get bucket(): string {
    return this.report.Bucket!.replace(/^arn:[^:]+:s3:::/, '');
  }
}
