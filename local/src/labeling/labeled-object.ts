import type { DataObject } from './data-object';
import type { LabelCategories } from '../services/sagemaker/label-category-file';

/** One worker's answer to one object. */
export interface Annotation {
  readonly workerId: string;
  /** The form's output. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** Where the answer was stored. */
  readonly responseUri: string;
}

/** An object whose answers wait for consolidation. */
export interface AnsweredObject {
  readonly datasetObjectId: string;
  readonly data: DataObject;
  readonly annotations: readonly Annotation[];
}

/** What goes into the output manifest beside the line itself. */
export interface ConsolidatedLabel {
  readonly label: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** By `datasetObjectId`; an error says why an object got no label. */
export type Consolidation = ReadonlyMap<string, ConsolidatedLabel | Error>;

/** What a consolidation needs to know of its job. */
export interface LabelContext {
  readonly jobName: string;
  readonly labels: readonly string[];
  readonly categories: LabelCategories;
  readonly outputType: string;
  /** `NumberOfHumanWorkersPerDataObject` */
  readonly workers: number;
  /** Labels of an earlier job are put right. */
  readonly adjusts: boolean;
  readonly now: () => Date;
  /** Stores what a label refers to, below `annotations/consolidated-annotation/output/`, and returns its URI. */
  readonly store: (name: string, content: Buffer, contentType: string) => Promise<string>;
}

/** As in the guide's examples: microseconds, no time zone. */
export function creationDate(now: Date): string {
  return `${now.toISOString().slice(0, -1)}000`;
}
