/** Lambda's lists: at most `MaxItems` a page, the marker tells where the next one starts. */
export function page<T>(all: readonly T[], { Marker, MaxItems }: { Marker?: string; MaxItems?: number }): { items: T[]; NextMarker?: string } {
  const start = Marker ? Number(Buffer.from(Marker, 'base64').toString()) || 0 : 0;
  const end = start + (MaxItems ?? 50);
  return { items: all.slice(start, end), ...(end < all.length && { NextMarker: Buffer.from(String(end)).toString('base64') }) };
}
