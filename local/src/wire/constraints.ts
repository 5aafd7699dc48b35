import type { Member, ServiceModel, Shape } from './model';
import { regularExpression } from './patterns';

/** A member that breaks a constraint of the public model. */
export interface Violation {
  /** `humanTaskConfig.workteamArn`, `tags.1.member.key`: as the services write it. */
  readonly path: string;
  readonly value: unknown;
  readonly kind: 'required' | 'length' | 'range' | 'pattern' | 'enum';
  /** "Member must not be null" */
  readonly constraint: string;
}

/** Everything in `value` that breaks the constraints of its shape, in the model's order. */
export function violations(model: ServiceModel, shape: Shape, value: unknown): Violation[] {
  const found: Violation[] = [];
  visit(model, shape, value, '', found);
  return found;
}

function visit(model: ServiceModel, shape: Shape, value: unknown, path: string, found: Violation[]): void {
  switch (shape.type) {
    case 'structure': return visitMembers(model, shape, value as Record<string, unknown>, path, found);
    case 'list': return visitItems(model, shape, value as unknown[], path, found);
    case 'map': return visitEntries(model, shape, value as object, path, found);
    case 'string': return checkText(shape, value as string, path, found);
    case 'blob': return checkSize(shape, (value as { length: number }).length, value, path, found);
    default: if (typeof value === 'number') checkRange(shape, value, path, found);
  }
}

function visitMembers(model: ServiceModel, shape: Shape, value: Record<string, unknown>, path: string, found: Violation[]): void {
  for (const { name, shownName, member, isRequired } of membersOf(shape)) {
    const given = value[name];
    if (given === undefined && !isRequired) continue;
    const memberPath = path === '' ? shownName : `${path}.${shownName}`;
    if (given !== undefined) visit(model, model.shapes[member.shape], given, memberPath, found);
    else found.push({ path: memberPath, value: null, kind: 'required', constraint: 'Member must not be null' });
  }
}

function visitItems(model: ServiceModel, shape: Shape, items: readonly unknown[], path: string, found: Violation[]): void {
  checkSize(shape, items.length, items, path, found);
  items.forEach((item, index) => visit(model, model.shapes[shape.member!.shape], item, `${path}.${index + 1}.member`, found));
}

function visitEntries(model: ServiceModel, shape: Shape, value: object, path: string, found: Violation[]): void {
  const entries = Object.entries(value);
  checkSize(shape, entries.length, value, path, found);
  for (const [key, item] of entries) {
    visit(model, model.shapes[shape.key!.shape], key, `${path}.${key}.key`, found);
    visit(model, model.shapes[shape.value!.shape], item, `${path}.${key}.value`, found);
  }
}

function checkText(shape: Shape, value: string, path: string, found: Violation[]): void {
  checkSize(shape, value.length, value, path, found);
  if (shape.pattern && !regularExpression(shape.pattern).test(value)) {
    found.push({ path, value, kind: 'pattern', constraint: `Member must satisfy regular expression pattern: ${shape.pattern}` });
  }
  if (shape.enum && !shape.enum.includes(value)) {
    found.push({ path, value, kind: 'enum', constraint: `Member must satisfy enum value set: [${shape.enum.join(', ')}]` });
  }
}

function checkSize({ min, max }: Shape, size: number, value: unknown, path: string, found: Violation[]): void {
  if (max !== undefined && size > max) {
    found.push({ path, value, kind: 'length', constraint: `Member must have length less than or equal to ${max}` });
  }
  if (min !== undefined && size < min) {
    found.push({ path, value, kind: 'length', constraint: `Member must have length greater than or equal to ${min}` });
  }
}

function checkRange({ min, max }: Shape, value: number, path: string, found: Violation[]): void {
  if (max !== undefined && value > max) {
    found.push({ path, value, kind: 'range', constraint: `Member must have value less than or equal to ${max}` });
  }
  if (min !== undefined && value < min) {
    found.push({ path, value, kind: 'range', constraint: `Member must have value greater than or equal to ${min}` });
  }
}

interface MemberFacts {
  readonly name: string;
  /** As it stands in a path. */
  readonly shownName: string;
  readonly member: Member;
  readonly isRequired: boolean;
}

/** What is known of a structure's members: every request is checked, and some have forty of them. */
const facts = new WeakMap<Shape, readonly MemberFacts[]>();

function membersOf(shape: Shape): readonly MemberFacts[] {
  let known = facts.get(shape);
  if (!known) {
    known = Object.entries(shape.members ?? {}).map(([name, member]) => (
      { name, shownName: lowerFirst(name), member, isRequired: shape.required?.includes(name) ?? false }));
    facts.set(shape, known);
  }
  return known;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
