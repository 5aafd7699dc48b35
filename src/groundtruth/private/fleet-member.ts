import type { MemberSpec } from './job-fleet-contract';

/** A declared job with everything that its line of the specification says, before the lines are made short. */
export interface FleetMember extends Omit<MemberSpec, 'base' | 'request' | 'revision' | 'labelsOnlyUnlabeled'> {
  readonly request: Structure;
  readonly revision: Structure;
  readonly labelsOnlyUnlabeled: boolean;
}

export type Structure = Readonly<Record<string, unknown>>;

/** What all structures say alike, structure by structure: the line above them says it once. */
export function commonPart(structures: readonly Structure[]): Structure {
  const [first = {}, ...others] = structures;
  return others.reduce((common, each) => intersection(common, each), first);
}

function intersection(left: Structure, right: Structure): Structure {
  return Object.fromEntries(Object.entries(left).flatMap(([key, value]) => {
    const other = right[key];
    if (isStructure(value) && isStructure(other)) {
      const both = intersection(value, other);
      return Object.keys(both).length > 0 ? [[key, both]] : [];
    }
    return equal(value, other) ? [[key, value]] : [];
  }));
}

/** What is left to be said beside the common part; `undefined` for nothing. */
export function difference(whole: Structure, common: Structure): Structure | undefined {
  const entries = Object.entries(whole).flatMap(([key, value]) => {
    const said = common[key];
    if (isStructure(value) && isStructure(said)) {
      const rest = difference(value, said);
      return rest ? [[key, rest]] : [];
    }
    return value === undefined || equal(value, said) ? [] : [[key, value]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Whether a structure has all that the common part says: what is said above a line cannot be taken back in it. */
export function has(whole: Structure, common: Structure): boolean {
  return Object.entries(common).every(([key, value]) => whole[key] !== undefined
    && (!isStructure(value) || (isStructure(whole[key]) && has(whole[key], value))));
}

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function equal(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
