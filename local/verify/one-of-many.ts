import type { Account } from './check';

/** What several checks look at is made once, and if that fails, it fails for all of them. */
export function oneOfMany<T>(make: (account: Account) => Promise<T>): (account: Account) => Promise<T> {
  let made: Promise<T> | undefined;
  return (account) => made ??= make(account);
}
