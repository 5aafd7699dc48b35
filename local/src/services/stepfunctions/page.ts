/** Step Functions' lists: at most `maxResults` a page (0 and none: 100), the token tells where the next one starts. */
export function page<T>(all: readonly T[], { nextToken, maxResults }: { nextToken?: string; maxResults?: number }): { items: T[]; nextToken?: string } {
  const start = nextToken ? Number(nextToken) || 0 : 0;
  const end = start + (maxResults || 100);
  return { items: all.slice(start, end), ...(end < all.length && { nextToken: String(end) }) };
}
