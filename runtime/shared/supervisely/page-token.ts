import { UserError } from '../errors';

/** Where a listing goes on: a page, by its number or by the server's token for it, and how many of its entries were given already. */
export interface PageToken {
  readonly page?: number;
  readonly after?: string;
  readonly skip: number;
}

export function encodePageToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token), 'utf8').toString('base64url');
}

export function decodePageToken(text: string | undefined, mode: 'PAGE' | 'TOKEN'): PageToken {
  if (text === undefined) return { skip: 0 };
  const { page, after, skip } = parse(text) ?? {};
  const number = (value: unknown, least: number) => Number.isInteger(value) && (value as number) >= least;
  if (!number(skip, 0) || (page !== undefined && !number(page, 1)) || (after !== undefined && typeof after !== 'string')) {
    throw new UserError(`Pagination.StartingToken: expected the "nextToken" of a listing, got ${JSON.stringify(text.slice(0, 100))}`);
  }
  if ((mode === 'PAGE' && after !== undefined) || (mode === 'TOKEN' && page !== undefined)) {
    throw new UserError(`Pagination.StartingToken comes from a listing of the other mode: set Pagination.Mode to ${mode === 'PAGE' ? 'TOKEN' : 'PAGE'}`);
  }
  return { page, after, skip: skip! };
}

function parse(text: string): Partial<PageToken> | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<PageToken>;
  } catch {
    return undefined;
  }
}
