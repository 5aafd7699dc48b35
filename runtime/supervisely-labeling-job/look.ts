import { observe, type Observed, type Sight } from './observe';
import type { Ports } from './ports';
import { type Awaiting, isAwaiting, type Resolved, resolveGroup } from './resolve';
import { parseResourceId } from '../../src/model/groundtruth/names';
import type { DesiredVersion, Ledger } from '../../src/model/ledger';
import { type JobPlace, labelersOfNothing, placesIn } from '../../src/model/supervisely/group-ledger';
import { type GroupSpec, hash } from '../../src/model/supervisely/group-spec';
import type { GroupPlan } from '../../src/model/supervisely/group-steps';
import { type DesiredGroup, planGroup } from '../../src/model/supervisely/plan-group';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { LedgerSession } from '../shared/ledger-session';
import type { Caller } from '../shared/supervisely/client';
import { ServerJobs } from '../shared/supervisely/jobs';

/** A group's jobs as they are, and what is to be done about them. */
export interface Look extends Observed {
  readonly caller: Caller;
  readonly spec: GroupSpec;
  /** Undefined while the dataset is being made: then no step makes or edits a job. */
  readonly resolved?: Resolved;
  readonly awaiting?: Awaiting;
  readonly desired: DesiredGroup;
  readonly plan: GroupPlan;
}

export async function look(session: LedgerSession, connection: ConnectionInput, ports: Ports): Promise<Look> {
  const seen = await lookAt(session.ledger, session.ledger.desired!, connection, ports);
  await session.commit(() => seen.ledger);
  return seen;
}

/** The same without a trace, for the version that is only asked about. */
export function lookOnly(ledger: Ledger, connection: ConnectionInput, ports: Ports): Promise<Look> {
  return lookAt(ledger, ledger.reported ?? ledger.desired!, connection, ports);
}

async function lookAt(ledger: Ledger, version: DesiredVersion, connection: ConnectionInput, ports: Ports): Promise<Look> {
  const caller = ports.connect(connection);
  const spec = version.request as unknown as GroupSpec;
  const resolution = await resolveGroup(caller, spec, ports.imports, placesOf(version, ledger).at(-1));
  const observed = await observe(sight(caller, version.id, resolution, ledger, ports), ledger);
  const awaiting = isAwaiting(resolution) ? resolution : undefined;
  const resolved = isAwaiting(resolution) ? undefined : resolution;
  const desired = { ...desiredGroup(version, spec, resolved), withoutImages: labelersOfNothing(observed.ledger, version) };
  const { steps, notes, error } = planGroup(desired, observed.jobs, observed.removed);
  const waiting = awaiting ? [`waiting for the import of its dataset, which ends with ${awaiting.waitsFor}`] : [];
  return { ...observed, caller, spec, resolved, awaiting, desired, plan: { steps, notes: [...observed.notes, ...notes, ...waiting], error } };
}

/** Where the jobs of this version are. */
function placesOf({ identity }: DesiredVersion, { generations }: Ledger): JobPlace[] {
  return placesIn({ generations: generations.filter((one) => one.identity === identity) });
}

function sight(caller: Caller, id: string, resolution: Resolved | Awaiting, ledger: Ledger, ports: Ports): Sight {
  const here = isAwaiting(resolution) ? [] : [{ teamId: resolution.team.id, datasetId: resolution.dataset.id }];
  const others = placesIn(ledger).filter((place) => !here.some(({ teamId, datasetId }) => place.datasetId === datasetId && place.teamId === teamId));
  return { jobs: new ServerJobs(caller), places: [...here, ...others], nameBase: parseResourceId(id)!.base, myId: resolution.me.id, now: ports.now() };
}

/** For a look without a declaration: at a Delete, and where the ledger was lost. */
export async function sightOf(caller: Caller, places: readonly JobPlace[], nameBase: string, now: number): Promise<Sight> {
  const me = await caller.call<{ readonly id: number }>('users.me', {});
  return { jobs: new ServerJobs(caller), places, nameBase, myId: me.id, now };
}

/** Without a dataset nobody labels yet: the plan then ends what is not wanted any more, and makes nothing. */
function desiredGroup(version: DesiredVersion, spec: GroupSpec, { labelers = [], reviewer }: Partial<Resolved> = {}): DesiredGroup {
  const { id, identity, revision, mayReplaceLabels, returning, replaces } = version;
  const { customData = null, reviewer: _, ...settings } = spec.editable;
  return {
    id,
    identity,
    revision,
    labelers: labelers.map((one) => one.id),
    desiredStatus: spec.desiredStatus,
    settingsHash: hash({ ...settings, reviewerId: reviewer?.id ?? null }),
    customDataHash: hash({ customData }),
    resume: spec.resume,
    mayReplaceLabels,
    returning,
    replaces: replaces === undefined ? undefined : parseResourceId(replaces)?.identity,
  };
}
