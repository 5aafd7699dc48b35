/** CloudFormation makes strings of all scalars; what a handler uses is restored here, and checked. */

export function integer(name: string, value: unknown): number {
  if (!/^[0-9]+$/.test(String(value))) throw new Error(`${name}: expected a whole number, got ${JSON.stringify(value)}`);
  return Number(value);
}

export function seconds(name: string, value: string | undefined, most: number): number {
  const number = integer(name, value ?? most);
  if (number < 1 || number > most) throw new Error(`${name}: expected 1 to ${most} seconds, got ${number}`);
  return number;
}

export function flag(name: string, value: string | undefined, otherwise: boolean): boolean {
  return value === undefined ? otherwise : oneOf(name, value, ['true', 'false'], 'false') === 'true';
}

export function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise;
  if (!allowed.includes(value as T)) throw new Error(`${name}: expected one of ${allowed.join(', ')}, got ${JSON.stringify(value)}`);
  return value as T;
}
