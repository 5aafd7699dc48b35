import type { UserReference } from '../../src/model/supervisely/group-spec';
import type { InventoryQuery } from '../../src/model/supervisely/inventory-request';
import type { LabelingJobInventoryInput } from '../../src/supervisely/private/labeling-job-inventory-contract';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { findAccount, findTeam, type Member, membersOf, people } from '../shared/supervisely/lookups';

/** The filters with people looked up; an unknown team or person is an error, for an empty list would pass for an answer. */
export async function inventoryQuery(caller: Caller, { teamId, filters, sortBy, sortOrder }: LabelingJobInventoryInput): Promise<InventoryQuery> {
  const team = await findTeam(caller, teamId);
  const { createdBy, assignedTo, reviewer, participants, ...others } = filters;
  const references = [createdBy, assignedTo, reviewer, ...participants ?? []].filter((one) => one !== undefined);
  const members = references.some(({ login }) => login !== undefined) ? await membersOf(caller, team.id) : [];
  const idOf = (what: string, reference: UserReference | undefined) => reference && accountId(caller, what, reference, members);
  return {
    ...others,
    createdById: await idOf('Filters.CreatedBy', createdBy),
    assignedToId: await idOf('Filters.AssignedTo', assignedTo),
    reviewerId: await idOf('Filters.Reviewer', reviewer),
    participantIds: participants && await Promise.all(participants.map((one) => accountId(caller, 'Filters.Participants', one, members))),
    sortBy,
    sortOrder,
  };
}

/** Who has left the team or the server may still have jobs: an id is taken as it is. */
async function accountId(caller: Caller, what: string, reference: UserReference, members: readonly Member[]): Promise<number> {
  if (reference.id !== undefined) return reference.id;
  const account = await findAccount(caller, reference, members);
  if (account) return account.id;
  throw new UserError(`${what}: ${caller.serverUrl} has no account ${JSON.stringify(reference.login)}; members of the team: ${people(members)}`);
}
