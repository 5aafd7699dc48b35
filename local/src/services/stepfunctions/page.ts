import { type Page, pageOf } from '../../core/page';
import { ServiceError } from '../../core/service';

/** Step Functions' lists: at most `maxResults` a page; 0 and none mean a hundred. */
export function page<T>(all: readonly T[], { nextToken, maxResults }: { nextToken?: string; maxResults?: number }): Page<T> {
  return pageOf(all, nextToken, maxResults || 100, () => new ServiceError('InvalidToken', `Invalid Token: '${nextToken}'`));
}
