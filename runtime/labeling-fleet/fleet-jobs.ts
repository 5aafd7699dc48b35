import { ListLabelingJobsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { FleetJobs, JobPage } from './ports';
import { SageMakerJobs, summaryOf } from '../labeling-job/sagemaker-jobs';

const PAGE_SIZE = 100;

export class SageMakerFleetJobs extends SageMakerJobs implements FleetJobs {
  constructor(private readonly sageMaker: SageMakerClient) {
    super(sageMaker);
  }

  async pageByName(text: string, token: string | undefined): Promise<JobPage> {
    const { LabelingJobSummaryList = [], NextToken } = await this.sageMaker.send(new ListLabelingJobsCommand({
      NameContains: text, SortBy: 'Name', SortOrder: 'Ascending', MaxResults: PAGE_SIZE, NextToken: token,
    }));
    return { jobs: LabelingJobSummaryList.map(summaryOf), token: NextToken };
  }
}
