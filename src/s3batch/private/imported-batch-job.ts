import { Construct } from 'constructs';
import { batchJobArn } from './batch-job-arn';
import { BatchJobBase } from '../batch-job-base';

/** A job that somebody else has made. */
export class ImportedBatchJob extends BatchJobBase {
  public readonly batchJobArn: string;
  protected readonly arnPattern: string;
  protected readonly tagConditions = {};

  constructor(scope: Construct, id: string, public readonly batchJobId: string) {
    super(scope, id);
    this.batchJobArn = batchJobArn(this, batchJobId);
    this.arnPattern = this.batchJobArn;
  }
}
