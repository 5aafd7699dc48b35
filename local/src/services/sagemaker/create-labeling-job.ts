import type { Liquid } from 'liquidjs';
import { sagemakerArn } from './arns';
import { checkAutomatedLabeling } from './checks/automated-labeling';
import { checkInput } from './checks/input';
import { checkLabelAttribute } from './checks/label-attribute';
import { checkLabelCategories } from './checks/label-categories';
import { checkRole } from './checks/role';
import { checkStreaming } from './checks/streaming';
import { checkTaskFunctions } from './checks/task-functions';
import { checkUserInterface } from './checks/user-interface';
import { checkWorkersAndTime, taskAvailabilityLifetime } from './checks/workers-and-time';
import { checkWorkteam } from './checks/workteam';
import { accountQuota, inUse, limitExceeded } from './errors';
import type { JobStore } from './job-store';
import { isStreaming, NO_COUNTERS, type LabelingJob, type LabelingJobRequest, type LabelingPlan } from './labeling-job';
import { checkTags } from './tags';
import type { EngineCore } from '../../core/engine';

const DEFAULT_CONCURRENT_OBJECTS = 1000;

export interface CreationContext {
  readonly core: EngineCore;
  readonly jobs: JobStore;
  readonly workteamExists: (arn: string) => boolean;
  /** Parses worker templates as the run will. */
  readonly templates: Liquid;
  readonly jobReferenceCode: () => string;
}

/**
 * Checks everything that the service checks before it takes a job, then stores it. What a single manifest line, a function or a
 * template does wrong shows only when the job runs.
 */
export async function createLabelingJob(context: CreationContext, request: LabelingJobRequest): Promise<LabelingJob> {
  checkTags(request.Tags ?? []);
  checkName(context.jobs, request.LabelingJobName);
  const plan = await checkRequest(context, request);
  // Asked again: another request may have taken the name or the quota while this one read its objects.
  checkName(context.jobs, request.LabelingJobName);
  checkQuota(context, request);
  const now = new Date(context.core.clock.now());
  const job: LabelingJob = {
    name: request.LabelingJobName,
    arn: sagemakerArn(context.core.settings, 'labeling-job', request.LabelingJobName),
    request: withDefaults(request),
    plan,
    jobReferenceCode: context.jobReferenceCode(),
    creationTime: now,
    sequence: context.jobs.nextSequence(),
    status: 'Initializing',
    counters: NO_COUNTERS,
    lastModifiedTime: now,
  };
  context.jobs.add(job);
  return job;
}

async function checkRequest(context: CreationContext, request: LabelingJobRequest): Promise<LabelingPlan> {
  const { core } = context;
  const config = request.HumanTaskConfig;
  const { taskType, pre, consolidation } = await checkTaskFunctions(core, config);
  checkLabelAttribute(request.LabelAttributeName, taskType);
  checkWorkersAndTime(config, taskType);
  checkWorkteam(core.settings, request, taskType, context.workteamExists);
  checkAutomatedLabeling(core.settings, request, taskType);
  await checkStreaming(core, request);
  await checkRole(core, 'RoleArn', request.RoleArn);
  const template = await checkUserInterface(core, config, taskType, context.templates);
  const categories = await checkLabelCategories(core, request, taskType);
  await checkInput(core, request, taskType);
  return { taskType, preFunction: pre, consolidationFunction: consolidation, template, labels: categories.labels.map(({ label }) => label), categories };
}

function checkName(jobs: JobStore, name: string): void {
  const existing = jobs.get(name);
  if (existing !== undefined) {
    throw inUse(`The labeling job name '${name}' is already in use by '${existing.arn}'; `
      + 'names of labeling jobs are unique within an account and region, in any spelling, and are never free again');
  }
}

/** Jobs that have not ended count, streaming jobs and others apart. */
function checkQuota({ core, jobs }: CreationContext, request: LabelingJobRequest): void {
  const streaming = isStreaming(request);
  const quota = accountQuota(core, streaming ? 'L-C3E706F6' : 'L-150039CA');
  const running = jobs.countRunning((job) => isStreaming(job.request) === streaming);
  if (running >= quota.limit) {
    throw limitExceeded(quota.name, quota.limit, running);
  }
}

/** What Describe answers for members that were not sent. */
function withDefaults(request: LabelingJobRequest): LabelingJobRequest {
  const config = request.HumanTaskConfig;
  return {
    ...request,
    OutputConfig: { ...request.OutputConfig, KmsKeyId: request.OutputConfig.KmsKeyId ?? '' },
    HumanTaskConfig: {
      ...config,
      TaskAvailabilityLifetimeInSeconds: taskAvailabilityLifetime(config),
      MaxConcurrentTaskCount: config.MaxConcurrentTaskCount ?? DEFAULT_CONCURRENT_OBJECTS,
    },
  };
}
