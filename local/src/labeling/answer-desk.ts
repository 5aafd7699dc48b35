import type { AnnotatorProfile } from './annotator';
import { consolidator, type Consolidator } from './consolidation';
import { answerForm } from './forms/judgement';
import { JobOutput } from './job-output';
import type { AnsweredObject, Consolidation } from './labeled-object';
import type { OpenObject } from './open-object';
import type { RunParts } from './run';

/** Takes workers' answers to store them, and answered objects to have them consolidated. */
export class AnswerDesk {
  readonly output: JobOutput;
  private readonly consolidator: Consolidator;

  constructor(private readonly parts: RunParts) {
    this.output = new JobOutput(parts.core, parts.job);
    this.consolidator = consolidator(parts.core, parts.job, this.output);
  }

  /** Whether the object has all its answers now. */
  async take(object: OpenObject, iteration: number, profile: AnnotatorProfile, acceptedAt: number, random: () => number): Promise<boolean> {
    const { core, truths, identify, job } = this.parts;
    const now = core.clock.now();
    const identity = identify(profile);
    const answer = answerForm(object.fields, truths.of(object.contentKey), profile, random);
    const responseUri = await this.output.workerResponse(iteration, String(object.index), {
      acceptanceTime: new Date(acceptedAt).toISOString(),
      answerContent: answer,
      submissionTime: new Date(now).toISOString(),
      timeSpentInSeconds: Math.round(now - acceptedAt) / 1000,
      ...identity,
    });
    if (object.closed) {
      return false;
    }
    object.annotations.push({ workerId: identity.workerId, answer, responseUri });
    return object.annotations.length === job.request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject;
  }

  /** The labels of some objects; nothing where nobody wants them any more. */
  async consolidate(objects: readonly OpenObject[], iteration: number, wanted: () => boolean): Promise<Consolidation> {
    if (objects.length === 0 || !wanted()) {
      return new Map();
    }
    const answered = objects.map(({ index, data, annotations }): AnsweredObject => ({ datasetObjectId: String(index), data, annotations }));
    const payloadUri = await this.output.consolidationRequest(iteration, answered);
    const consolidation = await this.tryConsolidate(answered, payloadUri);
    if (!wanted()) {
      return new Map();
    }
    await this.output.consolidationResponse(iteration, consolidation);
    return consolidation;
  }

  /** A function that fails spoils the objects that it was called for. */
  private async tryConsolidate(answered: readonly AnsweredObject[], payloadUri: string): Promise<Consolidation> {
    try {
      return await this.consolidator(answered, payloadUri);
    } catch (error) {
      return new Map(answered.map(({ datasetObjectId }) => [datasetObjectId, error as Error]));
    }
  }
}
