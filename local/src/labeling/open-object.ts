import type { DataObject } from './data-object';
import type { FormField } from './forms/form-field';
import type { Annotation } from './labeled-object';

/** An object with its tasks before the workers. */
export interface OpenObject {
  readonly index: number;
  readonly contentKey: string;
  readonly data: DataObject;
  readonly fields: readonly FormField[];
  readonly annotations: Annotation[];
  /** Who has seen it, whatever came of that. */
  readonly seenBy: Set<string>;
  /** Tasks that somebody has accepted just now. */
  accepted: number;
  declined: number;
  closed: boolean;
}

export function openObject(index: number, contentKey: string, data: DataObject, fields: readonly FormField[]): OpenObject {
  return { index, contentKey, data, fields, annotations: [], seenBy: new Set(), accepted: 0, declined: 0, closed: false };
}
