import { NO_COUNTERS } from '../../src/model/counters';
import { hasEnded, JobState } from '../../src/model/job-state';
import { DesiredVersion, emptyLedger, Ledger } from '../../src/model/ledger';
import { accept, bury, desire, intend, learn, recordStop, recordTags } from '../../src/model/ledger-transitions';
import { ActualJob, CreateStep, Plan } from '../../src/model/plan';
import { reconcile } from '../../src/model/reconcile';
import { planRemoval } from '../../src/model/removal';

const OBJECTS = 8;

interface WorldJob {
  readonly name: string;
  readonly identity: string;
  readonly generation: number;
  readonly revision: string;
  /** Objects that it would label. */
  readonly input: ReadonlySet<number>;
  readonly labeled: Set<number>;
  readonly createdAt: number;
  state: JobState;
  endedAt: number;
  outputManifest: boolean;
}

export type Crash = 'none' | 'before' | 'after';

/** A tiny service that steps jobs, and a writer that carries out plans and may crash. Time passes by one with every look. */
export class World {
  ledger: Ledger = emptyLedger({ stackId: 'stack', logicalId: 'job' });
  readonly jobs: WorldJob[] = [];
  /** How often an object was labeled under an identity. */
  readonly labels = new Map<string, number>();
  /** The next look does not show the job that was made last. */
  lags = false;
  private requests = 0;
  private now = 0;

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
      if (job.state !== JobState.RUNNING || !job.input.has(object) || job.labeled.has(object)) continue;
      job.labeled.add(object);
      const key = `${job.identity}/${object}`;
      this.labels.set(key, (this.labels.get(key) ?? 0) + 1);
    }
  }

  /** The service moves jobs on; a job that stops may or may not leave an output manifest. */
  serve(outputManifest: boolean): void {
    for (const job of this.jobs) {
      if (job.state === JobState.PENDING) job.state = JobState.RUNNING;
      else if (job.state === JobState.STOPPING) this.end(job, JobState.STOPPED, outputManifest);
      else if (job.state === JobState.RUNNING && job.labeled.size === job.input.size) this.end(job, JobState.COMPLETED, true);
    }
  }

  failOne(outputManifest: boolean): void {
    const job = this.jobs.find((one) => one.state === JobState.RUNNING);
    if (job) this.end(job, JobState.FAILED, outputManifest);
  }

  personStopsOne(): void {
    const job = this.jobs.find((one) => one.state === JobState.RUNNING);
    if (job) job.state = JobState.STOPPING;
  }

  private end(job: WorldJob, state: JobState, outputManifest: boolean): void {
    Object.assign(job, { state, outputManifest, endedAt: this.now });
  }

  // the writer

  plan(): Plan {
    this.now += 1;
    const actual = this.jobs.filter((job) => !(this.lags && this.mayLag(job))).map(look);
    this.lags = false;
    this.ledger = learn(this.ledger, actual.map((job) => ({ ...job, requestId: 'tag' })));
    return this.ledger.desired ? reconcile(this.ledger, actual) : planRemoval(actual, { mode: 'STOP', drained: true, drainThen: 'STOP' });
  }

  /** The last job, unless it is an intention that is left behind: of those each is asked for by name. */
  private mayLag(job: WorldJob): boolean {
    const accepted = this.ledger.generations.some((one) => one.name === job.name && one.arn !== undefined);
    return job === this.jobs.at(-1) && (accepted || job.identity === this.ledger.desired?.identity);
  }

  /** One round of the writer, which may die around a call to the service. */
  write(crash: Crash): void {
    const plan = this.plan();
    if (plan.error !== undefined) return;
    for (const step of plan.steps) {
      if (step.kind === 'create') this.create(step, crash);
      else if (step.kind === 'stop') this.stop(step.name, crash);
      else this.ledger = recordTags(this.ledger, step.name, this.ledger.desired!.tags);
      if (crash !== 'none') return;
    }
  }

  private create(step: CreateStep, crash: Crash): void {
    const { id, identity, revision, requestId, tags } = this.ledger.desired!;
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
    const everything = new Set(Array.from({ length: OBJECTS }, (_, object) => object));
    const labeled = resumed && step.resume!.read === 'output-manifest' ? resumed.labeled : new Set<number>();
    const input = new Set([...resumed?.input ?? everything].filter((object) => !labeled.has(object)));
    const times = { createdAt: this.now, endedAt: this.now };
    this.jobs.push({ name, identity, generation, revision, input, labeled: new Set(), ...times, state: JobState.PENDING, outputManifest: false });
    if (crash === 'none') this.ledger = accept(this.ledger, name, { arn: `arn:${name}` });
  }

  private stop(name: string, crash: Crash): void {
    this.ledger = recordStop(this.ledger, name, { at: this.now, requestId: 'x', why: 'plan' });
    if (crash === 'before') return;
    const job = this.jobs.find((one) => one.name === name)!;
    if (job.state === JobState.RUNNING) job.state = JobState.STOPPING;
    else throw new Error(`${name} is ${job.state} and cannot be stopped`);
  }

  live(): WorldJob[] {
    return this.jobs.filter((job) => !hasEnded(job.state));
  }
}

function look(job: WorldJob): ActualJob {
  const labeled = job.labeled.size;
  const counters = { ...NO_COUNTERS, totalLabeled: labeled, humanLabeled: labeled, unlabeled: job.input.size - labeled };
  return {
    name: job.name,
    arn: `arn:${job.name}`,
    identity: job.identity,
    generation: job.generation,
    revision: job.revision,
    status: job.state,
    state: job.state,
    counters,
    createdAt: job.createdAt,
    endedAt: job.endedAt,
    outputPath: 's3://out',
    leftovers: { outputManifest: job.outputManifest, consolidatedAnnotations: labeled > 0 },
  };
}
