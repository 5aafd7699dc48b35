import type { JobManifest, JobManifestGenerator } from '@aws-sdk/client-s3-control';
import { csvTasks } from './csv-manifest';
import { GeneratedManifest } from './generated-manifest';
import { inventoryTasks } from './inventory-manifest';
import { ManifestGenerator } from './manifest-generator';
import { findObject, locationOf } from './read-object';
import type { EngineCore } from '../../core/engine';
import type { Caller } from '../../core/service';
import type { Job } from '../../services/s3control/job';
import { invalidManifest, JobFailed } from '../job-failure';
import { LineSpool } from '../line-spool';
import { parseTask, serializeTask, type Task } from '../task';

/** All tasks of a job, from its manifest or from the generator of one; the job gets what was generated. */
export async function readTasks(core: EngineCore, caller: Caller, job: Job, directory: string): Promise<LineSpool> {
  const { Manifest, ManifestGenerator: generator } = job.request;
  const tasks = new LineSpool(directory);
  try {
    if (Manifest) await readManifest(core, caller, Manifest, tasks);
    else await generate(core, caller, generator!, job, tasks);
    return tasks;
  } catch (error) {
    tasks.discard();
    throw error;
  }
}

async function readManifest(core: EngineCore, caller: Caller, manifest: JobManifest, tasks: LineSpool): Promise<void> {
  const { ObjectArn, ObjectVersionId, ETag } = manifest.Location!;
  const object = await findObject(core, caller, locationOf(ObjectArn!, ObjectVersionId));
  if (object.etag !== ETag!.replaceAll('"', '')) {
    throw new JobFailed('412', `The ETag of the manifest is ${object.etag}, not ${ETag}`.slice(0, 256));
  }
  const isCsv = manifest.Spec!.Format === 'S3BatchOperations_CSV_20180820';
  let bucket: string | undefined;
  for await (const task of isCsv ? csvTasks(manifest, object) : inventoryTasks(core, caller, object)) {
    bucket ??= task.bucket;
    if (task.bucket !== bucket) throw invalidManifest(`all objects must be in one bucket, got ${bucket} and ${task.bucket}`);
    tasks.append(serializeTask(task));
  }
  if (tasks.count === 0) throw invalidManifest('the manifest has no objects');
}

async function generate(core: EngineCore, caller: Caller, { S3JobManifestGenerator: request }: JobManifestGenerator, job: Job,
  tasks: LineSpool): Promise<void> {
  const generator = new ManifestGenerator(core, caller, request!, job.operation === 'S3ReplicateObject');
  for await (const task of generator.tasks()) tasks.append(serializeTask(task));
  if (tasks.count === 0) throw new JobFailed('NoKeysMatchFilter', 'Manifest generation found no keys matching the filter criteria');
  if (!request!.EnableManifestOutput) return;
  const output = new GeneratedManifest(core, caller, request!.ManifestOutputLocation!, job.id);
  job.generatedManifest = await output.write(generator.bucket, parsed(tasks));
}

function* parsed(tasks: LineSpool): Generator<Task> {
  for (const line of tasks.lines()) yield parseTask(line);
}
