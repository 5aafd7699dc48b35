import { BoundedJobs, clockOf } from './bounded-ports';
import { JobStream } from './job-stream';
import { FleetPorts, JobSummary } from './ports';
import { MemberRecord } from '../../src/model/fleet/fleet-ledger';
import { parseJobName } from '../../src/model/groundtruth/names';
import { emptyLedger, Owner, RequestRecord } from '../../src/model/ledger';
import { learn, recordStop } from '../../src/model/ledger-transitions';
import { ObservedJob, observeOne } from '../labeling-job/observe';
import { log } from '../shared/log';

/** How many jobs are described side by side. */
const GROUP = 100;

/** A ledger that was lost, or never was, as names and tags show it: what has jobs of ours is a member, sorted by base. */
export async function* rebuiltMembers(nameBase: string, owner: Owner, request: RequestRecord, ports: FleetPorts): AsyncIterable<MemberRecord> {
  const jobs = new BoundedJobs(ports.jobs, clockOf(ports), false);
  let group: ObservedJob[] = [];
  for await (const described of inGroups(new JobStream(jobs, nameBase).rest(), (job) => observeOne({ jobs }, emptyLedger(owner), job.name))) {
    for (const job of described) {
      if (group.length > 0 && baseOf(job) < baseOf(group[0])) throw new Error(`ListLabelingJobs has shown ${job.name} after ${group[0].name}: it is expected to sort by name`);
      if (group.length > 0 && baseOf(job) !== baseOf(group[0])) {
        yield rebuilt(group, owner, request, ports.now());
        group = [];
      }
      group.push(job);
    }
  }
  if (group.length > 0) yield rebuilt(group, owner, request, ports.now());
}

async function* inGroups(summaries: AsyncIterable<JobSummary>, describe: (job: JobSummary) => Promise<ObservedJob | undefined>): AsyncIterable<ObservedJob[]> {
  let group: JobSummary[] = [];
  const described = async () => (await Promise.all(group.map(describe))).filter((job) => job !== undefined);
  for await (const summary of summaries) {
    group.push(summary);
    if (group.length < GROUP) continue;
    yield await described();
    group = [];
  }
  yield await described();
}

function rebuilt(jobs: readonly ObservedJob[], owner: Owner, request: RequestRecord, now: number): MemberRecord {
  const base = baseOf(jobs[0]);
  log('a member is rebuilt from names and tags', { base, jobs: jobs.map((job) => job.name) });
  const learnt = learn(emptyLedger(owner), jobs);
  // who ended a job is lost with the ledger, but a fleet that is made again wants its jobs to go on, and jobs of another identity than
  // the last one ended when they were replaced: neither was a person's wish
  const last = request.type === 'Update' ? [...jobs].sort((a, b) => b.createdAt - a.createdAt)[0].identity : undefined;
  const stop = { at: now, requestId: request.id, why: 'found ended when the ledger was rebuilt' };
  const { generations } = learnt.generations.filter((one) => one.end !== undefined && one.identity !== last)
    .reduce((ledger, one) => recordStop(ledger, one.name, stop), learnt);
  return { key: base, base, generations: [...generations].sort((a, b) => a.intendedAt - b.intendedAt), replacedIds: [] };
}

function baseOf(job: ObservedJob): string {
  return parseJobName(job.name)!.base;
}
