import { NO_COUNTERS } from '../../src/model/counters';
import { JobState } from '../../src/model/job-state';
import { ActualJob } from '../../src/model/plan';

const OBJECTS = 8;

export interface WorldJob {
  readonly name: string;
  readonly identity: string;
  readonly generation: number;
  /** As its tags say. */
  readonly revision: string;
  /** Objects that it would label. */
  readonly input: ReadonlySet<number>;
  readonly labeled: Set<number>;
  /** Objects that cannot be labeled. */
  readonly failed: Set<number>;
  readonly createdAt: number;
  readonly failureReason?: string;
  state: JobState;
  endedAt: number;
  outputManifest: boolean;
  /** By its tags. */
  owned: boolean;
}

export function everything(): Set<number> {
  return new Set(Array.from({ length: OBJECTS }, (_, object) => object));
}

/** Somebody else's job, with labels, that a declaration may take over. */
export function adoptable(): WorldJob {
  return foreign('theirs', 'd', [0, 1]);
}

/** Somebody else's job, which nobody has asked us to touch. */
export function bystander(): WorldJob {
  return foreign('bystander', 'x', []);
}

function foreign(name: string, identity: string, labeled: number[]): WorldJob {
  return {
    name,
    identity,
    generation: 1,
    revision: '',
    input: everything(),
    labeled: new Set(labeled),
    failed: new Set(),
    createdAt: 0,
    endedAt: 0,
    state: JobState.RUNNING,
    outputManifest: false,
    owned: false,
  };
}

/** The job as the service shows it. */
export function look(job: WorldJob): ActualJob {
  const { size: labeled } = job.labeled;
  const { size: failed } = job.failed;
  return {
    name: job.name,
    arn: `arn:${job.name}`,
    identity: job.identity,
    generation: job.generation,
    revision: job.revision,
    status: job.state,
    state: job.state,
    counters: { ...NO_COUNTERS, totalLabeled: labeled, humanLabeled: labeled, failedNonRetryableError: failed, unlabeled: job.input.size - labeled - failed },
    createdAt: job.createdAt,
    endedAt: job.endedAt,
    failureReason: job.failureReason,
    outputPath: 's3://out',
    leftovers: { outputManifest: job.outputManifest, consolidatedAnnotations: labeled > 0 },
  };
}
