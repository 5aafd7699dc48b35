import { recordDrift } from './drift';
import { isFor } from './execution';
import { Lease } from './lease';
import { metricsLine } from './metrics';
import { CutOff, Pass } from './pass';
import { FleetPorts, StateStore } from './ports';
import { decodeFleetProperties, decodeFleetRemoval } from './properties';
import { forgetOldRuns, runId, RunLog, writeSummary } from './run-log';
import { AT_ONCE, Next, withLease } from './step';
import { FleetStepInput, FleetStepOutput, JobFleetProperties } from '../../src/groundtruth/private/job-fleet-contract';
import { isConverged } from '../../src/groundtruth/private/job-fleet-metrics-contract';
import { FleetHead, FleetVersion, RunRecord, RunSummary } from '../../src/model/fleet/fleet-ledger';
import { presentVersion } from '../../src/model/fleet/head-transitions';
import { NO_RUN, RunTally } from '../../src/model/fleet/run-tally';
import { newestRequest } from '../../src/model/ledger-transitions';
import { Removal } from '../../src/model/removal';
import { logError } from '../shared/log';
import { removalPatienceSeconds } from '../shared/removal';

/** How long a deployment waits between two looks at jobs that start or stop. */
const SETTLING_SECONDS = 15;

/** One call of a run: looks at all members, does what has to be done, and says what follows. */
export async function reconcileStep(input: FleetStepInput, ports: FleetPorts): Promise<FleetStepOutput> {
  return withLease('reconcile', input, ports, async (lease, state) => {
    const { pending } = lease.head;
    if (pending && pending.error === undefined) {
      await lease.handOn(AT_ONCE);
      return { next: 'again' };
    }
    const version = presentVersion(lease.head);
    if (version && mayAct(lease.head, input.execution)) return new FleetRun(input, lease, state, version, ports).carryOut();
    return await lease.end((head) => head) === 'wanted' ? { next: 'again' } : { next: 'done' };
  });
}

/** Between deployments a run acts for a version whose deployment has succeeded: until then, and during a rollback, CloudFormation decides. */
function mayAct({ desired, deployed }: FleetHead, execution: string): boolean {
  return !desired || deployed?.requestId === desired.requestId || isFor(desired.requestId, execution);
}

class FleetRun {
  private readonly settings: Settings;
  private readonly before: RunSummary | undefined;
  private run: RunRecord;

  constructor(
    private readonly input: FleetStepInput, private readonly lease: Lease, private readonly state: StateStore, private readonly version: FleetVersion,
    private readonly ports: FleetPorts,
  ) {
    const { head } = lease;
    this.settings = settingsOf(head, version, ports.now());
    this.before = head.run?.summary;
    this.run = currentRun(head, lease.requestId!, input.execution, ports.now());
  }

  async carryOut(): Promise<Next> {
    const { lease, run, settings } = this;
    // whoever asked for a run until now gets it with this one, unless it is in the middle of a pass
    await lease.update((head) => ({ ...head, run, wanted: run.cursor === undefined ? undefined : head.wanted }));
    const log = new RunLog(this.state, run, this.ports.now);
    const tally = new RunTally(this.ports.now(), run.cursor === undefined ? carriedOver(run.summary) : run.summary);
    const pass = new Pass({
      lease, state: this.state, version: this.version, run, log, tally, ...settings, quotaWasMet: (this.before?.waitingForQuota ?? 0) > 0,
    }, this.ports);
    let cutOff: CutOff | undefined;
    try {
      cutOff = await pass.carryOut();
    } finally {
      await log.close();
    }
    const summary = tally.summary();
    if (cutOff) return this.goOn(AT_ONCE, { ...run, ...cutOff, summary }, pass);
    this.run = { ...run, cursor: undefined, listingToken: undefined, summary };
    if (pass.placesLeft) return this.goOn(AT_ONCE, this.run, pass);
    if (this.isSettling(summary)) return this.goOn(SETTLING_SECONDS, this.run, pass);
    return this.end(summary, pass);
  }

  private async goOn(waitSeconds: number, run: RunRecord, pass: Pass): Promise<Next> {
    await this.lease.handOn(waitSeconds, (head) => ({ ...head, run, exportDue: this.exportDue(head, pass) }));
    return { next: 'again', waitSeconds };
  }

  /** Within a deployment, or a Delete, jobs that start or stop are looked at until they have; afterwards events wake the writer. */
  private isSettling(summary: RunSummary): boolean {
    const { settings, lease: { head }, ports } = this;
    if (ports.now() >= settings.settlesUntil) return false;
    if (settings.removal) return summary.unsettled > 0;
    const deployed = head.deployed?.requestId === this.version.requestId;
    return !deployed && !settings.reportOnly && summary.errors.length === 0 && !isConverged(summary);
  }

  private async end(summary: RunSummary, pass: Pass): Promise<Next> {
    const { settings, state, ports } = this;
    const run: RunRecord = { ...this.run, endedAt: ports.now(), summary };
    await writeSummary(state, run, summary);
    await forgetOldRuns(state).catch((error) => logError('old runs were not forgotten', error));
    ports.emit(metricsLine(settings.nameBase, run.id, summary, ports.now()));
    const deployed = this.lease.head.deployed?.requestId === this.version.requestId;
    if (deployed && pass.driftSeen) await recordDrift(settings.driftParameter, run.id, ports);
    let exportDue = false;
    const ended = await this.lease.end((head) => {
      exportDue = this.exportDue(head, pass);
      // a run that was asked for meanwhile comes first
      return { ...head, run, exportDue: exportDue && head.wanted ? true : undefined };
    });
    if (ended === 'wanted') return { next: 'again' };
    return { next: exportDue || (this.input.export && !settings.removal) ? 'export' : 'done' };
  }

  private exportDue(head: FleetHead, pass: Pass): boolean {
    return !this.settings.removal && !this.settings.reportOnly && (head.exportDue === true || pass.labelsEnded);
  }
}

interface Settings {
  readonly nameBase: string;
  readonly reportOnly: boolean;
  readonly maxConcurrentJobs?: number;
  readonly removal?: Removal;
  readonly driftParameter?: string;
  readonly settlesUntil: number;
}

function settingsOf(head: FleetHead, { properties }: FleetVersion, now: number): Settings {
  const request = newestRequest(head)!;
  if (head.desired) {
    const input = decodeFleetProperties(properties as unknown as JobFleetProperties);
    return { ...input, settlesUntil: request.at + input.timeoutSeconds * 1000 };
  }
  const input = decodeFleetRemoval(properties as unknown as Partial<JobFleetProperties>);
  const removal = { mode: input.removalMode, drained: now >= request.at + input.drainTimeoutSeconds * 1000, drainThen: input.drainThen };
  return { nameBase: input.nameBase, reportOnly: input.reportOnly, removal, settlesUntil: request.at + removalPatienceSeconds(input) * 1000 };
}

/** A run goes on until its members have settled; then the next one begins. */
function currentRun({ run }: FleetHead, requestId: string, execution: string, now: number): RunRecord {
  if (run && run.endedAt === undefined && run.requestId === requestId) {
    // where an execution was that has died is not known to be the place any more, and its listing's token may have expired
    const ofAnother = !run.id.endsWith(`-${execution}`);
    return { ...run, calls: run.calls + 1, ...(ofAnother && { cursor: undefined, listingToken: undefined }) };
  }
  return { id: runId(now, execution), requestId, startedAt: now, calls: 1 };
}

/** What a run has done counts in all of its passes; what it has found counts in the last. */
function carriedOver({ created, adopted, resumed, stopped }: RunSummary = NO_RUN): RunSummary {
  return { ...NO_RUN, created, adopted, resumed, stopped };
}
