import { type Page, pageOf } from '../../core/page';
import { ServiceError } from '../../core/service';

export const DAY = 86_400_000;

/** The retention times that CloudWatch Logs takes. */
export const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export function page<T>(all: readonly T[], { nextToken, limit }: { nextToken?: string; limit?: number }, defaultLimit: number): Page<T> {
  return pageOf(all, nextToken, limit ?? defaultLimit, () => new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.'));
}
