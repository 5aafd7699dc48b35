/**
 * What passes between the `LabelsExport` construct's state machine and its function. One function, called with an action:
 * `plan` says what there is; few objects are written by `whole`; of many, `merge` and `table` write one member each, `columns` and `join`
 * put them together. `clean` removes what a failed run has left.
 */
export type LabelsExportEvent = PlanEvent | WholeEvent | MemberEvent | ColumnsEvent | JoinEvent | CleanEvent;

/** What is exported: all jobs of a fleet, or jobs by name with all their generations. */
export interface PlanEvent {
  readonly action: 'plan';
  /** `s3://bucket/prefix`: the files of the result stand below. */
  readonly resultUri: string;
  /** Id of the run; names the folder of its intermediate files. */
  readonly run: string;
  /** Where a fleet keeps its state: bucket, and prefix ending in a slash. */
  readonly fleet?: { readonly stateBucket: string; readonly prefix: string };
  readonly jobs?: readonly string[];
  /** More objects than that are exported by a Distributed Map. */
  readonly maxObjectsInFunction: number;
  readonly escapeFormulas: boolean;
}

/** The plan as the state machine hands it on. */
export interface ExportPlan {
  /** Compared by the Choice state. `NOTHING`: the fleet is gone, and what was exported before stays. */
  readonly how: 'WHOLE' | 'MAP' | 'NOTHING';
  readonly resultUri: string;
  /** Folder of the intermediate files. */
  readonly workUri: string;
  /** The members: JSON Lines, an `ExportMember` each; read by the Distributed Map. */
  readonly members: { readonly bucket: string; readonly key: string };
  readonly escapeFormulas: boolean;
}

export interface WholeEvent { readonly action: 'whole'; readonly plan: ExportPlan }
export interface MemberEvent { readonly action: 'merge' | 'table'; readonly plan: ExportPlan; readonly member: ExportMember }
export interface ColumnsEvent { readonly action: 'columns'; readonly plan: ExportPlan }
export interface JoinEvent { readonly action: 'join'; readonly plan: ExportPlan }
export interface CleanEvent { readonly action: 'clean'; readonly resultUri: string; readonly run: string }

/** One line of jobs: an input and the outputs of all generations that labeled it. */
export interface ExportMember {
  /** From 1, in the order of the result. */
  readonly number: number;
  /** The user's name of it. */
  readonly key: string;
  readonly labelAttributeName: string;
  /** The declared manifest; absent for a streaming job without one. */
  readonly inputUri?: string;
  /** Newest generation first. */
  readonly outputs: readonly ExportOutput[];
}

export interface ExportOutput {
  readonly job: string;
  readonly uri: string;
  /** The service has named it: that it is not there is told. Else it may be that nothing was written yet. */
  readonly known: boolean;
}

/** What there is of a member in the result. */
export interface ExportCounts {
  readonly objects: number;
  readonly labeled: number;
  /** Not labeled, and the service says why. */
  readonly failed: number;
  readonly unlabeled: number;
  /** Labeled lines in the outputs that had to be read that belong to no line of the input; they are left out. */
  readonly unmatched: number;
}

/** `labels.json`. */
export interface ExportSummary extends ExportCounts {
  readonly format: 1;
  readonly exportedAt: string;
  readonly labels: string;
  readonly table: string;
  readonly jobs: ReadonlyArray<ExportCounts & { readonly key: string; readonly outputs: readonly string[]; readonly missing?: readonly string[] }>;
}

/** Names of the files of a result, below its URI. */
export const EXPORT_FILES = { labels: 'labels.jsonl', table: 'labels.csv', summary: 'labels.json' } as const;

/** Folder of intermediate files, below the result's URI. */
export const EXPORT_WORK_FOLDER = '.export';
