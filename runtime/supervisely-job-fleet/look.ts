import { ImagePages } from './image-pages';
import { type ListedSets, listSets, missingImages } from './list-images';
import { observeFleet, type ObservedFleet } from './observe';
import type { FleetFiles, Ports } from './ports';
import { type AwaitingFleet, isAwaiting, resolveFleet, type ResolvedFleet } from './resolve';
import { parseResourceId } from '../../src/model/groundtruth/names';
import type { DesiredVersion, Ledger } from '../../src/model/ledger';
import { type DesiredFleet, SetFinder } from '../../src/model/supervisely/fleet/desired-fleet';
import { attemptOf, type FleetSpec, rosterHash } from '../../src/model/supervisely/fleet/fleet-spec';
import type { FleetPlan } from '../../src/model/supervisely/fleet/fleet-steps';
import { planFleet } from '../../src/model/supervisely/fleet/plan-fleet';
import { placesIn } from '../../src/model/supervisely/group-ledger';
import { hash } from '../../src/model/supervisely/group-spec';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { Caller } from '../shared/supervisely/client';
import { ServerJobs } from '../shared/supervisely/jobs';
import type { Sight } from '../supervisely-labeling-job/observe';

/** A fleet as it is, and what is to be done about it. */
export interface FleetLook extends ObservedFleet {
  readonly spec: FleetSpec;
  readonly resolved: ResolvedFleet;
  readonly desired: DesiredFleet;
  readonly finder: SetFinder;
  readonly roster: string;
  readonly plan: FleetPlan;
}

export interface ObserverProps {
  readonly connection: ConnectionInput;
  readonly files: FleetFiles;
  /** What becomes of declared labelers who are not in the team. */
  readonly absences: 'refused' | 'left';
}

/** Looks as often as an invocation wants to; names and images are looked up once, what comes meanwhile is seen by the next one. */
export class FleetObserver {
  static async open(version: DesiredVersion, ports: Ports, props: ObserverProps): Promise<FleetObserver | AwaitingFleet> {
    const caller = ports.connect(props.connection);
    const spec = version.request as unknown as FleetSpec;
    const resolved = await resolveFleet(caller, spec, ports, props.absences);
    if (isAwaiting(resolved)) return resolved;
    return new FleetObserver(caller, version, spec, resolved, await listSets(caller, resolved.sets), new ImagePages(props.files), ports.now);
  }

  private readonly finder: SetFinder;

  private constructor(
    readonly caller: Caller, private readonly version: DesiredVersion, readonly spec: FleetSpec, readonly resolved: ResolvedFleet,
    private readonly listed: ListedSets, readonly pages: ImagePages, private readonly now: () => number,
  ) {
    this.finder = new SetFinder(listed.sets);
  }

  /** Images that are declared by id and are not there. */
  get missingImages(): string[] {
    return missingImages(this.listed.missing);
  }

  /** Changes nothing: what was learnt stands in the look's ledger. */
  async look(ledger: Ledger): Promise<FleetLook> {
    const { spec, resolved, finder } = this;
    const observed = await observeFleet(this.sight(ledger), ledger, this.pages);
    const roster = rosterHash(resolved.labelers);
    const desired = this.desired(ledger.fleet?.levelledFor === roster);
    const { notes, ...plan } = planFleet(desired, observed);
    const allNotes = [...absenceNotes(resolved), ...this.missingImages, ...observed.notes, ...notes];
    return { ...observed, spec, resolved, desired, finder, roster, plan: { ...plan, notes: allNotes } };
  }

  private sight(ledger: Ledger): Sight {
    const { team, sets, me } = this.resolved;
    const here = [...new Set(sets.map(({ found }) => found.id))].map((datasetId) => ({ teamId: team.id, datasetId }));
    const others = placesIn(ledger).filter((place) => !here.some(({ teamId, datasetId }) => teamId === place.teamId && datasetId === place.datasetId));
    return { jobs: new ServerJobs(this.caller), places: [...here, ...others], nameBase: parseResourceId(this.version.id)!.base, myId: me.id, now: this.now() };
  }

  private desired(levelled: boolean): DesiredFleet {
    const { id, identity, revision, mayReplaceLabels, returning, replaces } = this.version;
    const { settings, editable: { customData = null, reviewer: _, ...editable }, rejectedImages } = this.spec;
    return {
      id,
      identity,
      revision,
      attempt: attemptOf(settings),
      labelers: this.resolved.labelers,
      sets: this.listed.sets,
      rejectedImages,
      levelled,
      // once the reviewer is back, or another one is declared, jobs are given what they lack
      ...this.resolved.absentReviewer === undefined && { settingsHash: hash({ ...editable, reviewerId: this.resolved.reviewer?.id ?? null }) },
      customDataHash: hash({ customData }),
      mayReplaceLabels,
      returning,
      replaces: replaces === undefined ? undefined : parseResourceId(replaces)?.identity,
    };
  }
}

function absenceNotes({ absent, absentReviewer, team }: ResolvedFleet): string[] {
  const cannot = (who: string, what: string) => `${who} cannot ${what}: not in the team "${team.name}" any more`;
  return [...absent.length > 0 ? [cannot(absent.join(', '), 'label')] : [], ...absentReviewer === undefined ? [] : [cannot(absentReviewer, 'review')]];
}
