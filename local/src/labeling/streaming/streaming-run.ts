import type { JobQueue } from './job-queue';
import { readStreamMessage, seedObject, type StreamedObject } from './stream-message';
import { StreamRecords } from './stream-records';
import type { ScheduledEvent } from '../../core/clock';
import type { LabelCounters } from '../../services/sagemaker/labeling-job';
import type { AnnotatorProfile } from '../annotator';
import { AnswerDesk } from '../answer-desk';
import type { AcceptedTask } from '../crew';
import type { RequestedFailure } from '../failure-control';
import { LabelBook } from '../label-book';
import type { OpenObject } from '../open-object';
import type { Run, RunParts } from '../run';
import { StepQueue } from '../step-queue';
import { TaskBatch } from '../task-batch';

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
  /** Lines of the seed manifest that no worker has seen yet, the next one last. */
  private readonly seed: StreamedObject[];
  private readonly lifetimes = new Map<OpenObject, ScheduledEvent>();
  private pull: ScheduledEvent | undefined;
  private idle: ScheduledEvent | undefined;
  private save: ScheduledEvent | undefined;
  private full = false;
  private requestedFailure: RequestedFailure | undefined;

  constructor(private readonly parts: RunParts, private readonly queue: JobQueue, seedLines: readonly string[]) {
    const { job, listener } = parts;
    const attribute = job.request.LabelAttributeName;
    this.seed = seedLines.map((line, index) => seedObject(line, index, attribute)).reverse();
    this.desk = new AnswerDesk(parts);
    this.book = new LabelBook(this.records, attribute, this.desk.output, listener);
    this.steps = new StepQueue(async (error) => {
      await this.stop().catch(() => undefined);
      listener.broke(`ClientError: ${error.message}`);
    });
    this.tasks = this.taskList();
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

  private taskList(): TaskBatch {
    const { core, truths } = this.parts;
    return new TaskBatch(ITERATION, [], {
      workersPerObject: this.config.NumberOfHumanWorkersPerDataObject,
      timeLimitSeconds: this.config.TaskTimeLimitInSeconds,
      random: (profile, object) => core.random(`annotators/${profile.name}/${object.contentKey}`),
      unwanted: (object) => truths.isDeclined(object.contentKey),
      answered: (object, profile, acceptedAt, random) => this.steps.guard(async () => {
        if (await this.desk.take(object, ITERATION, profile, acceptedAt, random)) {
          await this.steps.run(() => this.close(object));
        }
      }),
      givenBack: (object) => this.steps.run(async () => {
        if (object.declined >= this.config.NumberOfHumanWorkersPerDataObject && !object.closed) {
          await this.close(object, 'the object was declined by as many workers as it needs');
        }
      }),
    });
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

  /** Takes what waits, first of the seed manifest, as long as there is room, and looks again when more has come. */
  private async takeObjects(): Promise<void> {
    const posted = await this.takeSeed();
    const arrival = this.queue.arrival();
    const streamed = await this.takeMessages();
    if (posted + streamed > 0) {
      await this.parts.listener.tasksPosted(posted + streamed);
    }
    await this.count();
    void arrival.then(() => this.lookAgain());
  }

  private lookAgain(): void {
    if (this.steps.active && this.pull === undefined) {
      this.pull = this.parts.core.clock.schedule(PULL_MS, 'work', 'streaming labeling job takes objects', async () => {
        this.pull = undefined;
        await this.steps.run(() => this.takeObjects());
      });
    }
  }

  private async takeSeed(): Promise<number> {
    let posted = 0;
    while (this.steps.active && this.seed.length > 0 && this.room() > 0) {
      posted += await this.admit(this.seed.pop()!);
    }
    return posted;
  }

  private async takeMessages(): Promise<number> {
    let posted = 0;
    while (this.steps.active && this.room() > 0) {
      const messages = await this.queue.receive(this.room());
      if (messages.length === 0) {
        break;
      }
      this.stayAwake();
      for (const message of messages.filter(() => this.steps.active)) {
        for (const object of readStreamMessage(message.Body, message.MessageId, this.parts.job.request.LabelAttributeName)) {
          posted += await this.admit(object);
        }
        await this.queue.delete(message);
      }
    }
    return posted;
  }

  /** Once the job is full, there is room again only when as many places are free as an object has workers. */
  private room(): number {
    const most = this.config.MaxConcurrentTaskCount!;
    const { open } = this.tasks;
    this.full = open >= most || this.full && open >= Math.max(1, most - this.config.NumberOfHumanWorkersPerDataObject);
    return this.full ? 0 : most - open;
  }

  /** How many objects more are before the workers: none where its id is known, or no worker can or need see it. */
  private async admit({ id, line }: StreamedObject): Promise<number> {
    const index = this.records.add(id, line);
    if (index === undefined) {
      return 0;
    }
    try {
      const object = await this.parts.prepare(index, line);
      this.records.setState(index, object === undefined ? 'excluded' : 'open');
      if (object !== undefined) {
        this.post(object);
        return 1;
      }
    } catch (error) {
      this.book.fail(index, (error as Error).message, true);
    }
    return 0;
  }

  private post(object: OpenObject): void {
    const { core, crew } = this.parts;
    const lifetime = this.config.TaskAvailabilityLifetimeInSeconds! * 1000;
    this.lifetimes.set(object, core.clock.schedule(lifetime, 'expiry', 'tasks become unavailable', () => this.steps.run(() => (
      this.close(object, object.annotations.length > 0 ? undefined : 'no worker labeled the object within TaskAvailabilityLifetimeInSeconds')))));
    this.tasks.add(object);
    crew.wake();
  }

  /** The workers are done with an object: its answers are consolidated, or it has failed; the next may come. */
  private async close(object: OpenObject, failure?: string): Promise<void> {
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
    if (this.room() > 0) {
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
