import { Intake } from './intake';
import type { JobQueue } from './job-queue';
import { StreamRecords } from './stream-records';
import type { ScheduledEvent } from '../../core/clock';
import type { LabelCounters } from '../../services/sagemaker/labeling-job';
import type { AnnotatorProfile } from '../annotator';
import { AnswerDesk } from '../answer-desk';
import type { AcceptedTask } from '../crew';
import type { RequestedFailure } from '../failure-control';
import { LabelBook } from '../label-book';
import { openObjects } from '../object-opening';
import type { OpenObject } from '../open-object';
import type { Run, RunParts } from '../run';
import { StepQueue } from '../step-queue';
import { TaskBatch } from '../task-batch';
import { taskHandlers, UNTOUCHED } from '../task-handlers';

/** Nothing sent and nothing waiting for so long ends the job. */
const IDLE_MS = 10 * 24 * 3600 * 1000;
/** From a message's arrival until the service takes it. */
const PULL_MS = 1000;
const ITERATION = 1;
/** The output manifest is rewritten when so many more objects are labeled, or a tenth of them, or some time after the last of a few. */
const OUTPUT_STEP = 10;
const SAVE_MS = 60_000;
const SAVE_MS_PER_OBJECT = 50;

/**
 * Labels objects as they come through a topic: up to `MaxConcurrentTaskCount` of them are before the workers, the others wait in the
 * queue. It goes on until it is stopped, or idle for ten days; stopping conditions do not count.
 */
export class StreamingRun implements Run {
  private readonly records = new StreamRecords();
  private readonly desk: AnswerDesk;
  private readonly book: LabelBook;
  private readonly steps: StepQueue;
  private readonly tasks: TaskBatch;
  private readonly intake: Intake;
  private readonly lifetimes = new Map<OpenObject, ScheduledEvent>();
  private pull: ScheduledEvent | undefined;
  private idle: ScheduledEvent | undefined;
  private save: ScheduledEvent | undefined;
  private full = false;
  private watching = false;
  /** Something may wait for which there was no room. */
  private left = false;
  private requestedFailure: RequestedFailure | undefined;

  constructor(private readonly parts: RunParts, private readonly queue: JobQueue, seedLines: readonly string[]) {
    const { job, listener } = parts;
    const attribute = job.request.LabelAttributeName;
    this.intake = new Intake(this.records, queue, seedLines, attribute, () => this.stayAwake());
    this.desk = new AnswerDesk(parts);
    this.book = new LabelBook(this.records, attribute, this.desk.output, listener);
    this.steps = new StepQueue(async (error) => {
      await this.stop().catch(() => undefined);
      listener.broke(`ClientError: ${error.message}`);
    });
    this.tasks = new TaskBatch([], taskHandlers(parts, this.steps, this.desk, ITERATION, (object, failure) => this.finish(object, failure)));
  }

  async start(failure?: RequestedFailure): Promise<void> {
    this.requestedFailure = failure;
    this.parts.crew.add(this);
    this.stayAwake();
    await this.steps.run(() => this.takeObjects());
  }

  async stop(): Promise<void> {
    this.retire();
    if (this.book.labeled > 0) {
      await this.book.write(ITERATION);
    }
  }

  retire(): void {
    if (this.steps.end()) {
      [this.pull, this.idle, this.save, ...this.lifetimes.values()].forEach((event) => event?.cancel());
      this.parts.crew.remove(this);
      this.tasks.unfinished().forEach((object) => this.tasks.close(object));
      // a topic that is gone has taken the subscription along
      void this.queue.unsubscribe().catch(() => undefined);
    }
  }

  async failAfter(failure: RequestedFailure): Promise<void> {
    this.requestedFailure = failure;
    await this.steps.run(() => this.failIfRequested());
  }

  accept(profile: AnnotatorProfile): AcceptedTask | undefined {
    return this.steps.active ? this.tasks.accept(profile) : undefined;
  }

  counters(): LabelCounters {
    return this.book.counters();
  }

  private get config() {
    return this.parts.job.request.HumanTaskConfig;
  }

  /** From now on it takes ten days without anything to end the job. */
  private stayAwake(): void {
    this.idle?.cancel();
    this.idle = this.parts.core.clock.schedule(IDLE_MS, 'expiry', 'streaming labeling job is idle', () => {
      // a full job has messages waiting, or may have
      if (this.room() === 0) {
        this.stayAwake();
      } else {
        this.parts.listener.idle();
      }
    });
  }

  /** Takes what waits, as long as there is room, and looks again when more has come. */
  private async takeObjects(): Promise<void> {
    this.watch();
    let posted = 0;
    for (let added = await this.intake.next(this.room()); added.length > 0 && this.steps.active; added = await this.intake.next(this.room())) {
      for (const object of await openObjects(added, this.records, this.book, this.parts.prepare, () => this.steps.active)) {
        this.post(object);
        posted++;
      }
    }
    if (posted > 0) {
      await this.parts.listener.tasksPosted(posted);
    }
    this.left = this.room() === 0;
    await this.count();
  }

  /** Set up before looking: what comes while it looks is seen as well. */
  private watch(): void {
    if (!this.watching) {
      this.watching = true;
      void this.queue.arrival().then(() => {
        this.watching = false;
        this.lookAgain();
      });
    }
  }

  private lookAgain(): void {
    if (this.steps.active && this.pull === undefined) {
      this.pull = this.parts.core.clock.schedule(PULL_MS, 'work', 'streaming labeling job takes objects', async () => {
        this.pull = undefined;
        await this.steps.run(() => this.takeObjects());
      });
    }
  }

  /** Once the job is full, there is room again only when as many places are free as an object has workers. */
  private room(): number {
    const most = this.config.MaxConcurrentTaskCount!;
    const { open } = this.tasks;
    this.full = open >= most || this.full && open >= Math.max(1, most - this.config.NumberOfHumanWorkersPerDataObject);
    return this.full ? 0 : most - open;
  }

  private post(object: OpenObject): void {
    const { core, crew } = this.parts;
    const lifetime = this.config.TaskAvailabilityLifetimeInSeconds! * 1000;
    this.lifetimes.set(object, core.clock.schedule(lifetime, 'expiry', 'tasks become unavailable', () => this.steps.run(() => (
      this.finish(object, object.annotations.length > 0 ? undefined : UNTOUCHED)))));
    this.tasks.add(object);
    crew.wake();
  }

  /** The workers are done with an object: its answers are consolidated, or it has failed; the next may come. */
  private async finish(object: OpenObject, failure?: string): Promise<void> {
    if (object.closed) {
      return;
    }
    this.lifetimes.get(object)?.cancel();
    this.lifetimes.delete(object);
    this.tasks.close(object);
    if (failure !== undefined) {
      this.book.fail(object.index, failure, false);
    } else {
      for (const [id, result] of await this.desk.consolidate([object], ITERATION, () => this.steps.active)) {
        await this.book.take(Number(id), result);
      }
    }
    await this.count();
    await this.failIfRequested();
    if (this.left && this.room() > 0) {
      this.lookAgain();
    }
  }

  private async count(): Promise<void> {
    const { core: { clock } } = this.parts;
    await this.book.count(ITERATION, Math.max(OUTPUT_STEP, this.records.size / 10));
    if (this.book.unsaved && this.steps.active) {
      this.save ??= clock.schedule(SAVE_MS + SAVE_MS_PER_OBJECT * this.records.size, 'work', 'streaming labeling job writes its output', async () => {
        this.save = undefined;
        await this.steps.run(() => this.book.write(ITERATION));
      });
    }
  }

  private async failIfRequested(): Promise<void> {
    const failure = this.requestedFailure;
    if (failure !== undefined && this.steps.active && this.book.labeled >= failure.afterObjects) {
      await this.stop();
      this.parts.listener.broke(failure.reason);
    }
  }
}
