import type { AnnotatorProfile } from './annotator';
import type { Crew, TaskSource } from './crew';
import type { RequestedFailure } from './failure-control';
import type { TaskPreparation } from './task-preparation';
import type { Truths } from './truths';
import type { WorkerIdentity } from './worker-identity';
import type { EngineCore } from '../core/engine';
import type { LabelCounters, LabelingJob } from '../services/sagemaker/labeling-job';

/** The work on a job from the end of its initialization on. */
export interface Run extends TaskSource {
  start(failure?: RequestedFailure): Promise<void>;
  /** Ends the work at once; what is consolidated is written. */
  stop(): Promise<void>;
  /** Takes the tasks off the workers' list. */
  retire(): void;
  counters(): LabelCounters;
  /** Gives up as soon as so many objects are labeled. */
  failAfter(failure: RequestedFailure): Promise<void>;
}

/** What a run tells the job about. */
export interface RunListener {
  counted(counters: LabelCounters): void;
  wroteOutput(uri: string): void;
  objectFailed(index: number, reason: string): void;
  objectLabeled(line: string): Promise<void>;
  tasksPosted(objects: number): Promise<void>;
  ended(how: 'completed' | 'stopped'): void;
  /** A streaming job has got nothing for too long. */
  idle(): void;
  broke(reason: string): void;
}

export interface RunParts {
  readonly core: EngineCore;
  readonly job: LabelingJob;
  readonly crew: Crew;
  readonly truths: Truths;
  readonly prepare: TaskPreparation;
  readonly identify: (profile: AnnotatorProfile) => WorkerIdentity;
  readonly listener: RunListener;
}
