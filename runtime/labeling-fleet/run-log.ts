import { MemberVisit } from './member-visit';
import { StateStore } from './ports';
import { FLEET_OBJECTS } from '../../src/groundtruth/private/job-fleet-contract';
import { RunRecord, RunSummary } from '../../src/model/fleet/fleet-ledger';
import { Visit } from '../../src/model/fleet/run-tally';

/** How many runs a fleet remembers; each has a summary and a record of what it did. */
const REMEMBERED_RUNS = 100;

/** Lines that are written while they come, at constant memory. */
class LineQueue {
  private lines: string[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  push(line: string): void {
    this.lines.push(line);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async* all(): AsyncIterable<string> {
    for (;;) {
      const lines = this.lines;
      this.lines = [];
      yield* lines;
      if (this.lines.length > 0) continue;
      if (this.ended) return;
      await new Promise<void>((resolve) => { this.wake = resolve; });
    }
  }
}

/** Every step, report and error of one call of a run. Where nothing happens, nothing is written. */
export class RunLog {
  private readonly queue = new LineQueue();
  private writing: Promise<void> | undefined;

  constructor(private readonly state: StateStore, private readonly run: RunRecord, private readonly now: () => number) {}

  member({ member: { key }, ended }: MemberVisit, { plan, done, errors = [], waitsForQuota }: Visit, reportOnly: boolean): void {
    ended.forEach(({ name, status, counters, failureReason }) => this.write({ kind: 'ended', key, job: name, status, counters, failureReason }));
    done.forEach(({ kind, ...step }) => this.write({ kind: reportOnly ? 'would' : 'did', act: kind, key, ...step }));
    plan.notes.forEach((text) => this.write({ kind: 'note', key, text }));
    if (waitsForQuota) this.write({ kind: 'waits', key, for: 'a free place under the quota' });
    [...(plan.error === undefined ? [] : [plan.error]), ...errors].forEach((text) => this.write({ kind: 'error', key, text }));
  }

  write(entry: Readonly<Record<string, unknown>>): void {
    this.queue.push(JSON.stringify({ at: new Date(this.now()).toISOString(), ...entry }));
    // its failure is seen when the run ends
    if (this.writing === undefined) (this.writing = this.state.writeLines(recordKey(this.run), this.queue.all())).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.queue.end();
    await this.writing;
  }
}

/** A run that goes on after its time was over writes another record beside the first one. */
export function recordKey({ id, calls }: RunRecord): string {
  return `${FLEET_OBJECTS.runs}${id}${calls > 1 ? `.${calls}` : ''}.jsonl`;
}

export function summaryKey({ id }: RunRecord): string {
  return `${FLEET_OBJECTS.runs}${id}.json`;
}

/** Ids sort by time: `20270115T080000000Z-<execution>`. */
export function runId(now: number, execution: string): string {
  return `${new Date(now).toISOString().replace(/[-:.]/g, '')}-${execution}`;
}

export async function writeSummary(state: StateStore, run: RunRecord, summary: RunSummary): Promise<void> {
  const text = `${JSON.stringify({ format: 1, ...run, summary, startedAt: iso(run.startedAt), endedAt: iso(run.endedAt), recordUri: state.uri(recordKey(run)) })}\n`;
  await state.put(summaryKey(run), text);
  await state.put(FLEET_OBJECTS.current, text);
}

/** All runs are found under one prefix, in order of time; the oldest go, with all that they wrote. */
export async function forgetOldRuns(state: StateStore): Promise<void> {
  const keys: string[] = [];
  for await (const key of state.keys(FLEET_OBJECTS.runs)) keys.push(key);
  const summaries = keys.filter((key) => key.endsWith('.json')).sort();
  const oldestKept = summaries.at(-REMEMBERED_RUNS);
  if (oldestKept === undefined || summaries.length <= REMEMBERED_RUNS) return;
  await state.remove(keys.filter((key) => key < oldestKept.replace(/\.json$/, '')));
}

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
