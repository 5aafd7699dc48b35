import { checkRequest } from './checks';
import { describeJob } from './descriptions';
import { accessDenied, badRequest } from './errors';
import type { JobRequest } from './job';
import { JobStore } from './job-store';
import { listJobs } from './listing';
import { seedControl } from './seed-control';
import { checkJobTags } from './tags';
import { batchControl } from '../../batch/control';
import { JobLifecycle } from '../../batch/job-lifecycle';
import type { EngineCore } from '../../core/engine';
import type { Operation, Service } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

/** Amazon S3 Control: S3 Batch Operations. */
export function createS3Control(core: EngineCore): Service {
  const store = new JobStore(core);
  const lifecycle = new JobLifecycle(core);
  const now = (): number => core.clock.now();
  return {
    name: 's3control',
    operations: checkingAccount(core.settings.accountId, {
      CreateJob: ({ AccountId: _account, ClientRequestToken: token, Tags = [], ...request }: Input) => {
        const made = { token: token as string, request: request as JobRequest, tags: checkJobTags(Tags, badRequest) };
        const before = store.made(made);
        if (before) return { JobId: before.id };
        checkRequest(core.settings, made.request);
        const job = store.add(made);
        lifecycle.begin(job);
        return { JobId: job.id };
      },
      DescribeJob: ({ JobId }: Input) => ({ Job: describeJob(store.get(JobId), now()) }),
      ListJobs: (input: Input) => listJobs(store, input, now()),
      UpdateJobStatus: ({ JobId, RequestedJobStatus, StatusUpdateReason }: Input) => {
        const job = store.get(JobId);
        if (RequestedJobStatus === 'Ready') lifecycle.confirm(job, StatusUpdateReason);
        else lifecycle.cancel(job, StatusUpdateReason);
        return { JobId: job.id, Status: job.status, StatusUpdateReason: job.statusUpdateReason };
      },
      UpdateJobPriority: ({ JobId, Priority }: Input) => {
        const job = store.get(JobId);
        lifecycle.prioritise(job, Priority);
        return { JobId: job.id, Priority: job.priority };
      },
      GetJobTagging: ({ JobId }: Input) => ({ Tags: store.get(JobId).tags }),
      PutJobTagging: ({ JobId, Tags }: Input) => {
        store.get(JobId).tags = checkJobTags(Tags);
        return {};
      },
      DeleteJobTagging: ({ JobId }: Input) => {
        store.get(JobId).tags = [];
        return {};
      },
    }),
    controlRoutes: { ...batchControl(lifecycle.settings), 'POST /_local/batch-jobs/seed': seedControl(core, store) },
    stop: () => lifecycle.stop(),
    notes: [
      'Jobs of S3 Batch Operations only; access points, Storage Lens and the rest of S3 Control are not served.',
      'Status events reach EventBridge as if the account had a trail that records them.',
      'A job runs 100 tasks a second of virtual time, and 6 jobs run at a time; `POST /_local/batch-operations` changes both.',
    ],
    simplified: {
      CreateJob: 'XXHASH checksums, directory buckets and Outposts are refused; whether the role may do what the job does is not judged.',
    },
  };
}

/** There is one account: nobody sees another's jobs. */
function checkingAccount(accountId: string, operations: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]): [string, Operation] => [name, (input, context) => {
    if ((input as { AccountId: string }).AccountId !== accountId) throw accessDenied();
    return operation(input, context) as unknown;
  }]));
}
