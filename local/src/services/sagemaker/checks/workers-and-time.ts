import { invalid } from '../errors';
import type { HumanTaskConfig } from '../labeling-job';
import type { TaskType } from '../task-types';
import { isPublicCrowd } from './workteam';

const HOURS_8 = 28_800;
const DAYS_30 = 2_592_000;
const HOURS_12 = 43_200;
const HOURS_6 = 21_600;

export function checkWorkersAndTime(config: HumanTaskConfig, taskType: TaskType): void {
  if (taskType.singleWorker && config.NumberOfHumanWorkersPerDataObject !== 1) {
    throw invalid(`HumanTaskConfig.NumberOfHumanWorkersPerDataObject must be 1 for the task type ${taskType.suffix}, `
      + `got ${config.NumberOfHumanWorkersPerDataObject}`);
  }
  const longest = taskType.data === 'video-frames' || taskType.data === 'point-cloud' ? DAYS_30 : HOURS_8;
  if (config.TaskTimeLimitInSeconds > longest) {
    throw invalid(`HumanTaskConfig.TaskTimeLimitInSeconds must be at most ${longest} for the task type ${taskType.suffix || 'custom'}, `
      + `got ${config.TaskTimeLimitInSeconds}`);
  }
  const lifetime = taskAvailabilityLifetime(config);
  const longestLifetime = isPublicCrowd(config.WorkteamArn) ? HOURS_12 : DAYS_30;
  if (lifetime > longestLifetime) {
    throw invalid(`HumanTaskConfig.TaskAvailabilityLifetimeInSeconds must be at most ${longestLifetime} for this work team, got ${lifetime}`);
  }
  if (config.TaskTimeLimitInSeconds > lifetime) {
    throw invalid(`HumanTaskConfig.TaskTimeLimitInSeconds (${config.TaskTimeLimitInSeconds}) must not exceed TaskAvailabilityLifetimeInSeconds (${lifetime})`);
  }
}

export function taskAvailabilityLifetime(config: HumanTaskConfig): number {
  return config.TaskAvailabilityLifetimeInSeconds ?? (isPublicCrowd(config.WorkteamArn) ? HOURS_6 : DAYS_30);
}
