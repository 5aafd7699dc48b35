import type { EngineCore } from '../../../core/engine';
import { parseArn } from '../arns';
import { invalid } from '../errors';
import type { HumanTaskConfig, TaskFunction } from '../labeling-job';
import { CUSTOM, FUNCTION_ACCOUNTS, TASK_TYPE_BY_SUFFIX, type TaskType } from '../task-types';

type Role = 'PRE' | 'ACS';

const MEMBER: Record<Role, string> = {
  PRE: 'HumanTaskConfig.PreHumanTaskLambdaArn',
  ACS: 'HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn',
};

export interface TaskFunctions {
  readonly taskType: TaskType;
  readonly pre?: TaskFunction;
  readonly consolidation?: TaskFunction;
}

/** Reads the task type out of the two function ARNs, which must fit the region and each other. */
export async function checkTaskFunctions(core: EngineCore, config: HumanTaskConfig): Promise<TaskFunctions> {
  const pre = await checkFunction(core, config.PreHumanTaskLambdaArn, 'PRE');
  const consolidation = await checkFunction(core, config.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn, 'ACS');
  return { taskType: commonTaskType(pre, consolidation), pre, consolidation };
}

async function checkFunction(core: EngineCore, arn: string | undefined, role: Role): Promise<TaskFunction | undefined> {
  if (arn === undefined) {
    return undefined;
  }
  const { region, accountId } = core.settings;
  const parsed = parseArn(arn);
  if (parsed.region !== region) {
    throw invalid(`${MEMBER[role]} '${arn}' is in the region '${parsed.region}'; the labeling job and its functions must be in the same region, ${region}`);
  }
  if (parsed.account === FUNCTION_ACCOUNTS[region]) {
    return { kind: 'built-in', taskType: builtInTaskType(arn, parsed.resource, role) };
  }
  if (parsed.account !== accountId) {
    throw invalid(`${MEMBER[role]} '${arn}' is neither a function of the account ${accountId} nor one of Ground Truth's own in ${region}`);
  }
  await checkExists(core, arn, role);
  return { kind: 'own', arn };
}

function builtInTaskType(arn: string, resource: string, role: Role): TaskType {
  const name = resource.replace(/^function:/, '');
  const taskType = name.startsWith(`${role}-`) ? TASK_TYPE_BY_SUFFIX.get(name.slice(role.length + 1)) : undefined;
  if (taskType === undefined) {
    throw invalid(`${MEMBER[role]} '${arn}' does not exist: Ground Truth has no function '${name}' for this purpose`);
  }
  return taskType;
}

async function checkExists(core: EngineCore, arn: string, role: Role): Promise<void> {
  try {
    await core.call('lambda', 'GetFunctionConfiguration', { FunctionName: arn });
  } catch (error) {
    throw invalid(`${MEMBER[role]} '${arn}' cannot be used: ${(error as Error).message}`);
  }
}

function commonTaskType(pre?: TaskFunction, consolidation?: TaskFunction): TaskType {
  const preType = builtInOf(pre);
  const consolidationType = builtInOf(consolidation);
  if (preType && !consolidation || consolidationType && !pre) {
    throw invalid(`the task type ${(preType ?? consolidationType)!.suffix} needs both PreHumanTaskLambdaArn and AnnotationConsolidationLambdaArn`);
  }
  if (preType && consolidationType && preType !== consolidationType && !isPassThrough(preType) && !isPassThrough(consolidationType)) {
    throw invalid(`PRE-${preType.suffix} and ACS-${consolidationType.suffix} belong to different task types`);
  }
  const types = [consolidationType, preType].filter((type) => type !== undefined);
  return types.find((type) => !isPassThrough(type)) ?? types[0] ?? CUSTOM;
}

function builtInOf(fn?: TaskFunction): TaskType | undefined {
  return fn?.kind === 'built-in' ? fn.taskType : undefined;
}

function isPassThrough(type: TaskType): boolean {
  return type.suffix === 'PassThrough';
}
