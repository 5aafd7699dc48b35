import { adoptable, bystander, everything, look, WorldJob } from './world-jobs';
import { hasEnded, JobState } from '../../src/model/job-state';
import { DesiredVersion, emptyLedger, Ledger } from '../../src/model/ledger';
import { accept, bury, desire, findGeneration, forget, intend, learn, recordRelease, recordStop, recordTags } from '../../src/model/ledger-transitions';
import { CreateStep, Plan, Step } from '../../src/model/plan';
import { needsLeftovers, reconcile } from '../../src/model/reconcile';
import { planRemoval } from '../../src/model/removal';
import { traitsOf } from '../../src/model/system-traits';

export type Crash = 'none' | 'before' | 'after';

/** A tiny service that steps jobs, and a writer that carries out plans and may crash. Time passes by one with every look. */
export class World {
  ledger: Ledger = emptyLedger({ stackId: 'stack', logicalId: 'job' });
  /** Two are there from the start and are not ours: one that may be adopted, one that is never to be touched. */
  readonly jobs: WorldJob[] = [bystander(), adoptable()];
  /** How often an object was labeled under an identity. */
  readonly labels = new Map<string, number>();
  private lags = false;
  private requests = 0;
  private now = 0;

  constructor() {
    this.jobs.filter((job) => job.name === 'theirs').forEach((job) => job.labeled.forEach((object) => this.labels.set(`${job.identity}/${object}`, 1)));
  }

  // what the user and CloudFormation do

  want(identity: string, changes: Partial<DesiredVersion> = {}): void {
    const id = `request-${++this.requests}`;
    const desired: DesiredVersion = {
      requestId: id,
      id: `job-${identity}`,
      identity,
      revision: '1',
      request: {},
      tags: {},
      labelsOnlyUnlabeled: true,
      mayReplaceLabels: true,
      overlap: false,
      returning: false,
      replaces: this.ledger.desired?.id,
      adopt: identity === 'd' ? 'theirs' : undefined,
      ...changes,
    };
    this.ledger = desire(this.ledger, { id, type: 'Update', at: this.now }, desired, undefined);
  }

  wantNothing(): void {
    this.ledger = bury(this.ledger, { id: `request-${++this.requests}`, type: 'Delete', at: this.now }, { kind: 'everything' });
  }

  // what happens outside

  label(object: number): void {
    for (const job of this.jobs) {
      if (job.state !== JobState.RUNNING || !job.input.has(object) || job.labeled.has(object) || job.failed.has(object)) continue;
      job.labeled.add(object);
      job.endedAt = this.now;
      const key = `${job.identity}/${object}`;
      this.labels.set(key, (this.labels.get(key) ?? 0) + 1);
    }
  }

  /** An object that cannot be labeled: the job completes without it. */
  spoil(object: number): void {
    for (const job of this.jobs) if (job.state === JobState.RUNNING && job.input.has(object) && !job.labeled.has(object)) job.failed.add(object);
  }

  /** The service moves jobs on; a job that stops may or may not leave an output manifest. */
  serve(outputManifest: boolean): void {
    for (const job of this.jobs) {
      if (job.state === JobState.PENDING) job.state = JobState.RUNNING;
      else if (job.state === JobState.STOPPING) this.end(job, JobState.STOPPED, outputManifest);
      else if (job.state === JobState.RUNNING && job.labeled.size + job.failed.size === job.input.size) this.end(job, JobState.COMPLETED, true);
    }
  }

  failOne(outputManifest: boolean, reason: string): void {
    const job = this.firstRunning();
    if (job) this.end(Object.assign(job, { failureReason: reason }), JobState.FAILED, outputManifest);
  }

  personStopsOne(): void {
    const job = this.firstRunning();
    if (job) job.state = JobState.STOPPING;
  }

  ageOne(outputManifest: boolean): void {
    const job = this.firstRunning();
    if (!job) return;
    this.now += traitsOf({}).maxAgeMs;
    this.end(job, JobState.STOPPED, outputManifest);
  }

  /** The next look does not show the job that was made last. */
  lag(lags = true): void {
    this.lags = lags;
  }

  private firstRunning(): WorldJob | undefined {
    return this.jobs.find((one) => one.state === JobState.RUNNING && one.name !== 'bystander');
  }

  private end(job: WorldJob, state: JobState, outputManifest: boolean): void {
    Object.assign(job, { state, outputManifest, endedAt: this.now });
  }

  // the writer

  plan(): Plan {
    this.now += 1;
    const ours = (job: WorldJob) => job.owned || findGeneration(this.ledger, job.name)?.arn !== undefined;
    const actual = this.jobs.filter((job) => ours(job) && !(this.lags && this.mayLag(job))).map(look);
    this.lags = false;
    this.ledger = learn(this.ledger, actual.map((job) => ({ ...job, requestId: 'tag' })));
    const kept = actual.filter((job) => !findGeneration(this.ledger, job.name)?.released);
    if (!this.ledger.desired) return planRemoval(kept, { mode: 'STOP', drained: true, drainThen: 'STOP' });
    const ended = needsLeftovers(this.ledger, actual);
    return reconcile(this.ledger, actual.map((job) => (job === ended ? job : { ...job, leftovers: undefined })));
  }

  /** The last job, unless it is an intention that is left behind: of those each is asked for by name. */
  private mayLag(job: WorldJob): boolean {
    const accepted = this.ledger.generations.some((one) => one.name === job.name && one.arn !== undefined);
    return job === this.jobs.at(-1) && (accepted || job.identity === this.ledger.desired?.identity);
  }

  /** One round of the writer, which may die around a call to the service. */
  write(crash: Crash): readonly Step[] {
    const plan = this.plan();
    if (plan.error !== undefined) return [];
    for (const step of plan.steps) {
      this.carryOut(step, crash);
      if (crash !== 'none') break;
    }
    return plan.steps;
  }

  private carryOut(step: Step, crash: Crash): void {
    switch (step.kind) {
      case 'create': return this.create(step, crash);
      case 'stop': return this.stop(step.name, crash);
      case 'adopt': return this.adopt(step.name, crash);
      case 'release': return this.release(step.name, crash);
      case 'tag': this.ledger = recordTags(this.ledger, step.name, this.ledger.desired!.tags);
    }
  }

  private create(step: CreateStep, crash: Crash): void {
    const { id, identity, revision, requestId, tags, desiredState = 'RUNNING' } = this.ledger.desired!;
    if (desiredState !== 'RUNNING') throw new Error(`a job is started while ${desiredState} is desired`);
    const { generation } = step;
    const name = `${id}-r${generation}`;
    this.ledger = intend(this.ledger, { name, identity, generation, revision, requestId, intendedAt: this.now, tags, resumes: step.resume?.name });
    if (crash === 'before') return;
    // the service says that the name is in use, and by its tags the job is ours
    const there = this.jobs.find((job) => job.name === name);
    if (there) {
      this.ledger = accept(this.ledger, name, { arn: `arn:${name}`, revision: there.revision });
      return;
    }
    const resumed = this.jobs.find((job) => job.name === step.resume?.name);
    const labeled = resumed && step.resume!.read === 'output-manifest' ? resumed.labeled : new Set<number>();
    const input = new Set([...resumed?.input ?? everything()].filter((object) => !labeled.has(object)));
    const times = { createdAt: this.now, endedAt: this.now };
    const work = { input, labeled: new Set<number>(), failed: new Set<number>(), outputManifest: false };
    this.jobs.push({ name, identity, generation, revision, ...work, ...times, state: JobState.PENDING, owned: true });
    if (crash === 'none') this.ledger = accept(this.ledger, name, { arn: `arn:${name}` });
  }

  private stop(name: string, crash: Crash): void {
    this.ledger = recordStop(this.ledger, name, { at: this.now, requestId: 'x', why: 'plan' });
    if (crash === 'before') return;
    const job = this.jobs.find((one) => one.name === name)!;
    if (job.state === JobState.RUNNING) job.state = JobState.STOPPING;
    else throw new Error(`${name} is ${job.state} and cannot be stopped`);
  }

  private adopt(name: string, crash: Crash): void {
    const { identity, revision, requestId, tags } = this.ledger.desired!;
    this.ledger = intend(this.ledger, { name, identity, generation: 1, revision, requestId, intendedAt: this.now, tags: {}, adopted: true });
    if (crash === 'before') return;
    const job = this.jobs.find((one) => one.name === name)!;
    if (job.identity !== identity) throw new Error(`${name} is another job than the declared one`);
    Object.assign(job, { owned: true, revision });
    if (crash === 'none') this.ledger = accept(this.ledger, name, { arn: `arn:${name}`, tags });
  }

  private release(name: string, crash: Crash): void {
    this.ledger = recordRelease(this.ledger, name);
    if (crash === 'before') return;
    this.jobs.find((one) => one.name === name)!.owned = false;
    if (crash === 'none') this.ledger = forget(this.ledger, name);
  }

  /** Jobs at work that are ours. */
  live(): WorldJob[] {
    return this.jobs.filter((job) => job.owned && !hasEnded(job.state));
  }
}
