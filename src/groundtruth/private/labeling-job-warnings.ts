import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isPublicCrowd } from '../../model/groundtruth/built-in-functions';
import { isKnown } from '../../private/tokens';
import { LabelingJobProps } from '../labeling-job-props';

/** What is allowed and yet unlikely to be meant. */
export function warnOfLabelingJob(scope: Construct, props: Pick<LabelingJobProps, 'workteam' | 'taskTimeLimit' | 'taskAvailabilityLifetime'>): void {
  const { workteam: { workteamArn }, taskTimeLimit, taskAvailabilityLifetime } = props;
  if (isKnown(workteamArn) && isPublicCrowd(workteamArn)) {
    Annotations.of(scope).addWarningV2('cdk-labeling-workflows:publicCrowd',
      'Amazon Mechanical Turk closed on 2026-09-30: a job of the public team will find no workers, use a private or vendor team');
  }
  const [limit, lifetime] = [taskTimeLimit?.toSeconds(), taskAvailabilityLifetime?.toSeconds()];
  if (isKnown(limit) && isKnown(lifetime) && limit > lifetime) {
    Annotations.of(scope).addWarningV2('cdk-labeling-workflows:taskTimeLimit',
      `a worker may take ${limit} seconds for a task that is offered for ${lifetime} seconds only: raise 'taskAvailabilityLifetime'`);
  }
}
