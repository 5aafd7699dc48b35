import type { AnnotatorProfile } from './annotator';
import { labelContext } from './consolidation';
import { answerForm } from './forms/judgement';
import type { JobOutput } from './job-output';
import { kindOf } from './kinds';
import type { Consolidate } from './kinds/task-kind';
import type { LabelBook } from './label-book';
import type { AnsweredObject, ConsolidatedLabel } from './labeled-object';
import type { OpenObject } from './open-object';
import type { Records } from './records';
import type { RunParts } from './run';
import { checkTrainingRights } from './training-rights';
import { sagemakerArn } from '../services/sagemaker/arns';

const FEWEST_OBJECTS = 1250;
const SMALLEST_SAMPLE = 250;
const SAMPLE_SHARE = 0.2;
const MOST_FAILED = 0.1;
/** How often the model is sure enough; the other objects go to people. */
const SURE = 0.75;
const MODEL: AnnotatorProfile = { name: 'model', accuracy: 0.93, secondsPerTask: 1, dropout: 0, decline: 0 };

/** Automated data labeling: people label a sample, a model trained on it labels what it is sure of, people the rest. The model is a simulated one. */
export class AutomatedLabeling {
  private readonly sampleSize: number;
  private readonly consolidate: Consolidate;
  private trained = false;

  constructor(private readonly parts: RunParts, private readonly records: Records, output: JobOutput) {
    const { core, job } = parts;
    const objects = records.count('waiting');
    if (objects < FEWEST_OBJECTS) {
      throw new Error(`automated data labeling needs at least ${FEWEST_OBJECTS} data objects to label, got ${objects}`);
    }
    this.sampleSize = Math.max(SMALLEST_SAMPLE, Math.ceil(objects * SAMPLE_SHARE));
    this.consolidate = kindOf(job.plan.taskType).consolidation({ ...labelContext(core, job, output), workers: 1 });
  }

  /** How many objects of the sample people have still to see; no limit once the model is trained. */
  get missing(): number {
    return this.trained ? Infinity : Math.max(0, this.sampleSize - this.seen);
  }

  /** Whether the sample is labeled and the model not trained yet. */
  get isDue(): boolean {
    return !this.trained && this.seen >= this.sampleSize;
  }

  /** The job fails where too much of the sample has failed, or its role does not allow to train. */
  async train(): Promise<void> {
    const failed = this.records.count('failed');
    if (failed > this.seen * MOST_FAILED) {
      throw new Error(`automated data labeling needs a sample of which at most a tenth fails; ${failed} of ${this.seen} objects failed`);
    }
    const { core, job } = this.parts;
    await checkTrainingRights(core, job);
    this.trained = true;
    job.modelArn = sagemakerArn(core.settings, 'model', job.name);
  }

  /** Labels what the model is sure of; what it cannot read goes to people as well, and fails there. */
  async label(lines: readonly number[], book: LabelBook, wanted: () => boolean): Promise<void> {
    for (const index of lines) {
      const object = wanted() ? await this.parts.prepare(index, this.records.line(index)).catch(() => undefined) : undefined;
      const result = object && await this.labelOf(object);
      if (result !== undefined && wanted()) {
        await book.takeMachineLabel(index, result);
      }
    }
  }

  private async labelOf(object: OpenObject): Promise<ConsolidatedLabel | Error | undefined> {
    const { core, truths } = this.parts;
    const random = core.random(`model/${object.contentKey}`);
    if (random() > SURE) {
      return undefined;
    }
    const confidence = Math.round((0.8 + 0.19 * random()) * 100) / 100;
    const datasetObjectId = String(object.index);
    const answer = answerForm(object.fields, truths.of(object.contentKey), MODEL, random);
    const answered: AnsweredObject = { datasetObjectId, data: object.data, annotations: [{ workerId: MODEL.name, answer, responseUri: '' }] };
    const result = (await this.consolidate([answered])).get(datasetObjectId)!;
    return result instanceof Error ? result : { label: result.label, metadata: machineMetadata(result.metadata, confidence) };
  }

  private get seen(): number {
    return this.records.count('labeled') + this.records.count('failed') + this.records.count('excluded');
  }
}

/** A model's label says so, and how sure the model is, wherever the kind of labeling says that. */
function machineMetadata(metadata: Readonly<Record<string, unknown>>, confidence: number): Record<string, unknown> {
  return {
    ...metadata,
    'human-annotated': 'no',
    ...('confidence' in metadata && { confidence }),
    ...('objects' in metadata && { objects: (metadata.objects as object[]).map(() => ({ confidence })) }),
    ...('internal-color-map' in metadata && { 'internal-color-map': sure(metadata['internal-color-map'] as Record<string, object>, confidence) }),
  };
}

function sure(colors: Readonly<Record<string, object>>, confidence: number): object {
  return Object.fromEntries(Object.entries(colors).map(([number, color]) => [number, { ...color, confidence }]));
}
