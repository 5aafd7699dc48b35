import type { JobStatus } from '@aws-sdk/client-s3-control';
import { type Job, type JobRequest, TERMINAL } from './job';
import type { JobStore } from './job-store';
import type { EngineCore } from '../../core/engine';
import type { ControlRoute } from '../../core/service';
import { list, number, object, only, refusal, text } from '../../labeling/control-input';

const MOST_JOBS = 1_000_000;
const DAY = 24 * 3600 * 1000;
/** Seeded jobs ended within so many days, so that they are still known. */
const DAYS = 80;
const DURATION_MS = 60_000;

/** `POST /_local/batch-jobs/seed`: jobs that have ended, without their having run. An aid of the engine's own for large estates. */
export function seedControl(core: EngineCore, store: JobStore): ControlRoute {
  return (body) => {
    only(body, ['count', 'like', 'statuses', 'tasks', 'tags'], 'the body');
    const count = number(body.count, 'count', 1, MOST_JOBS);
    const tasks = number(body.tasks ?? 100, 'tasks', 0, Number.MAX_SAFE_INTEGER);
    const statuses = body.statuses === undefined ? ['Complete' as const] : list(body.statuses, 'statuses').map(terminalStatus);
    const tags = Object.entries(object(body.tags ?? {}, 'tags')).map(([Key, value]) => ({ Key, Value: text(value, `tags.${Key}`) }));
    const request = body.like === undefined ? seededRequest(core) : store.get(text(body.like, 'like')).request;
    const now = core.clock.now();
    const jobs = Array.from({ length: count }, (_, index) => {
      const job = store.add({ token: `seeded-${now}-${index}`, request, tags });
      end(job, statuses[index % statuses.length], tasks, now - (DAYS * DAY * (count - index)) / count);
      return job.id;
    });
    return { count, first: jobs[0], last: jobs.at(-1) };
  };
}

function terminalStatus(value: unknown, index: number): JobStatus {
  const status = text(value, `statuses[${index}]`) as JobStatus;
  if (!TERMINAL.has(status)) throw refusal(`statuses[${index}] must be one of ${[...TERMINAL].join(', ')}, got '${status}': only jobs that have ended can be seeded`);
  return status;
}

/** A complete job has done all its tasks, another half of them; a failed one in vain. */
function end(job: Job, status: JobStatus, tasks: number, created: number): void {
  const run = status === 'Complete' ? tasks : Math.floor(tasks / 2);
  const failed = status === 'Failed' ? run : 0;
  Object.assign(job.progress, { total: tasks, succeeded: run - failed, failed });
  if (status === 'Failed') job.failures.push({ FailureCode: 'FailureThresholdExceeded', FailureReason: 'More than half of the tasks that were run failed' });
  job.created = Math.floor(created);
  job.terminated = job.created + DURATION_MS;
  job.since = job.terminated;
  job.activeMs = DURATION_MS;
  job.status = status;
}

function seededRequest({ settings: { partition, accountId } }: EngineCore): JobRequest {
  return {
    Operation: { S3PutObjectTagging: { TagSet: [] } },
    Manifest: {
      Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] },
      Location: { ObjectArn: `arn:${partition}:s3:::seeded/manifest.csv`, ETag: 'd41d8cd98f00b204e9800998ecf8427e' },
    },
    Report: { Enabled: false },
    Priority: 10,
    RoleArn: `arn:${partition}:iam::${accountId}:role/seeded`,
    ConfirmationRequired: false,
    Description: 'seeded',
  };
}
