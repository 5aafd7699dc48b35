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
  readonly dataObject: { readonly content: string } | { readonly s3Uri: string };
  readonly annotations: readonly Annotation[];
}

/** What goes into the output manifest beside the line itself. */
export interface ConsolidatedLabel {
  readonly label: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** By `datasetObjectId`; an error says why an object got no label. */
export type Consolidation = ReadonlyMap<string, ConsolidatedLabel | Error>;

export interface LabelContext {
  readonly jobName: string;
  readonly labels: readonly string[];
  readonly outputType: string;
  /** `NumberOfHumanWorkersPerDataObject` */
  readonly workers: number;
  readonly now: () => Date;
}

/** As in the guide's examples: microseconds, no time zone. */
export function creationDate(now: Date): string {
  return `${now.toISOString().slice(0, -1)}000`;
}
