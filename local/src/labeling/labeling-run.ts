import type { AnnotatorProfile } from './annotator';
import { AnswerDesk } from './answer-desk';
import { AutomatedLabeling } from './automated-labeling';
import type { AcceptedTask } from './crew';
import type { RequestedFailure } from './failure-control';
import { LabelBook } from './label-book';
import type { Manifest } from './manifest';
import { openObjects } from './object-opening';
import type { OpenObject } from './open-object';
import type { Run, RunParts } from './run';
import { StepQueue } from './step-queue';
import { allowance, humanAllowance } from './stopping-conditions';
import { TaskBatch } from './task-batch';
import { taskHandlers, UNTOUCHED } from './task-handlers';
import type { ScheduledEvent } from '../core/clock';
import type { LabelCounters } from '../services/sagemaker/labeling-job';

/** Answers are consolidated when so many objects have all of theirs, or a twentieth of the batch, whichever is more. */
const SMALLEST_GROUP = 10;
/** The output manifest is rewritten when so many more of the objects are labeled. */
const OUTPUT_STEP = 0.1;
/** A model's training, and its look at the other objects. */
const TRAINING_MS = 3600_000;

/**
 * Labels a manifest: batches of objects go to the crew, their answers to consolidation, the labels to the output manifest. A run that
 * was stopped takes nothing more: answers not consolidated by then are lost.
 */
export class LabelingRun implements Run {
  private readonly desk: AnswerDesk;
  private readonly book: LabelBook;
  private readonly steps: StepQueue;
  private readonly automation: AutomatedLabeling | undefined;
  private batch: TaskBatch | undefined;
  private answeredObjects: OpenObject[] = [];
  private expiry: ScheduledEvent | undefined;
  private iteration = 0;
  private nextLine = 0;
  private requestedFailure: RequestedFailure | undefined;

  constructor(private readonly parts: RunParts, private readonly manifest: Manifest) {
    const { job, listener } = parts;
    this.desk = new AnswerDesk(parts);
    this.book = new LabelBook(manifest, job.request.LabelAttributeName, this.desk.output, listener);
    this.automation = job.request.LabelingJobAlgorithmsConfig && new AutomatedLabeling(parts, manifest, this.desk.output);
    this.steps = new StepQueue(async (error) => {
      // what is labeled is kept if the output can still be written
      await this.stop().catch(() => undefined);
      listener.broke(`ClientError: ${error.message}`);
    });
  }

  async start(failure?: RequestedFailure): Promise<void> {
    this.requestedFailure = failure;
    this.parts.crew.add(this);
    await this.steps.run(() => this.nextBatch());
  }

  async stop(): Promise<void> {
    this.retire();
    if (this.book.labeled > 0) {
      await this.book.write(this.iteration);
    }
  }

  async failAfter(failure: RequestedFailure): Promise<void> {
    this.requestedFailure = failure;
    await this.steps.run(() => this.afterObjects());
  }

  retire(): void {
    if (this.steps.end()) {
      this.expiry?.cancel();
      this.parts.crew.remove(this);
      this.batch?.unfinished().forEach((object) => this.batch!.close(object));
    }
  }

  accept(profile: AnnotatorProfile): AcceptedTask | undefined {
    return this.steps.active ? this.batch?.accept(profile) : undefined;
  }

  counters(): LabelCounters {
    return this.book.counters();
  }

  private get config() {
    return this.parts.job.request.HumanTaskConfig;
  }

  private async nextBatch(): Promise<void> {
    const { manifest } = this;
    while (this.steps.active) {
      const allowed = humanAllowance(this.parts.job, manifest, this.counters());
      if (this.automation?.isDue && allowed > 0) {
        return this.trainModel(this.automation);
      }
      const most = Math.min(this.config.MaxConcurrentTaskCount!, allowed, this.automation?.missing ?? Infinity);
      const lines = manifest.waiting(this.nextLine, most);
      if (lines.length === 0) {
        await this.end(most === 0 && manifest.count('waiting') > 0 ? 'stopped' : 'completed');
        return;
      }
      this.nextLine = lines.at(-1)! + 1;
      this.iteration++;
      const objects = await openObjects(lines, manifest, this.book, this.parts.prepare, () => this.steps.active);
      if (this.steps.active && objects.length > 0) {
        this.post(objects);
        await this.parts.listener.tasksPosted(objects.length);
        return;
      }
      await this.count();
      this.breakIfHopeless();
    }
  }

  private async trainModel(automation: AutomatedLabeling): Promise<void> {
    const { core: { clock }, job } = this.parts;
    await automation.train();
    clock.schedule(TRAINING_MS, 'work', 'a model labels data objects', () => this.steps.run(async () => {
      await automation.label(this.manifest.waiting(this.nextLine, allowance(job, this.manifest)), this.book, () => this.steps.active);
      await this.count();
      await this.nextBatch();
    }));
  }

  private post(objects: OpenObject[]): void {
    const { core, crew } = this.parts;
    this.batch = new TaskBatch(objects, taskHandlers(this.parts, this.steps, this.desk, this.iteration, (object, failure) => this.finish(object, failure)));
    this.book.beginIteration();
    const lifetime = this.config.TaskAvailabilityLifetimeInSeconds! * 1000;
    this.expiry = core.clock.schedule(lifetime, 'expiry', 'tasks become unavailable', () => this.steps.run(() => this.expire()));
    crew.wake();
  }

  private async finish(object: OpenObject, failure?: string): Promise<void> {
    this.close(object, failure);
    await this.afterObjects();
  }

  private close(object: OpenObject, failure?: string): void {
    if (object.closed) {
      return;
    }
    this.batch!.close(object);
    if (failure === undefined) {
      this.answeredObjects.push(object);
    } else {
      this.book.fail(object.index, failure, false);
    }
  }

  /** The tasks' time is over: one answer is enough, none is a failure. */
  private async expire(): Promise<void> {
    this.batch!.unfinished().forEach((object) => this.close(object, object.annotations.length > 0 ? undefined : UNTOUCHED));
    await this.afterObjects();
  }

  private async afterObjects(): Promise<void> {
    const batch = this.batch;
    if (await this.failIfRequested() || batch === undefined) {
      return;
    }
    const group = Math.max(SMALLEST_GROUP, Math.ceil(batch.size / 20));
    if (this.answeredObjects.length >= group || batch.done) {
      await this.consolidate(this.answeredObjects.splice(0));
      await this.count();
    }
    if (batch.done && this.steps.active) {
      this.expiry?.cancel();
      this.breakIfHopeless();
      await this.nextBatch();
    }
  }

  /** Whether the run has ended because that was asked for: exactly so many objects are labeled then. */
  private async failIfRequested(): Promise<boolean> {
    const failure = this.requestedFailure;
    const missing = failure === undefined ? Infinity : Math.max(0, failure.afterObjects - this.book.labeled);
    if (this.answeredObjects.length < missing) {
      return false;
    }
    await this.consolidate(this.answeredObjects.splice(0, missing));
    if (this.book.labeled < failure!.afterObjects || !this.steps.active) {
      return false;
    }
    await this.stop();
    this.parts.listener.broke(failure!.reason);
    return true;
  }

  /** Where the run was stopped meanwhile, what comes is lost. */
  private async consolidate(objects: readonly OpenObject[]): Promise<void> {
    for (const [datasetObjectId, result] of await this.desk.consolidate(objects, this.iteration, () => this.steps.active)) {
      await this.book.take(Number(datasetObjectId), result);
    }
  }

  /** Where every object so far met an error, the rest would as well. */
  private breakIfHopeless(): void {
    const reason = this.book.hopeless();
    if (reason !== undefined && this.steps.active) {
      this.retire();
      this.parts.listener.broke(reason);
    }
  }

  private async count(): Promise<void> {
    await this.book.count(this.iteration, this.manifest.size * OUTPUT_STEP);
  }

  private async end(how: 'completed' | 'stopped'): Promise<void> {
    this.retire();
    await this.book.write(this.iteration);
    this.parts.listener.ended(how);
  }
}
