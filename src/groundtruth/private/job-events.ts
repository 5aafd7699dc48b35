import { Lazy, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { spellings } from './labeling-job-arn';
import { refuse } from '../../private/errors';
import { LabelingJobStatus } from '../labeling-job-status';

/** All states that Ground Truth announces. */
export const ENDED: readonly LabelingJobStatus[] = [LabelingJobStatus.COMPLETED, LabelingJobStatus.FAILED, LabelingJobStatus.STOPPED];

/** Quota of EventBridge, in characters. */
const MAX_PATTERN_LENGTH = 2048;
/** Of a pattern without adopted jobs, rounded up. */
const ROOM_FOR_THE_REST = 450;

/** The events of jobs whose ARNs match when they come to one of these ends. */
export function jobEvents(resources: string[], statuses: readonly LabelingJobStatus[]): events.EventPattern {
  return {
    source: ['aws.sagemaker'],
    detailType: ['SageMaker Ground Truth Labeling Job State Change'],
    resources,
    detail: { LabelingJobStatus: [...statuses] },
  };
}

/** A rule of the user's on such events. */
export function jobRule(scope: Construct, id: string, pattern: events.EventPattern, options: events.OnEventOptions): events.Rule {
  const { crossStackScope, eventPattern, target, ...props } = options;
  const rule = new events.Rule(crossStackScope ?? scope, id, props);
  rule.addEventPattern(pattern);
  if (eventPattern) rule.addEventPattern(eventPattern);
  rule.addTarget(target);
  return rule;
}

/**
 * Matches jobs in the library's own form by the beginning of their ARNs, and adopted ones by their names, in few characters. Which these are
 * may be said until synthesis.
 */
export function jobResources(scope: Construct, arnPrefix: string, adopted: () => readonly string[]): string[] {
  return Token.asList(Lazy.any({
    produce: () => {
      const suffixes = adopted().flatMap(spellings).map((name) => ({ suffix: `:labeling-job/${name}` }));
      const length = JSON.stringify(suffixes).length + ROOM_FOR_THE_REST;
      refuse(scope, suffixes.length > 0 && length > MAX_PATTERN_LENGTH
        ? [`${adopted().length} adopted jobs do not fit into a rule, whose pattern has at most ${MAX_PATTERN_LENGTH} characters: adopt them in several fleets`] : []);
      return [{ prefix: arnPrefix }, ...suffixes];
    },
  }));
}
