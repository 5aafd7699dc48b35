import { Construct } from 'constructs';
import { canBeAutomated } from '../../model/groundtruth/automated-labeling';
import { LIMITS } from '../../model/groundtruth/limits';
import { isKnown, tokenProblems } from '../../private/tokens';
import { resumeProblems } from '../../resume-options';
import { FleetJob } from '../fleet-job';
import { SplitDataset } from '../fleet-jobs';
import { FleetResultOptions, JobFleetProps } from '../job-fleet-props';
import { timeoutProblems } from '../job-removal';
import { TaskType } from '../task-type';
import { effectiveProps } from './effective-props';
import { keyProblems } from './fleet-jobs-validation';
import { keyPrefixProblems, labelingJobProblems, rangeProblems } from './labeling-job-validation';
import { STREAM_IN_FLEET } from './labeling-stream-validation';

/** All that is wrong with a fleet's properties, its jobs apart. */
export function jobFleetProblems(scope: Construct, props: JobFleetProps): string[] {
  const parts = props.jobs?._parts;
  return [
    ...rangeProblems('maxConcurrentJobs', props.maxConcurrentJobs, { min: 1, max: Number.MAX_SAFE_INTEGER }),
    ...resumeProblems(props.resume),
    ...timeoutProblems('timeout', props.timeout),
    ...keyPrefixProblems('outputPrefix', props.outputPrefix),
    ...resultProblems(props.result),
    ...props.relabel === '' ? ['\'relabel\' must not be empty: say why, or leave it out'] : [],
    ...props.labels && !props.taskType ? ['\'labels\' needs \'taskType\', the file of labels depends on it'] : [],
    ...parts?.dataset ? datasetProblems(scope, props, parts.dataset) : [],
  ];
}

/** All that is wrong with one of its jobs, under the job's key. */
export function fleetJobProblems(scope: Construct, fleet: JobFleetProps, key: string, job: FleetJob): string[] {
  const problems = [...keyProblems(key), ...resumeProblems(job.resume), ...job.input._streams ? [STREAM_IN_FLEET] : []];
  const missing = (['taskType', 'workteam'] as const).filter((name) => !job[name] && !fleet[name])
    .map((name) => `'${name}' is missing, give it to the job or to the fleet`);
  if (missing.length === 0 && !job.input._streams) problems.push(...labelingJobProblems(scope, effectiveProps(fleet, job)));
  return [...problems, ...missing].map((problem) => `job ${JSON.stringify(key)}: ${problem}`);
}

function datasetProblems(scope: Construct, props: JobFleetProps, { data, shares, maxObjectsPerJob: most }: SplitDataset): string[] {
  const { taskType, workteam } = props;
  if (!taskType) return ['\'taskType\' is missing, all jobs of a dataset have the same'];
  const problems = [
    ...data._problems(taskType._rules.source),
    ...tokenProblems('maxObjectsPerJob', [most], 'it is written to a file'),
    ...rangeProblems('maxObjectsPerJob', most, { min: 1, max: maxObjectsPerJob(taskType) }),
  ];
  const automated = [props, ...shares.map(([, share]) => share)].some(({ automatedLabeling }) => automatedLabeling);
  if (automated && isKnown(most) && !canBeAutomated(most)) {
    problems.push(`'maxObjectsPerJob' must be at least ${LIMITS.automatedLabeling.minObjects} with 'automatedLabeling', got ${most}: no job would have enough to learn from`);
  }
  if (shares.length > 0 && workteam) return [...problems, '\'workteam\' must be left out, FleetJobs.perWorkteam() names the teams'];
  if (shares.length === 0 && !workteam) return [...problems, '\'workteam\' is missing'];
  const jobs = shares.length > 0 ? shares : [[undefined, {}] as const];
  return [...problems, ...jobs.flatMap(([key, share]) => labelingJobProblems(scope, { ...effectiveProps(props, share), input: NOTHING_TO_CHECK })
    .map((problem) => (key === undefined ? problem : `team ${JSON.stringify(key)}: ${problem}`)))];
}

/** The dataset is checked as a whole. */
const NOTHING_TO_CHECK = { _problems: () => [], _objectCount: () => undefined, _streams: false } as unknown as FleetJob['input'];

function resultProblems(result: FleetResultOptions | undefined): string[] {
  return [
    ...keyPrefixProblems('result.prefix', result?.prefix),
    ...result?.prefix === '' ? ['\'result.prefix\' must not be empty, the result has a folder of its own'] : [],
  ];
}

/** The most objects that the service takes in one job. */
export function maxObjectsPerJob(taskType: TaskType): number {
  const segmentation = /^(Adjustment|Verification)?SemanticSegmentation$/.test(taskType._rules.id);
  return segmentation ? LIMITS.segmentationManifestLines : LIMITS.manifestLines;
}
