import type { AnnotatorProfile } from './annotator';
import { consolidator } from './consolidation';
import type { AcceptedTask, Crew, TaskSource } from './crew';
import type { RequestedFailure } from './failure-control';
import { JobOutput, labeledLine, labelMembers } from './job-output';
import { answerForm } from './judgement';
import type { AnsweredObject, Consolidation } from './labeled-object';
import type { Manifest } from './manifest';
import { TaskBatch, type BatchHandlers, type OpenObject } from './task-batch';
import type { TaskPreparation } from './task-preparation';
import type { Truths } from './truths';
import type { WorkerIdentity } from './worker-identity';
import type { ScheduledEvent } from '../core/clock';
import type { EngineCore } from '../core/engine';
import type { LabelCounters, LabelingJob } from '../services/sagemaker/labeling-job';

/** What a run tells the job about. */
export interface RunListener {
  counted(counters: LabelCounters): void;
  wroteOutput(uri: string): void;
  objectFailed(index: number, reason: string): void;
  objectLabeled(line: string): Promise<void>;
  tasksPosted(objects: number): Promise<void>;
  ended(how: 'completed' | 'condition'): void;
  broke(reason: string): void;
}

export interface RunParts {
  readonly core: EngineCore;
  readonly job: LabelingJob;
  readonly manifest: Manifest;
  readonly crew: Crew;
  readonly truths: Truths;
  readonly prepare: TaskPreparation;
  readonly identify: (profile: AnnotatorProfile) => WorkerIdentity;
  readonly listener: RunListener;
}

/** Answers are consolidated when so many objects have all of theirs, or a twentieth of the batch, whichever is more. */
const SMALLEST_GROUP = 10;
/** The output manifest is rewritten when so many more of the objects are labeled. */
const OUTPUT_STEP = 0.1;

/**
 * Labels a manifest: batches of objects go to the crew, their answers to consolidation, the labels to the output manifest. One step
 * runs at a time. A run that was stopped takes nothing more: answers not consolidated by then are lost.
 */
export class LabelingRun implements TaskSource {
  private readonly output: JobOutput;
  private readonly consolidate: ReturnType<typeof consolidator>;
  /** The label members of labeled lines, as JSON. */
  private readonly labels = new Map<number, string>();
  private batch: TaskBatch | undefined;
  private batchLabels: string[] = [];
  private answeredObjects: OpenObject[] = [];
  private expiry: ScheduledEvent | undefined;
  private iteration = 0;
  private nextLine = 0;
  private written = 0;
  private active = true;
  private steps: Promise<void> = Promise.resolve();
  private requestedFailure: RequestedFailure | undefined;
  /** Set while objects fail before or after the workers, and until one is labeled. */
  private firstError: string | undefined;

  constructor(private readonly parts: RunParts) {
    this.output = new JobOutput(parts.core, parts.job);
    this.consolidate = consolidator(parts.core, parts.job);
  }

  async start(failure?: RequestedFailure): Promise<void> {
    this.requestedFailure = failure;
    this.parts.crew.add(this);
    await this.step(() => this.nextBatch());
  }

  /** Ends the work at once; what is consolidated is written. */
  async stop(): Promise<void> {
    this.retire();
    if (this.labels.size > 0) {
      await this.writeOutput();
    }
  }

  /** Gives up as soon as so many objects are labeled. */
  async failAfter(failure: RequestedFailure): Promise<void> {
    this.requestedFailure = failure;
    await this.step(() => this.afterObjects());
  }

  /** Takes the tasks off the workers' list. */
  retire(): void {
    if (this.active) {
      this.active = false;
      this.expiry?.cancel();
      this.parts.crew.remove(this);
      this.batch?.unfinished().forEach((object) => this.batch!.close(object));
    }
  }

  accept(profile: AnnotatorProfile): AcceptedTask | undefined {
    return this.active ? this.batch?.accept(profile) : undefined;
  }

  private get config() {
    return this.parts.job.request.HumanTaskConfig;
  }

  private async nextBatch(): Promise<void> {
    const { manifest, listener } = this.parts;
    while (this.active) {
      const most = Math.min(this.config.MaxConcurrentTaskCount!, this.allowance());
      const lines = manifest.waiting(this.nextLine, most);
      if (lines.length === 0) {
        await this.end(most === 0 && manifest.count('waiting') > 0 ? 'condition' : 'completed');
        return;
      }
      this.nextLine = lines.at(-1)! + 1;
      this.iteration++;
      const objects = await this.prepareAll(lines);
      if (this.active && objects.length > 0) {
        this.post(objects);
        await listener.tasksPosted(objects.length);
        return;
      }
      await this.count();
      this.breakIfHopeless();
    }
  }

  private async prepareAll(lines: readonly number[]): Promise<OpenObject[]> {
    const { manifest } = this.parts;
    const objects: OpenObject[] = [];
    for (const index of lines) {
      try {
        const object = await this.parts.prepare(index, manifest.line(index));
        manifest.setState(index, object === undefined ? 'excluded' : 'open');
        if (object !== undefined) {
          objects.push(object);
        }
      } catch (error) {
        this.fail(index, (error as Error).message, true);
      }
      if (!this.active) {
        break;
      }
    }
    return objects;
  }

  private post(objects: OpenObject[]): void {
    const { core } = this.parts;
    this.batch = new TaskBatch(this.iteration, objects, this.handlers());
    this.batchLabels = [];
    const lifetime = this.config.TaskAvailabilityLifetimeInSeconds! * 1000;
    this.expiry = core.clock.schedule(lifetime, 'expiry', 'tasks become unavailable', () => this.step(() => this.expire()));
    this.parts.crew.wake();
  }

  private handlers(): BatchHandlers {
    const { core, truths } = this.parts;
    return {
      workersPerObject: this.config.NumberOfHumanWorkersPerDataObject,
      timeLimitSeconds: this.config.TaskTimeLimitInSeconds,
      random: (profile, object) => core.random(`annotators/${profile.name}/${object.contentKey}`),
      unwanted: (object) => truths.isRefused(object.contentKey),
      answered: (object, profile, acceptedAt, random) => this.guard(() => this.takeAnswer(object, profile, acceptedAt, random)),
      givenBack: (object) => this.step(async () => {
        if (object.declined >= this.config.NumberOfHumanWorkersPerDataObject && !object.closed) {
          this.batch!.close(object);
          this.fail(object.index, 'the object was declined by as many workers as it needs', false);
          await this.afterObjects();
        }
      }),
    };
  }

  private async takeAnswer(object: OpenObject, profile: AnnotatorProfile, acceptedAt: number, random: () => number): Promise<void> {
    const { core, truths, identify } = this.parts;
    const now = core.clock.now();
    const identity = identify(profile);
    const answer = answerForm(object.fields, truths.of(object.contentKey), profile, random);
    const responseUri = await this.output.workerResponse(this.batch!.iteration, String(object.index), {
      acceptanceTime: new Date(acceptedAt).toISOString(),
      answerContent: answer,
      submissionTime: new Date(now).toISOString(),
      timeSpentInSeconds: Math.round(now - acceptedAt) / 1000,
      ...identity,
    });
    if (!object.closed) {
      object.annotations.push({ workerId: identity.workerId, answer, responseUri });
      if (object.annotations.length === this.config.NumberOfHumanWorkersPerDataObject) {
        this.batch!.close(object);
        this.answeredObjects.push(object);
        await this.step(() => this.afterObjects());
      }
    }
  }

  /** The tasks' time is over: one answer is enough, none is a failure. */
  private async expire(): Promise<void> {
    for (const object of this.batch?.unfinished() ?? []) {
      this.batch!.close(object);
      if (object.annotations.length > 0) {
        this.answeredObjects.push(object);
      } else {
        this.fail(object.index, 'no worker labeled the object within TaskAvailabilityLifetimeInSeconds', false);
      }
    }
    await this.afterObjects();
  }

  private async afterObjects(): Promise<void> {
    const batch = this.batch;
    if (await this.failIfRequested() || batch === undefined) {
      return;
    }
    const group = Math.max(SMALLEST_GROUP, Math.ceil(batch.size / 20));
    if (this.answeredObjects.length >= group || batch.done) {
      await this.consolidateAnswers(this.answeredObjects.splice(0));
      await this.count();
    }
    if (batch.done && this.active) {
      this.expiry?.cancel();
      this.breakIfHopeless();
      await this.nextBatch();
    }
  }

  /** Whether the run has ended because that was asked for: exactly so many objects are labeled then. */
  private async failIfRequested(): Promise<boolean> {
    const { requestedFailure: failure, parts: { manifest, listener } } = this;
    if (failure === undefined) {
      return false;
    }
    const missing = Math.max(0, failure.afterObjects - manifest.count('labeled'));
    if (this.answeredObjects.length < missing) {
      return false;
    }
    await this.consolidateAnswers(this.answeredObjects.splice(0, missing));
    if (manifest.count('labeled') < failure.afterObjects || !this.active) {
      return false;
    }
    await this.stop();
    listener.broke(failure.reason);
    return true;
  }

  private async consolidateAnswers(objects: OpenObject[]): Promise<void> {
    if (objects.length === 0 || !this.active) {
      return;
    }
    const iteration = this.batch!.iteration;
    const answered = objects.map(({ index, dataObject, annotations }): AnsweredObject => (
      { datasetObjectId: String(index), dataObject, annotations }));
    const payloadUri = await this.output.consolidationRequest(iteration, answered);
    const consolidation = await this.tryConsolidate(answered, payloadUri);
    // Stopped meanwhile: what comes now is lost.
    if (this.active) {
      await this.output.consolidationResponse(iteration, consolidation);
      for (const { index } of objects) {
        await this.takeLabel(index, consolidation.get(String(index))!);
      }
    }
  }

  /** A function that fails spoils the objects that it was called for. */
  private async tryConsolidate(answered: readonly AnsweredObject[], payloadUri: string): Promise<Consolidation> {
    try {
      return await this.consolidate(answered, payloadUri);
    } catch (error) {
      return new Map(answered.map(({ datasetObjectId }) => [datasetObjectId, error as Error]));
    }
  }

  private async takeLabel(index: number, result: Parameters<typeof labelMembers>[1] | Error): Promise<void> {
    const { manifest, job, listener } = this.parts;
    if (result instanceof Error) {
      this.fail(index, result.message, true);
      return;
    }
    const members = JSON.stringify(labelMembers(job.request.LabelAttributeName, result));
    manifest.setState(index, 'labeled');
    this.labels.set(index, members);
    const line = labeledLine(manifest.line(index), members);
    this.batchLabels.push(line);
    await listener.objectLabeled(line);
  }

  private fail(index: number, reason: string, isError: boolean): void {
    this.parts.manifest.setState(index, 'failed');
    this.parts.listener.objectFailed(index, reason);
    if (isError) {
      this.firstError ??= reason;
    }
  }

  /** Where every object so far met an error, the rest would as well. */
  private breakIfHopeless(): void {
    const { manifest } = this.parts;
    const met = manifest.count('labeled') + manifest.count('excluded');
    if (this.firstError !== undefined && met === 0 && this.active) {
      this.retire();
      const failed = manifest.count('failed');
      this.parts.listener.broke(`ClientError: none of the ${failed} objects so far could be labeled; the first failed because ${this.firstError}`);
    }
  }

  private async count(): Promise<void> {
    const { manifest, listener } = this.parts;
    const labeled = manifest.count('labeled');
    if (labeled > this.written && (this.written === 0 || labeled - this.written >= manifest.size * OUTPUT_STEP)) {
      await this.writeOutput();
    }
    listener.counted(this.counters());
  }

  counters(): LabelCounters {
    const { manifest } = this.parts;
    const labeled = manifest.count('labeled');
    return {
      TotalLabeled: labeled,
      HumanLabeled: labeled,
      MachineLabeled: 0,
      FailedNonRetryableError: manifest.count('failed'),
      Unlabeled: manifest.count('waiting') + manifest.count('open') + manifest.count('excluded'),
    };
  }

  private async writeOutput(): Promise<void> {
    this.written = this.labels.size;
    if (this.batchLabels.length > 0) {
      await this.output.intermediate(this.batch!.iteration, this.batchLabels);
    }
    this.parts.listener.wroteOutput(await this.output.manifest(this.parts.manifest, this.labels));
  }

  /** How many objects more the stopping conditions let be labeled. */
  private allowance(): number {
    const { manifest, job } = this.parts;
    const { MaxHumanLabeledObjectCount: count = Infinity, MaxPercentageOfInputDatasetLabeled: percentage } = job.request.StoppingConditions ?? {};
    const labeled = manifest.count('labeled');
    const share = percentage === undefined ? Infinity : Math.ceil(manifest.size * percentage / 100) - manifest.count('carried');
    return Math.max(0, Math.min(count, share) - labeled);
  }

  private async end(how: 'completed' | 'condition'): Promise<void> {
    this.retire();
    await this.writeOutput();
    this.parts.listener.ended(how);
  }

  /** Steps follow one another, whichever event they come from. */
  private async step(action: () => Promise<void>): Promise<void> {
    const before = this.steps;
    const after = (async () => {
      await before;
      await this.guard(action);
    })();
    this.steps = after;
    await after;
  }

  /** What goes wrong outside single objects (an output bucket that is gone) ends the job. */
  private async guard(action: () => Promise<void>): Promise<void> {
    if (!this.active) {
      return;
    }
    try {
      await action();
    } catch (error) {
      // what is labeled is kept if the output can still be written
      await this.stop().catch(() => undefined);
      this.parts.listener.broke(`ClientError: ${(error as Error).message}`);
    }
  }
}
