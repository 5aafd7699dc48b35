import { sagemakerArn } from './arns';
import { inUse } from './errors';
import type { JobStore } from './job-store';
import { isTerminal, NO_COUNTERS, type LabelingJob, type LabelingJobRequest, type LabelingJobStatus, type LabelingPlan } from './labeling-job';
import { SEEDED_PLAN, seededRequest } from './seeded-request';
import type { TagStore } from './tags';
import type { EngineCore } from '../../core/engine';
import type { ControlRoute } from '../../core/service';
import { list, number, object, only, refusal, text, type Content } from '../../labeling/control-input';

const MOST_JOBS = 1_000_000;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const DEFAULT_REASON = 'InternalServerError: We encountered an internal error. Please try again.';

interface Seed {
  readonly count: number;
  readonly prefix: string;
  readonly statuses: readonly LabelingJobStatus[];
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly objects: number;
  readonly tags: ReadonlyArray<{ Key: string; Value: string }>;
  /** What the jobs have in common, one object for all of them. */
  readonly request: Omit<LabelingJobRequest, 'LabelingJobName'>;
  readonly plan: LabelingPlan;
}

export interface SeedContext {
  readonly core: EngineCore;
  readonly jobs: JobStore;
  readonly tags: TagStore;
}

/** `POST /_local/labeling-jobs/seed`: jobs that have ended, without their having run. An aid of the engine's own for large estates. */
export function seedControl(context: SeedContext): ControlRoute {
  return (body) => {
    const seed = read(context, body);
    const names = Array.from({ length: seed.count }, (_, index) => `${seed.prefix}-${String(index + 1).padStart(6, '0')}`);
    const taken = names.find((name) => context.jobs.get(name) !== undefined);
    if (taken !== undefined) {
      throw inUse(`The labeling job name '${taken}' is already in use`);
    }
    names.forEach((name, index) => add(context, seed, name, index));
    return { count: names.length, first: names[0], last: names.at(-1) };
  };
}

function read({ core, jobs }: SeedContext, body: Content): Seed {
  only(body, ['count', 'prefix', 'statuses', 'createdFrom', 'createdTo', 'failureReason', 'objects', 'tags', 'like'], 'the body');
  const count = number(body.count, 'count', 1, MOST_JOBS);
  const prefix = text(body.prefix ?? 'seeded', 'prefix');
  if (!NAME.test(`${prefix}-${count}`) || prefix.length > 55) {
    throw refusal(`prefix '${prefix}' makes no valid names of labeling jobs`);
  }
  const to = time(body.createdTo, 'createdTo') ?? core.clock.now();
  const from = time(body.createdFrom, 'createdFrom') ?? to - count * 1000;
  if (from > to) {
    throw refusal('createdFrom must not be later than createdTo');
  }
  const like = body.like === undefined ? undefined : jobs.get(text(body.like, 'like'));
  if (body.like !== undefined && like === undefined) {
    throw refusal(`like: there is no labeling job '${String(body.like)}'`);
  }
  return {
    count,
    prefix,
    from,
    to,
    request: like?.request ?? seededRequest(core.settings),
    plan: like?.plan ?? SEEDED_PLAN,
    statuses: body.statuses === undefined ? ['Completed'] : list(body.statuses, 'statuses').map(status),
    reason: text(body.failureReason ?? DEFAULT_REASON, 'failureReason'),
    objects: number(body.objects ?? 100, 'objects', 0, 100_000),
    tags: Object.entries(object(body.tags ?? {}, 'tags')).map(([Key, value]) => ({ Key, Value: text(value, `tags.${Key}`) })),
  };
}

function status(value: unknown, index: number): LabelingJobStatus {
  const given = text(value, `statuses[${index}]`) as LabelingJobStatus;
  if (!isTerminal(given)) {
    throw refusal(`statuses[${index}] must be Completed, Failed or Stopped, got '${given}': only jobs that have ended can be seeded`);
  }
  return given;
}

function time(value: unknown, what: string): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const milliseconds = Date.parse(text(value, what));
  if (Number.isNaN(milliseconds)) {
    throw refusal(`${what} must be a time such as 2026-01-31T12:00:00Z, got '${String(value)}'`);
  }
  return milliseconds;
}

/** Statuses take turns; a completed job has all its objects labeled, another half of them. */
function add({ core, jobs, tags }: SeedContext, seed: Seed, name: string, index: number): void {
  const ending = seed.statuses[index % seed.statuses.length];
  const labeled = ending === 'Completed' ? seed.objects : Math.floor(seed.objects / 2);
  const created = new Date(Math.floor(seed.from + (seed.to - seed.from) * (index / Math.max(1, seed.count - 1))));
  const job: LabelingJob = {
    name,
    arn: sagemakerArn(core.settings, 'labeling-job', name),
    request: { ...seed.request, LabelingJobName: name },
    plan: seed.plan,
    jobReferenceCode: `seed${jobs.size.toString().padStart(10, '0')}`,
    creationTime: created,
    sequence: jobs.nextSequence(),
    status: ending,
    counters: { ...NO_COUNTERS, TotalLabeled: labeled, HumanLabeled: labeled, Unlabeled: seed.objects - labeled },
    lastModifiedTime: created,
    ...(ending === 'Failed' && { failureReason: seed.reason }),
    ...(ending === 'Completed' && { outputUri: `${seed.request.OutputConfig.S3OutputPath.replace(/\/$/, '')}/${name}/manifests/output/output.manifest` }),
  };
  jobs.add(job);
  tags.create(job.arn, seed.tags);
}
