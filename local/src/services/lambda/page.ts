import { invalidParameter } from './errors';
import { pageOf } from '../../core/page';

/** Lambda's lists: at most `MaxItems` a page, the marker tells where the next one starts. */
export function page<T>(all: readonly T[], { Marker, MaxItems }: { Marker?: string; MaxItems?: number }): { items: T[]; NextMarker?: string } {
  const { items, nextToken } = pageOf(all, Marker, MaxItems ?? 50, () => invalidParameter('Invalid pagination token: Marker'));
  return { items, ...(nextToken && { NextMarker: nextToken }) };
}
