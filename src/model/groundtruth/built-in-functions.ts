/**
 * The accounts that own the built-in `PRE-` and `ACS-` functions. These twelve regions are all there are, and no more will come:
 * Ground Truth gets no new features. Account ids are strings, one of them begins with a zero.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HumanTaskConfig.html
 */
export const BUILT_IN_FUNCTION_ACCOUNTS: Readonly<Record<string, string>> = {
  'ap-northeast-1': '477331159723',
  'ap-northeast-2': '845288260483',
  'ap-south-1': '565803892007',
  'ap-southeast-1': '377565633583',
  'ap-southeast-2': '454466003867',
  'ca-central-1': '918755190332',
  'eu-central-1': '203001061592',
  'eu-west-1': '568282634449',
  'eu-west-2': '487402164563',
  'us-east-1': '432418664414',
  'us-east-2': '266458841044',
  'us-west-2': '081040173940',
};

/** Owner of the worker user interfaces that AWS provides, in every region. */
export const HUMAN_TASK_UI_ACCOUNT = '394669845002';

/** Owner of the algorithms of automated labeling, in every region. */
export const ALGORITHM_ACCOUNT = '027400017018';

/** Owner of the Mechanical Turk work team, in every region. */
export const PUBLIC_CROWD_ACCOUNT = '394669845002';

export type BuiltInFunctionKind = 'PRE' | 'ACS';

/** These functions exist in the partition `aws` only. Region and account may be anything that CloudFormation resolves. */
export function builtInFunctionArn(kind: BuiltInFunctionKind, suffix: string, region: string, account: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${kind}-${suffix}`;
}

export function humanTaskUiArn(name: string, region: string): string {
  return `arn:aws:sagemaker:${region}:${HUMAN_TASK_UI_ACCOUNT}:human-task-ui/${name}`;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_LabelingJobAlgorithmsConfig.html */
export function algorithmArn(algorithm: string, region: string): string {
  return `arn:aws:sagemaker:${region}:${ALGORITHM_ACCOUNT}:labeling-job-algorithm-specification/${algorithm}`;
}

/** `true` for the ARN of the Mechanical Turk work team, closed since 2026-09-30. */
export function isPublicCrowd(workteamArn: string): boolean {
  return /:workteam\/public-crowd\//.test(workteamArn);
}
