import * as fc from 'fast-check';
import { applyFilters } from '../../../local/src/supervisely/server/filters';
import { listPage } from '../../../local/src/supervisely/server/listing';

interface Thing {
  readonly id: number;
  readonly name: string | null;
  readonly at: string;
}

const FIELDS = { name: ({ name }: Thing) => name, at: ({ at }: Thing) => at };
const LISTING = { fields: FIELDS, view: (thing: Thing) => thing };
const things = fc.uniqueArray(fc.record<Thing>({
  id: fc.integer({ min: 1, max: 10_000 }),
  name: fc.option(fc.constantFrom('a', 'b', 'B', 'a%', '')),
  at: fc.date({ min: new Date(0), max: new Date(1e12), noInvalidDate: true }).map((date) => date.toISOString()),
}), { selector: ({ id }) => id, maxLength: 60 });
const order = fc.record({ sort: fc.constantFrom('id', 'name', 'at'), sort_order: fc.constantFrom('asc' as const, 'desc' as const), per_page: fc.integer({ min: 1, max: 20 }) });

interface Page {
  readonly total: number;
  readonly pagesCount: number;
  readonly after?: string | null;
  readonly entities: Thing[];
}

test('pages by number hold every record once, in one order', () => {
  fc.assert(fc.property(things, order, (all, input) => {
    const first = listPage(input, all, LISTING) as Page;
    const rest = Array.from({ length: Math.max(0, first.pagesCount - 1) }, (_, index) => listPage({ ...input, page: index + 2 }, all, LISTING) as Page);
    const found = [first, ...rest].flatMap(({ entities }) => entities.map(({ id }) => id));
    expect(new Set(found)).toEqual(new Set(all.map(({ id }) => id)));
    expect(found).toHaveLength(first.total);
    expect(found).toEqual((listPage({ ...input, per_page: 20_000 }, all, LISTING) as Page).entities.map(({ id }) => id));
  }));
});

test('pages by token do the same', () => {
  fc.assert(fc.property(things, order, (all, input) => {
    const found: number[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = listPage({ ...input, pagination_mode: 'token', ...(after && { after }) }, all, LISTING) as Page;
      found.push(...page.entities.map(({ id }) => id));
      after = page.after!;
    }
    expect(found).toEqual((listPage({ ...input, per_page: 20_000 }, all, LISTING) as Page).entities.map(({ id }) => id));
  }));
});

test('an operator and its opposite part the records', () => {
  const pairs = [['=', '!='], ['eq', 'not'], ['in', '!in'], ['like', '!like'], ['ilike', '!ilike']];
  fc.assert(fc.property(things, fc.constantFrom(...pairs), fc.constantFrom('a', 'b', 'A%', '_'), (all, [operator, opposite], value) => {
    const filter = (one: string): Thing[] => applyFilters(all, [{ field: 'name', operator: one, value: one.endsWith('in') ? [value] : value }], FIELDS);
    expect([...filter(operator), ...filter(opposite)].sort((left, right) => left.id - right.id)).toEqual([...all].sort((left, right) => left.id - right.id));
  }));
});

const THREE: Thing[] = [
  { id: 1, name: 'fruit 1', at: '2024-01-01T00:00:00.000Z' },
  { id: 2, name: 'Fruit 2', at: '2024-01-02T00:00:00.000Z' },
  { id: 3, name: null, at: '2024-01-03T00:00:00.000Z' },
];

test.each([
  [{ field: 'name', operator: '=', value: null }, [3]],
  [{ field: 'name', operator: 'like', value: 'fruit%' }, [1]],
  [{ field: 'name', operator: 'ilike', value: 'fruit _' }, [1, 2]],
  [{ field: 'at', operator: '>=', value: '2024-01-02T00:00:00+00:00' }, [2, 3]],
  [{ field: 'at', operator: '<', value: '2024-01-02' }, [1]],
  [{ field: 'name', operator: '!in', value: ['fruit 1'] }, [2, 3]],
])('%j', (filter, ids) => {
  expect(applyFilters(THREE, [filter], FIELDS).map(({ id }) => id)).toEqual(ids);
});

test('what a list cannot do is named', () => {
  expect(() => applyFilters(THREE, [{ field: 'colour', operator: '=', value: 1 }], FIELDS)).toThrow('"filter" has the unknown field "colour"; this list has at, name');
  expect(() => applyFilters(THREE, [{ field: 'name', operator: 'in', value: 'a' }], FIELDS)).toThrow('the operator "in" of "name" wants a list, got "a"');
  expect(() => listPage({ sort: 'colour' }, THREE, LISTING)).toThrow('"sort" has the unknown field "colour"');
  expect(() => listPage({ after: 'x' }, THREE, LISTING)).toThrow('"after" is no token of this server');
});

test('nulls come last, or first when asked; chosen fields come with the id', () => {
  const ids = (input: object): number[] => (listPage({ sort: 'name', ...input }, THREE, LISTING) as Page).entities.map(({ id }) => id);
  expect([ids({}), ids({ sort_nulls_order: 'first' }), ids({ sort_order: 'desc' })]).toEqual([[2, 1, 3], [3, 2, 1], [1, 2, 3]]);
  expect(listPage({ fields: ['name'], per_page: 1 }, THREE, LISTING)).toEqual({ total: 3, perPage: 1, pagesCount: 3, entities: [{ id: 1, name: 'fruit 1' }] });
});
