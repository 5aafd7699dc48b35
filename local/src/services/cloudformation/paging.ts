import { validationError } from './template/errors';

/** One page of a list; the token is the next page's first position. */
export function page<T>(items: readonly T[], token: string | undefined, size = 100): { readonly items: T[]; readonly NextToken?: string } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString('utf8'));
  if (!Number.isInteger(start) || start < 0) {
    throw validationError('Invalid NextToken');
  }
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64') } : {}) };
}
