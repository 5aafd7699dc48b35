export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A labeled rectangle, in pixels. */
export interface Box extends Size {
  readonly label: string;
  readonly left: number;
  readonly top: number;
}

/** A labeled part of a text: offsets count Unicode code points, the end is left out. */
export interface Span {
  readonly label: string;
  readonly startOffset: number;
  readonly endOffset: number;
}

/** The Jaccard index of two rectangles: the intersection's share of the union. */
export function boxOverlap(a: Omit<Box, 'label'>, b: Omit<Box, 'label'>): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** The Jaccard index of two parts of a text. */
export function spanOverlap(a: Span, b: Span): number {
  const shared = Math.max(0, Math.min(a.endOffset, b.endOffset) - Math.max(a.startOffset, b.startOffset));
  return shared / (a.endOffset - a.startOffset + b.endOffset - b.startOffset - shared);
}

/** Whole pixels inside the image, at least one in each direction. */
export function fitBox<T extends Box>(box: T, size: Size): T {
  const left = clamp(Math.round(box.left), 0, size.width - 1);
  const top = clamp(Math.round(box.top), 0, size.height - 1);
  return { ...box, left, top, width: clamp(Math.round(box.width), 1, size.width - left), height: clamp(Math.round(box.height), 1, size.height - top) };
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
