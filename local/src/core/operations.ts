import type { Operation } from './service';

/** Collects the operations that classes hold as members: those whose names begin with a capital, as operations' names do. */
export function operationsOf(...holders: object[]): Record<string, Operation> {
  return Object.fromEntries(holders.flatMap((holder) => Object.entries(holder))
    .filter(([name, member]) => /^[A-Z]/.test(name) && typeof member === 'function'));
}
