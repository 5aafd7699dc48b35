import { Construct } from 'constructs';
import { LabelingJobBase } from '../labeling-job-base';

/** A job that somebody else has made. */
export class ImportedLabelingJob extends LabelingJobBase {
  public readonly labelingJobArn: string;
  protected readonly arnPatterns: string[];
  protected readonly eventResources: string[];

  constructor(scope: Construct, id: string, public readonly labelingJobName: string, arn: string, environmentFromArn?: string) {
    super(scope, id, { environmentFromArn });
    this.labelingJobArn = arn;
    this.arnPatterns = [arn];
    this.eventResources = [arn];
  }
}
