import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isPublicCrowd } from '../../model/groundtruth/built-in-functions';
import { isKnown } from '../../private/tokens';
import { LabelingJobProps } from '../labeling-job-props';

/** An input of its own is a single job's. */
type WarnedProps = Pick<LabelingJobProps, 'workteam' | 'taskTimeLimit' | 'taskAvailabilityLifetime'> & Partial<Pick<LabelingJobProps, 'input' | 'removal'>>;

/** What is allowed and yet unlikely to be meant. */
export function warnOfLabelingJob(scope: Construct, props: WarnedProps): void {
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
  if (props.input?._streams && props.removal !== undefined && [props.removal._mode, props.removal._then].includes('RETAIN')) {
    Annotations.of(scope).addWarningV2('cdk-labeling-workflows:retainedStream',
      'a streaming job that is retained loses its role, its topics and whoever gives it objects together with the stack: use JobRemoval.STOP or drain()');
  }
}
