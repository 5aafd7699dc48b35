/**
 * Where a listing goes on. The form is that of botocore's paginators, so that boto3's `StartingToken` and the AWS CLI's
 * `--starting-token` take what an inventory gives, and the other way round: base64 of the JSON
 * `{"NextToken": <token of the page, or null for the first>, "boto_truncate_amount": <items of that page that were given already>}`.
 * Where the page belongs to a window of creation time, the window's border stands there too, as `CreationTimeAfter` or
 * `CreationTimeBefore`: botocore makes every member of a token a parameter of its calls.
 */
export interface PageToken {
  /** The service's token of the page to ask for; absent for the first page. */
  readonly nextToken?: string;
  /** How many items of that page were given already. */
  readonly skip: number;
  /** Takes the place of the listing's own filter. */
  readonly bound?: CreationTimeBound;
}

export interface CreationTimeBound {
  readonly CreationTimeAfter?: Date;
  readonly CreationTimeBefore?: Date;
}

export const FIRST_PAGE: PageToken = { skip: 0 };

export function encodePageToken({ nextToken, skip, bound = {} }: PageToken): string {
  const members = [`"NextToken": ${JSON.stringify(nextToken ?? null)}`, ...(skip > 0 ? [`"boto_truncate_amount": ${skip}`] : [])];
  const times = Object.entries(bound).map(([name, time]) => `${JSON.stringify(name)}: ${JSON.stringify(time)}`);
  return Buffer.from(`{${[...members, ...times].join(', ')}}`, 'utf8').toString('base64');
}

/** Whatever is not such a token is one of the service itself. */
export function decodePageToken(token: string | undefined): PageToken {
  if (token === undefined) return FIRST_PAGE;
  try {
    const { NextToken, boto_truncate_amount: skip = 0, ...rest } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    const bound = decodeBound(rest);
    const valid = (NextToken === null || typeof NextToken === 'string') && Number.isInteger(skip) && skip >= 0;
    return valid ? { nextToken: NextToken ?? undefined, skip, ...(bound && { bound }) } : { nextToken: token, skip: 0 };
  } catch {
    return { nextToken: token, skip: 0 };
  }
}

function decodeBound({ CreationTimeAfter: after, CreationTimeBefore: before }: Record<string, string | undefined>): CreationTimeBound | undefined {
  if (after !== undefined) return { CreationTimeAfter: new Date(after) };
  return before === undefined ? undefined : { CreationTimeBefore: new Date(before) };
}
