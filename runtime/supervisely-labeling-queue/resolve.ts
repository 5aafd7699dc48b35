import type { QueuePeople, QueueSpec } from '../../src/model/supervisely/queue-spec';
import type { UserReference } from '../../src/supervisely/private/connection-contract';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { type Collection, findCollection } from '../shared/supervisely/collections';
import { type Dataset, findDataset } from '../shared/supervisely/datasets';
import { type Account, findTeam, memberAmong, type Member, membersOf, type Team } from '../shared/supervisely/lookups';

/** A queue's declaration with all names looked up. Whatever is not there is an error, before anything is made. */
export interface Resolved {
  readonly team: Team;
  readonly projectId: number;
  /** One of the two is there. */
  readonly dataset?: Dataset;
  readonly collection?: Collection;
  readonly people: QueuePeople;
  /** In whose name the queue is made. */
  readonly me: Account;
}

export async function resolveQueue(caller: Caller, spec: QueueSpec): Promise<Resolved> {
  const me = await caller.call<Account>('users.me', {});
  const collection = spec.collectionId === undefined ? undefined : await findCollection(caller, spec.collectionId);
  const dataset = collection ? undefined : await findDataset(caller, spec.dataset, spec.teamId);
  const images = collection ? { what: 'collection', ...collection } : { what: 'dataset', ...dataset! };
  const team = await findTeam(caller, spec.teamId ?? images.teamId);
  if (images.teamId !== team.id) {
    throw new UserError(`the ${images.what} ${images.id} ("${images.name}") belongs to the team ${images.teamId}, not to ${team.id} ("${team.name}"): correct one of them`);
  }
  const members = await membersOf(caller, team.id);
  const ids = (users: readonly UserReference[], what: string) => distinct(users.map((one) => memberAmong(members, one, team, `the ${what}`)), what);
  return {
    team,
    projectId: images.projectId,
    dataset,
    collection,
    me,
    people: {
      labelers: ids(spec.labelers, 'labeler'),
      reviewers: ids(spec.reviewers, 'reviewer'),
      qualityCheckers: ids(spec.qualityCheckers, 'quality checker'),
    },
  };
}

/** One person may be declared by id and by login. */
function distinct(members: readonly Member[], what: string): number[] {
  const ids = members.map(({ id }) => id);
  const twin = members.find(({ id }, index) => ids.indexOf(id) < index);
  if (twin) throw new UserError(`the ${what} "${twin.login}" (${twin.id}) is declared twice: name them once`);
  return ids;
}
