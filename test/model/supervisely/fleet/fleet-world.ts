import type { DesiredFleet, FleetLabeler, FleetSet } from '../../../../src/model/supervisely/fleet/desired-fleet';
import { type FleetJob, isFinished, phaseOf } from '../../../../src/model/supervisely/fleet/fleet-job';
import type { FleetPlan, FleetStep } from '../../../../src/model/supervisely/fleet/fleet-steps';
import { planFleet } from '../../../../src/model/supervisely/fleet/plan-fleet';
import type { EntityReviewStatus, SuperviselyJobStatus } from '../../../../src/model/supervisely/limits';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type WorldJob = Mutable<Omit<FleetJob, 'entities'>> & { entities: Array<{ id: number; reviewStatus: EntityReviewStatus }> };

/** Jobs on a server on which every step succeeds, and people who label there. */
export class FleetWorld {
  readonly jobs: WorldJob[] = [];
  labelers: FleetLabeler[] = [];
  sets: FleetSet[] = [];
  levelledFor?: string;
  private lastId = 0;

  constructor(readonly settings: Partial<DesiredFleet> = {}) {}

  desired(): DesiredFleet {
    return {
      id: 'fleet-id', identity: 'identity', revision: 'r', attempt: '', labelers: this.labelers, sets: this.sets, rejectedImages: 'RESTART',
      levelled: this.levelledFor === JSON.stringify(this.labelers), settingsHash: 's', customDataHash: 'c', mayReplaceLabels: false, returning: false, ...this.settings,
    };
  }

  plan(): FleetPlan {
    return planFleet(this.desired(), { jobs: this.jobs, removed: [], intended: [] });
  }

  /** Plans and acts until nothing is left to be done; `check` is called after each act. */
  settle(check: () => void = () => undefined): FleetStep[] {
    const done: FleetStep[] = [];
    for (let round = 0; round < 10; round++) {
      const plan = this.plan();
      if (plan.levelled) this.levelledFor = JSON.stringify(this.labelers);
      for (const step of plan.steps) {
        this.act(step);
        check();
      }
      done.push(...plan.steps);
      if (plan.steps.length === 0) return done;
    }
    throw new Error('never settles');
  }

  act(step: FleetStep): void {
    if (step.kind === 'create') this.add(step.userId, step.generation, step.datasetId, step.imageIds);
    else if (step.kind === 'stop') Object.assign(step.job, { status: 'stopped', stoppedByUs: true });
    else if (step.kind === 'discard') this.jobs.splice(this.jobs.indexOf(step.job as WorldJob), 1);
    else throw new Error(`unexpected step: ${step.kind}`);
  }

  add(userId: number, generation: number, datasetId: number, imageIds: readonly number[], changes: Partial<WorldJob> = {}): WorldJob {
    const { identity, revision, attempt, settingsHash, customDataHash } = this.desired();
    const job: WorldJob = {
      name: `job-${++this.lastId}`, identity, generation, userId, revision, requestId: '', jobId: this.lastId, status: 'pending', disabled: false, untouched: true,
      images: imageIds.length, finished: 0, accepted: 0, rejected: 0, stoppedByUs: false, marks: { settings: settingsHash, customData: customDataHash },
      datasetId, attempt, foreign: false, entities: imageIds.map((id) => ({ id, reviewStatus: 'none' })), ...changes,
    };
    this.jobs.push(job);
    return job;
  }

  /** Somebody labels some images of a job. */
  label(job: WorldJob, images: number): void {
    if (phaseOf(job) !== 'at work') return;
    Object.assign(job, { status: 'in_progress', untouched: false });
    job.entities.filter((image) => !isFinished(image)).slice(0, images).forEach((image) => { image.reviewStatus = 'done'; });
  }

  /** A reviewer goes through a job that is handed in and rejects some. */
  review(job: WorldJob, rejects: number, status: SuperviselyJobStatus): void {
    if (phaseOf(job) === 'ended') return;
    Object.assign(job, { status, untouched: false });
    job.entities.filter(({ reviewStatus }) => reviewStatus === 'done').forEach((image, index) => { image.reviewStatus = index < rejects ? 'rejected' : 'accepted'; });
  }

  atWork(): WorldJob[] {
    return this.jobs.filter((job) => phaseOf(job) === 'at work');
  }

  /** Image -> who has it, of what is not done in jobs at work. */
  holders(): Map<number, number> {
    return new Map(this.atWork().flatMap(({ userId, entities }) => entities.filter((image) => !isFinished(image)).map(({ id }) => [id, userId])));
  }

  finished(): Set<number> {
    return new Set(this.jobs.flatMap(({ entities }) => entities.filter(isFinished).map(({ id }) => id)));
  }
}
