import { templateError, templateFormatError, validationError } from './errors';
import { isObject } from './template';

/** Resolves everything in a condition but the logic: Ref to a parameter, Fn::FindInMap, … */
export type ResolveOperand = (value: unknown) => Promise<unknown>;

/** Truth of named conditions, each evaluated once, in any order of declaration. */
export class Conditions {
  private readonly known = new Map<string, Promise<boolean>>();

  constructor(private readonly declarations: Readonly<Record<string, unknown>>, private readonly resolve: ResolveOperand) {}

  /** Cycles have been refused when the template was checked. */
  async isTrue(name: string): Promise<boolean> {
    if (!(name in this.declarations)) {
      throw templateFormatError(`Unresolved condition dependency ${name} in the Conditions block of the template`);
    }
    if (!this.known.has(name)) {
      this.known.set(name, this.evaluate(this.declarations[name]));
    }
    return this.known.get(name)!;
  }

  /** A condition expression: one of the logical functions, or a boolean. */
  async evaluate(expression: unknown): Promise<boolean> {
    if (isObject(expression) && Object.keys(expression).length === 1) {
      const [[name, argument]] = Object.entries(expression);
      switch (name) {
        case 'Condition': return this.isTrue(String(argument));
        case 'Fn::Equals': return this.equals(argument);
        case 'Fn::Not': return !await this.evaluate(members(name, argument, 1, 1)[0]);
        case 'Fn::And': return (await this.all(name, argument)).every(Boolean);
        case 'Fn::Or': return (await this.all(name, argument)).some(Boolean);
        default: break;
      }
    }
    const value = await this.resolve(expression);
    if (String(value) !== 'true' && String(value) !== 'false') {
      throw validationError(`Template error: every condition must evaluate to true or false, not to ${JSON.stringify(value)}`);
    }
    return String(value) === 'true';
  }

  private async equals(argument: unknown): Promise<boolean> {
    const [left, right] = await Promise.all(members('Fn::Equals', argument, 2, 2).map(this.resolve));
    const comparable = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
    return comparable(left) === comparable(right);
  }

  private async all(name: string, argument: unknown): Promise<boolean[]> {
    const values: boolean[] = [];
    for (const member of members(name, argument, 2, 10)) {
      values.push(await this.evaluate(member));
    }
    return values;
  }
}

function members(name: string, argument: unknown, least: number, most: number): unknown[] {
  if (!Array.isArray(argument) || argument.length < least || argument.length > most) {
    throw templateError(`every ${name} object requires a list of ${least === most ? least : `${least} to ${most}`} ${name === 'Fn::Equals' ? 'string parameters' : 'boolean parameters'}.`);
  }
  return argument;
}
