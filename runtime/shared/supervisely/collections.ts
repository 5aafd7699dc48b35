import type { Caller } from './client';
import { findProject } from './datasets';
import { orAbsent } from './lookups';
import { UserError } from '../errors';

/** Images of a project, chosen by somebody, from any of its datasets. */
export interface Collection {
  readonly id: number;
  readonly name: string;
  readonly projectId: number;
  readonly teamId: number;
}

export async function findCollection(caller: Caller, id: number): Promise<Collection> {
  const collection = await orAbsent(() => caller.call<Omit<Collection, 'teamId'> & { readonly teamId?: number }>('entities-collections.info', { id }));
  if (!collection) throw new UserError(`there is no collection ${id} on ${caller.serverUrl}, or the owner of the API token may not see it: correct "collectionId"`);
  return { ...collection, teamId: collection.teamId ?? (await findProject(caller, collection.projectId)).teamId };
}
