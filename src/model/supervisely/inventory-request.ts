import { type JobFilters, listJobsRequest } from './job-request';

/** What a listing of jobs is narrowed and ordered by, people looked up. */
export interface InventoryQuery extends JobFilters {
  readonly participantIds?: readonly number[];
  /** A part of the name, in any case. */
  readonly nameContains?: string;
  readonly sortBy: string;
  readonly sortOrder: 'asc' | 'desc';
}

/** Body of `jobs.list` for a listing. */
export function inventoryRequest(teamId: number, query: InventoryQuery): Record<string, unknown> {
  const { filter, ...request } = listJobsRequest(teamId, query);
  const { participantIds, nameContains, sortBy, sortOrder } = query;
  const byName = nameContains === undefined ? [] : [{ field: 'name', operator: 'ilike', value: `%${nameContains}%` }];
  return {
    ...request,
    filter: [...filter as object[], ...byName],
    ...(participantIds && { participantUserIds: participantIds }),
    sort: sortBy,
    sort_order: sortOrder,
  };
}

/** The server's pattern also matches where the text has one of its wildcards. */
export function isNamed({ name }: { readonly name: string }, { nameContains }: Pick<InventoryQuery, 'nameContains'>): boolean {
  return nameContains === undefined || name.toLowerCase().includes(nameContains.toLowerCase());
}
