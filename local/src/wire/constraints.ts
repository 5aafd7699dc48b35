import type { ServiceModel, Shape } from './model';
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
export function violations(model: ServiceModel, shape: Shape, value: unknown, path = ''): Violation[] {
  switch (shape.type) {
    case 'structure': return structureViolations(model, shape, value as Record<string, unknown>, path);
    case 'list': return [
      ...sizeViolations(shape, (value as unknown[]).length, value, path),
      ...(value as unknown[]).flatMap((item, index) => violations(model, model.shapes[shape.member!.shape], item, `${path}.${index + 1}.member`)),
    ];
    case 'map': return [
      ...sizeViolations(shape, Object.keys(value as object).length, value, path),
      ...Object.entries(value as object).flatMap(([key, item]) => [
        ...violations(model, model.shapes[shape.key!.shape], key, `${path}.${key}.key`),
        ...violations(model, model.shapes[shape.value!.shape], item, `${path}.${key}.value`),
      ]),
    ];
    case 'string': return stringViolations(shape, value as string, path);
    case 'blob': return sizeViolations(shape, (value as { length: number }).length, value, path);
    default: return typeof value === 'number' ? rangeViolations(shape, value, path) : [];
  }
}

function structureViolations(model: ServiceModel, shape: Shape, value: Record<string, unknown>, path: string): Violation[] {
  return Object.entries(shape.members ?? {}).flatMap(([name, member]): Violation[] => {
    const memberPath = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
    if (value[name] !== undefined) return violations(model, model.shapes[member.shape], value[name], memberPath);
    if (!shape.required?.includes(name)) return [];
    return [{ path: memberPath, value: null, kind: 'required', constraint: 'Member must not be null' }];
  });
}

function stringViolations(shape: Shape, value: string, path: string): Violation[] {
  const found = sizeViolations(shape, value.length, value, path);
  if (shape.pattern && !regularExpression(shape.pattern).test(value)) {
    found.push({ path, value, kind: 'pattern', constraint: `Member must satisfy regular expression pattern: ${shape.pattern}` });
  }
  if (shape.enum && !shape.enum.includes(value)) {
    found.push({ path, value, kind: 'enum', constraint: `Member must satisfy enum value set: [${shape.enum.join(', ')}]` });
  }
  return found;
}

function sizeViolations({ min, max }: Shape, size: number, value: unknown, path: string): Violation[] {
  const found: Violation[] = [];
  if (max !== undefined && size > max) {
    found.push({ path, value, kind: 'length', constraint: `Member must have length less than or equal to ${max}` });
  }
  if (min !== undefined && size < min) {
    found.push({ path, value, kind: 'length', constraint: `Member must have length greater than or equal to ${min}` });
  }
  return found;
}

function rangeViolations({ min, max }: Shape, value: number, path: string): Violation[] {
  const found: Violation[] = [];
  if (max !== undefined && value > max) {
    found.push({ path, value, kind: 'range', constraint: `Member must have value less than or equal to ${max}` });
  }
  if (min !== undefined && value < min) {
    found.push({ path, value, kind: 'range', constraint: `Member must have value greater than or equal to ${min}` });
  }
  return found;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
