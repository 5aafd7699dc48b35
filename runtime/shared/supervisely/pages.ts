import type { Body, Caller } from './client';
import { SuperviselyBusy } from './errors';

/** A page as the server forms it: counted, or with the token of the next one. */
export interface Page<Entity> {
  readonly total: number;
  readonly perPage: number;
  readonly pagesCount: number;
  readonly after?: string | null;
  readonly entities: readonly Entity[];
}

/** All entities of a list. One that changes while it is read may lose entities between its pages: that is noticed, and worth another try. */
export async function* entitiesOf<Entity>(caller: Caller, method: string, body: Body): AsyncGenerator<Entity> {
  const ordered = { sort: 'id', sort_order: 'asc', ...body };
  const first = await caller.call<Page<Entity>>(method, ordered);
  yield* first.entities;
  let seen = first.entities.length;
  let { total } = first;
  for (let page = 2; page <= first.pagesCount; page++) {
    const next = await caller.call<Page<Entity>>(method, { ...ordered, page, per_page: first.perPage });
    yield* next.entities;
    seen += next.entities.length;
    total = next.total;
  }
  if (seen < total) throw new SuperviselyBusy(method, `the list has ${total} entries, ${seen} were shown: it has changed meanwhile`);
}

export async function allOf<Entity>(caller: Caller, method: string, body: Body): Promise<Entity[]> {
  const entities: Entity[] = [];
  for await (const entity of entitiesOf<Entity>(caller, method, body)) entities.push(entity);
  return entities;
}
