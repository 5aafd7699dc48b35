import { createHash } from 'node:crypto';
import { PreparationFiles, type PreparedObject, type StepJob, type StepJobs } from './files';
import type { JobRequest, Ports } from './ports';
import { encodeKey } from '../../src/model/s3batch/csv-manifest';
import type { JobTags, PreparationAnswer, PreparationFolder, PreparationStep, StartStepEvent } from '../../src/s3batch/private/data-preparation-contract';
import { log } from '../shared/log';

const SHORTEST_POLL_SECONDS = 60;
const LONGEST_POLL_SECONDS = 3600;

/**
 * Between two looks at jobs: a tenth of the time that they have taken so far. An execution ends at 25,000 events, which looks at equal distances
 * reach in two days, and jobs wait as long for jobs of higher priority.
 */
export function pollSeconds(intendedAt: number, now: number): number {
  return Math.min(LONGEST_POLL_SECONDS, Math.max(SHORTEST_POLL_SECONDS, Math.round((now - intendedAt) / 10_000)));
}

/** Begins a step: a job for each bucket whose objects it takes. */
export async function startStep({ folder, step, tags }: StartStepEvent, ports: Ports): Promise<PreparationAnswer> {
  const files = new PreparationFiles(ports.objects, folder);
  if (await files.exists(files.objectsOf(step.number + 1))) return { next: 'done' };
  const known = await files.jobs(step.number);
  if (known) return makeRest(known, files, step, tags, ports);
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
  const intended = { attempt, intendedAt: ports.now(), jobs };
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
  return { next: 'again', waitSeconds: pollSeconds(intended.intendedAt, ports.now()) };
}

/**
 * Makes those jobs of an attempt that S3 has not answered for. Whoever was here before may have asked without hearing the answer, and how long
 * a token is remembered is not documented: so the job is looked for first.
 */
export async function makeRest(known: StepJobs, files: PreparationFiles, step: PreparationStep, tags: JobTags, ports: Ports): Promise<PreparationAnswer> {
  const jobs: StepJob[] = [];
  for (const job of known.jobs) jobs.push({ ...job, id: job.id ?? await ports.jobs.find(job.token) });
  await files.writeJobs(step.number, { ...known, jobs });
  return makeJobs({ ...known, jobs }, files, step, tags, ports);
}

async function requestOf(job: StepJob, { bucket, prefix }: PreparationFolder, step: PreparationStep, tags: JobTags, { objects }: Ports): Promise<JobRequest> {
  const arn = (rest: string) => `arn:${partitionOf(step.roleArn)}:s3:::${rest}`;
  return {
    ClientRequestToken: job.token,
    ConfirmationRequired: false,
    Description: `Step ${step.number + 1} (${step.kind}) of a preparation of data [${job.token}]`,
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
