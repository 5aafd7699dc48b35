import { setImmediate as nextTurn } from 'node:timers/promises';
import { readDataObject, type DataObject } from './data-object';
import { preAnnotation } from './pre-annotation';
import { openObject, type OpenObject } from './task-batch';
import { contentKey } from './truths';
import { readWorkerForm } from './worker-form';
import type { WorkerTemplates } from './worker-template';
import type { EngineCore } from '../core/engine';
import { allowsEveryOrigin } from '../services/sagemaker/checks/input';
import type { LabelingJob } from '../services/sagemaker/labeling-job';
import { parseS3Uri } from '../services/sagemaker/s3-uri';
import type { DataKind } from '../services/sagemaker/task-types';

/** Makes a task of a manifest line; nothing where no human is needed. What it throws is why the object fails. */
export type TaskPreparation = (index: number, line: string) => Promise<OpenObject | undefined>;

const LARGEST_IMAGE = 40 * 1024 * 1024;
/** Preparing a batch may take a while: requests get their turn now and then. */
const LINES_PER_TURN = 25;

export function taskPreparation(core: EngineCore, job: LabelingJob, templates: WorkerTemplates): TaskPreparation {
  const annotate = preAnnotation(core, job);
  const cors = new Map<string, Promise<boolean>>();
  let prepared = 0;
  return async (index, line) => {
    if (++prepared % LINES_PER_TURN === 0) {
      await nextTurn();
    }
    const object = readDataObject(line, job.plan.taskType.data);
    if (object.sourceRef !== undefined) {
      await checkReferred(core, object.sourceRef, job.plan.taskType.data, cors);
    }
    const task = await annotate(object);
    if (task === undefined) {
      return undefined;
    }
    const fields = readWorkerForm(await templates.render(job.plan.template, task.input));
    return openObject(index, contentKey(object.source ?? object.sourceRef!), dataObjectOf(object), fields);
  };
}

/** What `source-ref` names must be there; an image must not be too large, and a worker's browser must be let to it. */
async function checkReferred(core: EngineCore, uri: string, data: DataKind, cors: Map<string, Promise<boolean>>): Promise<void> {
  const location = parseS3Uri(uri);
  if (location === undefined) {
    throw new Error(`"source-ref" '${uri}' is not the URI of an S3 object`);
  }
  const { ContentLength } = await core.call<{ ContentLength?: number }>('s3', 'HeadObject', { Bucket: location.bucket, Key: location.key })
    .catch((error: Error) => { throw new Error(`the object '${uri}' cannot be read: ${error.message}`); });
  if (data !== 'image') {
    return;
  }
  if ((ContentLength ?? 0) > LARGEST_IMAGE) {
    throw new Error(`the image '${uri}' has ${ContentLength} bytes; an image has at most ${LARGEST_IMAGE}`);
  }
  const allowed = cors.get(location.bucket) ?? allowsEveryOrigin(core, location.bucket);
  cors.set(location.bucket, allowed);
  if (!await allowed) {
    throw new Error(`the bucket '${location.bucket}' has no CORS rule that lets a worker's browser read the image`);
  }
}

function dataObjectOf({ source, sourceRef }: DataObject): OpenObject['dataObject'] {
  return source !== undefined ? { content: source } : { s3Uri: sourceRef! };
}
