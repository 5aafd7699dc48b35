import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { isDirectoryBucket } from './directory-bucket';
import { JobObjects, OperationDefinition } from './operation-definition';
import { lengthProblems, rangeProblems, timeoutProblems } from './value-problems';
import { MAX_USER_DESCRIPTION_LENGTH } from '../../model/s3batch/description';
import { LIMITS } from '../../model/s3batch/limits';
import { GENERAL_PURPOSE_ONLY } from '../../model/s3batch/operations';
import { LONGEST_TIMEOUT } from '../../private/job-provider';
import { isKnown } from '../../private/tokens';
import { EndedJobs, FailedJobs, IncompleteJobs, resumeProblems } from '../../resume-options';
import { BatchJobOptions } from '../batch-job-props';

const WHOLE = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** All that is wrong with a job's properties by themselves, as far as synthesis can know. */
export function batchJobProblems(props: BatchJobOptions): string[] {
  return [
    ...lengthProblems('description', props.description, MAX_USER_DESCRIPTION_LENGTH, 0),
    ...rangeProblems('priority', props.priority, LIMITS.priority),
    ...rangeProblems('attempt', props.attempt, WHOLE),
    ...(props.rerun === '' ? ['\'rerun\' must not be empty: say why, or leave it out'] : []),
    ...timeoutProblems('timeout', props.timeout, LONGEST_TIMEOUT),
    ...thresholdProblems(props),
    ...reportProblems(props),
    ...batchResumeProblems(props),
  ];
}

function thresholdProblems({ maxFailedTasks: tasks, maxFailedPercentage: percentage, waitForCompletion }: BatchJobOptions): string[] {
  const unused = [...tasks === undefined ? [] : ['maxFailedTasks'], ...percentage === undefined ? [] : ['maxFailedPercentage']];
  return [
    ...rangeProblems('maxFailedTasks', tasks, WHOLE),
    ...(isKnown(percentage) && !(percentage >= 0 && percentage <= 100) ? [`'maxFailedPercentage' must be 0 to 100, got ${percentage}`] : []),
    ...(waitForCompletion ? [] : unused.map((property) => `'${property}' needs waitForCompletion: true, a deployment that does not wait sees no task fail`)),
  ];
}

function reportProblems({ operation, report }: BatchJobOptions): string[] {
  return operation._definition.name === 'S3ComputeObjectChecksum' && report && !report._ofAllTasks
    ? ['\'report\' must be CompletionReport.allTasks() for checksums, which stand nowhere else'] : [];
}

/** Only a report of all tasks tells what is left. */
function batchResumeProblems({ resume, report }: BatchJobOptions): string[] {
  const asked = resume && (resume.failed === FailedJobs.ALWAYS || resume.stopped === EndedJobs.RESUME || resume.incomplete === IncompleteJobs.RETRY);
  return [
    ...resumeProblems(resume),
    ...(resume?.aged === undefined ? [] : ['\'resume.aged\' is for labeling jobs: S3 stops no job by its age, leave it out']),
    ...(asked && report && !report._ofAllTasks ? ['\'report\' must be CompletionReport.allTasks() for \'resume\': nothing else tells which objects are left'] : []),
  ];
}

/** All that is wrong with an operation for these objects. */
export function objectProblems(scope: Construct, operation: OperationDefinition, objects: JobObjects): string[] {
  return [...directoryProblems(operation, objects), ...regionProblems(scope, operation, objects), ...operation.problemsWith?.(objects) ?? []];
}

function directoryProblems({ name }: OperationDefinition, { bucket }: JobObjects): string[] {
  return isDirectoryBucket(bucket) && GENERAL_PURPOSE_ONLY.has(name)
    ? [`'operation' must be one that directory buckets know, such as copying, invoking a function or computing checksums, got ${name}`] : [];
}

/** A job that copies runs where its copies go, any other where its objects are. */
function regionProblems(scope: Construct, { target, invokes }: OperationDefinition, { bucket }: JobObjects): string[] {
  return [
    ...(target ? otherRegion(scope, 'operation.targetBucket', target.bucket) : otherRegion(scope, 'manifest', bucket)),
    ...(invokes ? otherRegion(scope, 'operation.function', invokes) : []),
  ];
}

function otherRegion(scope: Construct, property: string, { env }: Pick<s3.IBucket, 'env'>): string[] {
  const { region } = Stack.of(scope);
  return isKnown(region) && isKnown(env.region) && env.region !== region
    ? [`'${property}' must be of the job's region ${region}, got ${env.region}: declare the job in a stack of that region`] : [];
}
