import { AUTOMATED_TASK_TYPES, canBeAutomated } from '../../model/groundtruth/automated-labeling';
import { isPublicCrowd } from '../../model/groundtruth/built-in-functions';
import { LIMITS, PATTERNS } from '../../model/groundtruth/limits';
import { isKnown } from '../../private/tokens';
import { AutomatedLabelingOptions } from '../automated-labeling-options';
import { LabelingJobProps } from '../labeling-job-props';

const { minObjects, maxSegmentationLabels } = LIMITS.automatedLabeling;

/** Why no model can label this. */
export function automatedLabelingProblems(props: LabelingJobProps): string[] {
  const { automatedLabeling } = props;
  return automatedLabeling ? [...taskProblems(props), ...optionProblems(automatedLabeling), ...teamProblems(props)] : [];
}

function taskProblems({ taskType, input, labels }: LabelingJobProps): string[] {
  const { id, algorithm } = taskType._rules;
  if (algorithm === undefined) return [`'automatedLabeling' is for the task types ${AUTOMATED_TASK_TYPES}, got ${id}: leave it out`];
  if (input._streams) return ['\'automatedLabeling\' must not be set for a stream, Ground Truth has none there: leave it out'];
  const [objects, count] = [input._objectCount(), labels?._labels?.length];
  const problems: string[] = [];
  if (objects !== undefined && !canBeAutomated(objects)) {
    problems.push(`'automatedLabeling' needs at least ${minObjects} data objects, or the job fails; 'input' has ${objects}: leave it out`);
  }
  if (count !== undefined && algorithm === 'semantic-segmentation' && count > maxSegmentationLabels) {
    problems.push(`'labels' has ${count} labels, task type ${id} takes at most ${maxSegmentationLabels} with 'automatedLabeling'`);
  }
  return problems;
}

function optionProblems({ initialModelArn, vpc, vpcSubnets, securityGroups }: AutomatedLabelingOptions): string[] {
  const problems: string[] = [];
  if (isKnown(initialModelArn) && !PATTERNS.modelArn.test(initialModelArn)) {
    problems.push(`'automatedLabeling.initialModelArn' must be like arn:aws:sagemaker:us-east-1:111122223333:model/name, got ${JSON.stringify(initialModelArn)}`);
  }
  if (!vpc && vpcSubnets) problems.push('\'automatedLabeling.vpcSubnets\' needs \'vpc\': give both or none');
  if (!vpc && securityGroups) problems.push('\'automatedLabeling.securityGroups\' needs \'vpc\': give both or none');
  const { min, max } = LIMITS.vpcSecurityGroups;
  if (securityGroups && (securityGroups.length < min || securityGroups.length > max)) {
    problems.push(`'automatedLabeling.securityGroups' must hold ${min} to ${max} groups, got ${securityGroups.length}`);
  }
  return problems;
}

function teamProblems({ automatedLabeling, workteam }: LabelingJobProps): string[] {
  return automatedLabeling?.vpc && isKnown(workteam.workteamArn) && isPublicCrowd(workteam.workteamArn)
    ? ['\'automatedLabeling.vpc\' needs a private or vendor team: Ground Truth lets no public team label within a VPC'] : [];
}
