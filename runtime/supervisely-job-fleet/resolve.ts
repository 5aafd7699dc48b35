import type { Ports } from './ports';
import type { FleetLabeler } from '../../src/model/supervisely/fleet/desired-fleet';
import type { FleetSpec, ImageSetSpec } from '../../src/model/supervisely/fleet/fleet-spec';
import type { UserReference } from '../../src/model/supervisely/group-spec';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { type Dataset, findDataset } from '../shared/supervisely/datasets';
import { type Account, findTeam, memberAmong, type Member, membersOf, type Team } from '../shared/supervisely/lookups';

/** A fleet's declaration with all names looked up. */
export interface ResolvedFleet {
  readonly team: Team;
  readonly sets: readonly ResolvedSet[];
  readonly labelers: readonly FleetMember[];
  /** Labelers who are declared, and not in the team (any more). */
  readonly absent: readonly string[];
  readonly reviewer?: Member;
  /** The reviewer, if they are declared, and not in the team (any more). */
  readonly absentReviewer?: string;
  /** In whose name the jobs are made. */
  readonly me: Account;
}

export type FleetMember = FleetLabeler & { readonly login: string };

export interface ResolvedSet extends ImageSetSpec {
  readonly found: Dataset;
}

/** Datasets that are still being made, by the records of their imports. */
export interface AwaitingFleet {
  readonly waitsFor: readonly string[];
  readonly me: Account;
}

export function isAwaiting(one: object): one is AwaitingFleet {
  return 'waitsFor' in one;
}

/** Between deployments whoever is not in the team has left; a deployment that names them is refused. */
export async function resolveFleet(caller: Caller, spec: FleetSpec, { imports }: Pick<Ports, 'imports'>, absences: 'refused' | 'left'): Promise<ResolvedFleet | AwaitingFleet> {
  const me = await caller.call<Account>('users.me', {});
  const waitsFor: string[] = [];
  const sets: ResolvedSet[] = [];
  for (const set of spec.imageSets) {
    const { importRecord } = set.dataset;
    const imported = importRecord === undefined ? undefined : await imports.read(importRecord);
    if (importRecord !== undefined && !imported) waitsFor.push(importRecord);
    else sets.push({ ...set, found: await findDataset(caller, imported ? { id: imported.datasetId } : set.dataset, spec.teamId) });
  }
  const teamId = spec.teamId ?? sets[0]?.found.teamId;
  const people = teamId === undefined ? undefined : await peopleOf(caller, spec, await findTeam(caller, teamId), absences);
  if (waitsFor.length > 0) return { waitsFor, me };
  for (const { found } of sets) refuseOtherTeam(found, people!.team);
  return { ...people!, sets, me };
}

async function peopleOf(caller: Caller, spec: FleetSpec, team: Team, absences: 'refused' | 'left') {
  const members = await membersOf(caller, team.id);
  const absent: string[] = [];
  const labelers = spec.labelers.flatMap((one): FleetMember[] => {
    if (absences === 'left' && !isAmong(members, one)) {
      absent.push(nameOf(one));
      return [];
    }
    const { id: userId, login } = memberAmong(members, one, team, 'the labeler');
    return [{ userId, login, weight: one.weight }];
  });
  const twin = labelers.find(({ userId }, index) => labelers.findIndex((one) => one.userId === userId) < index);
  if (twin) throw new UserError(`the labeler "${twin.login}" (${twin.userId}) is declared twice: name them once`);
  const { reviewer } = spec.editable;
  if (reviewer && absences === 'left' && !isAmong(members, reviewer)) return { team, labelers, absent, absentReviewer: nameOf(reviewer) };
  return { team, labelers, absent, reviewer: reviewer && memberAmong(members, reviewer, team, 'the reviewer') };
}

function isAmong(members: readonly Member[], one: UserReference): boolean {
  return members.some(({ id, login }) => (one.id === undefined ? one.login === login : one.id === id));
}

function nameOf({ id, login }: UserReference): string {
  return login ?? `the user ${id}`;
}

function refuseOtherTeam({ id, name, teamId }: Dataset, team: Team): void {
  if (teamId === team.id) return;
  throw new UserError(`the dataset ${id} ("${name}") belongs to the team ${teamId}, not to ${team.id} ("${team.name}"): a fleet works in one team, correct one of them`);
}
