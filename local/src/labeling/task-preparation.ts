import { setImmediate as nextTurn } from 'node:timers/promises';
import { readDataObject, type DataObject } from './data-object';
import type { FormField } from './forms/form-field';
import { readWorkerForm } from './forms/worker-form';
import { kindOf } from './kinds';
import { ObjectReader } from './object-reader';
import { openObject, type OpenObject } from './open-object';
import { preAnnotation } from './pre-annotation';
import { contentKey } from './truths';
import type { WorkerTemplates } from './worker-template';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';

/** Makes a task of a manifest line; nothing where no human is needed. What it throws is why the object fails. */
export type TaskPreparation = (index: number, line: string) => Promise<OpenObject | undefined>;

/** Preparing a batch may take a while: requests get their turn now and then. */
const LINES_PER_TURN = 25;

export function taskPreparation(core: EngineCore, job: LabelingJob, templates: WorkerTemplates): TaskPreparation {
  const { taskType, categories, template } = job.plan;
  const annotate = preAnnotation(core, job);
  const reader = new ObjectReader(core);
  const kind = kindOf(taskType);
  let prepared = 0;

  const fieldsOf = async (object: DataObject, input: unknown): Promise<readonly FormField[]> => (
    kind.fields ? kind.fields({ object, categories, reader }) : readWorkerForm(await templates.render(template, input), reader.granted));

  const check = async (object: DataObject): Promise<void> => {
    if (taskType.data === 'image') {
      await reader.checkImage(object.sourceRef!);
    } else if (object.sourceRef !== undefined) {
      await reader.size(object.sourceRef);
    }
    await kind.check?.({ object, categories, reader });
  };

  return async (index, line) => {
    if (++prepared % LINES_PER_TURN === 0) {
      await nextTurn();
    }
    const object = readDataObject(line, taskType.data);
    await check(object);
    const task = await annotate(object);
    return task && openObject(index, contentKey(object.source ?? object.sourceRef!), object, await fieldsOf(object, task.input));
  };
}
