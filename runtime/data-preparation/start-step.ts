import { createHash } from 'node:crypto';
import { PreparationFiles, type PreparedObject, type StepJob, type StepJobs } from './files';
import type { JobRequest, Ports } from './ports';
import { encodeKey } from '../../src/model/s3batch/csv-manifest';
import type { JobTags, PreparationAnswer, PreparationFolder, PreparationStep, StartStepEvent } from '../../src/s3batch/private/data-preparation-contract';
import { log } from '../shared/log';

/** Between two looks at jobs, whose states change once in some minutes. */
export const POLL_SECONDS = 60;

/** Begins a step: a job for each bucket whose objects it takes. */
export async function startStep({ folder, step, tags }: StartStepEvent, ports: Ports): Promise<PreparationAnswer> {
  const files = new PreparationFiles(ports.objects, folder);
  if (await files.exists(files.objectsOf(step.number + 1))) return { next: 'done' };
  const known = await files.jobs(step.number);
  if (known) return makeJobs(known, files, step, tags, ports);
  const objects = await files.read<PreparedObject>(files.objectsOf(step.number));
  return begin(1, objects, files, step, tags, ports);
}

/** An attempt at these objects; without any there is nothing to do, and the step is over. */
export async function begin(
  attempt: number, objects: readonly PreparedObject[], files: PreparationFiles, step: PreparationStep, tags: JobTags, ports: Ports,
): Promise<PreparationAnswer> {
  const jobs: StepJob[] = [];
  for (const [bucket, group] of byBucket(objects)) {
    const manifestUri = files.step(step.number, `manifests/${attempt}-${jobs.length + 1}.csv`);
    await ports.objects.writeManifest(manifestUri, rowsOf(group));
    jobs.push({ bucket, manifestUri, token: token(files.folder, step.number, attempt, bucket) });
  }
  const intended = { attempt, jobs };
  // written before S3 is asked: whoever crashes here is followed by somebody who asks the same again, and gets the same jobs
  await files.writeJobs(step.number, intended);
  return makeJobs(intended, files, step, tags, ports);
}

async function makeJobs(intended: StepJobs, files: PreparationFiles, step: PreparationStep, tags: JobTags, ports: Ports): Promise<PreparationAnswer> {
  const jobs = [...intended.jobs];
  for (const [index, job] of jobs.entries()) {
    if (job.id !== undefined) continue;
    const id = await ports.jobs.create(await requestOf(job, files.folder, step, tags, ports));
    log('batch job created', { step: step.number, kind: step.kind, id, bucket: job.bucket });
    jobs[index] = { ...job, id };
    await files.writeJobs(step.number, { ...intended, jobs });
  }
  return { next: 'again', waitSeconds: POLL_SECONDS };
}

async function requestOf(job: StepJob, { bucket, prefix }: PreparationFolder, step: PreparationStep, tags: JobTags, { objects }: Ports): Promise<JobRequest> {
  const arn = (rest: string) => `arn:${partitionOf(step.roleArn)}:s3:::${rest}`;
  return {
    ClientRequestToken: job.token,
    ConfirmationRequired: false,
    Description: `Step ${step.number + 1} (${step.kind}) of a preparation of data`,
    Priority: step.priority,
    RoleArn: step.roleArn,
    Operation: { [step.operation]: JSON.parse(step.parameters) },
    Manifest: {
      Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] },
      Location: { ObjectArn: arn(job.manifestUri.slice('s3://'.length)), ETag: await objects.etag(job.manifestUri) },
    },
    Report: { Enabled: true, Bucket: arn(bucket), Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: reportPrefix(prefix, step.number) },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

export function reportPrefix(prefix: string, step: number): string {
  return `${prefix}steps/${step}/reports`;
}

function partitionOf(arn: string): string {
  return arn.split(':')[1];
}

function byBucket(objects: readonly PreparedObject[]): Map<string, PreparedObject[]> {
  const groups = new Map<string, PreparedObject[]>();
  for (const object of objects) {
    const group = groups.get(object.bucket);
    if (group) group.push(object);
    else groups.set(object.bucket, [object]);
  }
  return groups;
}

async function* rowsOf(objects: readonly PreparedObject[]): AsyncIterable<string> {
  for (const { bucket, key } of objects) yield `${bucket},${encodeKey(key)}`;
}

/** The same request under the same token is the same job. The prefix names stack, construct and identity. */
function token({ bucket, prefix }: PreparationFolder, step: number, attempt: number, of: string): string {
  return createHash('sha256').update([bucket, prefix, step, attempt, of].join('\n')).digest('hex');
}
