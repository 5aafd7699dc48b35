import type { FramesField } from './frames-field';
import type { PointCloudField } from './point-cloud-field';
import type { Box, Size } from './shapes';

/** Rectangles to be drawn on an image; `initial` are those that an adjustment begins with. */
export interface BoxesField {
  readonly kind: 'boxes';
  readonly name: string;
  readonly labels: readonly string[];
  readonly size: Size;
  readonly initial?: readonly Box[];
}

/** An image to be painted over; `initial` is the class of each pixel that an adjustment begins with. */
export interface MaskField {
  readonly kind: 'mask';
  readonly name: string;
  readonly labels: readonly string[];
  readonly size: Size;
  readonly initial?: Uint8Array;
}

/** Parts of a text to be marked. */
export interface SpansField {
  readonly kind: 'spans';
  readonly name: string;
  readonly labels: readonly string[];
  readonly text: string;
}

/** A part of a worker's form that an annotator can answer; `name` is its key in the answer. */
export type FormField =
  | { readonly kind: 'category'; readonly name: string; readonly options: readonly string[] }
  | { readonly kind: 'categories'; readonly name: string; readonly options: readonly string[] }
  | { readonly kind: 'radio'; readonly buttons: ReadonlyArray<{ readonly name: string; readonly value: string }> }
  | { readonly kind: 'checkboxes'; readonly name: string; readonly values: readonly string[]; readonly required: readonly string[] }
  | { readonly kind: 'select'; readonly name: string; readonly options: readonly string[] }
  | { readonly kind: 'number'; readonly name: string; readonly min: number; readonly max: number; readonly step: number; readonly asText: boolean }
  | { readonly kind: 'text'; readonly name: string; readonly preset?: string; readonly maxLength?: number }
  | BoxesField
  | MaskField
  | SpansField
  | FramesField
  | PointCloudField;
