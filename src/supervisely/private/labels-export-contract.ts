import type { ConnectionProperties } from './connection-contract';
import type { LabelFormatSpec } from '../../model/supervisely/export/label-format';

/**
 * What passes between the `LabelsExport` construct's state machine and its function. One function, called with an action: `plan` writes down which
 * images there are and what is known of them; `read` makes parts of the manifest until its time is over, and is called again; `finish` puts the
 * parts together; `clean` removes what a failed run has left. Every action may be repeated: it writes the same files again.
 */
export type LabelsExportEvent = PlanEvent | ReadEvent | FinishEvent | CleanEvent;

/** What is exported, how, and where to: the same in every event of a state machine. */
export interface ExportRequest {
  readonly connection: ConnectionProperties;
  /** Ledgers of groups of jobs that this library makes: all generations of what each declares now. */
  readonly groups: readonly LedgerLocation[];
  /** Ids of jobs that others have made; CloudFormation may make strings of them. */
  readonly jobIds: ReadonlyArray<number | string>;
  /** Ids of queues, all of whose jobs are meant. */
  readonly queueIds?: ReadonlyArray<number | string>;
  /** A whole dataset; that of an import by the URI of its record. */
  readonly dataset?: { readonly Id?: number | string; readonly ProjectId?: number | string; readonly Name?: string; readonly ImportRecord?: string };
  /** `s3://bucket/prefix`: the files of the result stand below. */
  readonly resultUri: string;
  readonly labelAttributeName: string;
  /** Without it the shapes of the classes say it. */
  readonly format?: LabelFormatSpec;
  /** Names of classes in the order of their numbers; without it those that the jobs declare, or the project has. */
  readonly labels?: readonly string[];
  readonly escapeFormulas: boolean;
}

export interface LedgerLocation {
  readonly bucket: string;
  readonly key: string;
}

interface ExportEvent {
  readonly request: ExportRequest;
  /** Id of the run; names the folder of its intermediate files. */
  readonly run: string;
}

export interface PlanEvent extends ExportEvent { readonly action: 'plan' }
/** `from`: how many images are done. */
export interface ReadEvent extends ExportEvent { readonly action: 'read'; readonly from: number }
export interface FinishEvent extends ExportEvent { readonly action: 'finish' }
export interface CleanEvent extends ExportEvent { readonly action: 'clean' }

/** What `plan` and `read` answer; a Choice state looks at `next`. `nothing`: the jobs are gone, and what was exported before stays. */
export interface ExportProgress {
  readonly next: 'read' | 'finish' | 'nothing';
  readonly from: number;
}

/** Numbers of images. */
export interface ExportCounts {
  readonly objects: number;
  readonly labeled: number;
  /** Finished, but their labels cannot be said in the format: `failure-reason` in the label's metadata says why. */
  readonly failed: number;
  readonly unlabeled: number;
}

/** `summary.json`, written after the manifest and the table; also what the event tells, without its lists. */
export interface LabelsExportSummary extends ExportCounts {
  readonly format: 1;
  /** Name of the execution. */
  readonly run: string;
  readonly exportedAt: string;
  readonly serverUrl: string;
  readonly projectId: number;
  readonly labels: string;
  readonly table: string;
  readonly summary: string;
  readonly labelAttributeName: string;
  /** The jobs of this library had all come to their end, with everything accepted, before the export began. */
  readonly completed: boolean;
  /** Kind of the labels: `groundtruth/object-detection` for instance. */
  readonly type: string;
  readonly classes: readonly string[];
  /** Objects on labeled images that are in no label, because their class or shape is not asked for. */
  readonly leftOut: number;
  /** Images whose bytes were copied below `images/`, because S3 had none of them. */
  readonly copied: number;
  /** Images whose bytes nobody can give; they have no line. */
  readonly unreadable: number;
  /** Jobs that were read; `images` is how many got their label by each. */
  readonly jobs: ReadonlyArray<{ readonly id: number; readonly name: string; readonly status: string; readonly images: number }>;
  /** Ids of jobs that are not on the server any more. */
  readonly missing: readonly number[];
  /** The first of the unreadable images, and why. */
  readonly unreadableImages: ReadonlyArray<{ readonly id: number; readonly name: string; readonly reason: string }>;
}

/** Detail of the event. */
export type LabelsExportedDetail = Omit<LabelsExportSummary, 'jobs' | 'missing' | 'classes' | 'unreadableImages'>;

/** Name of the error that passes by itself: the state machine waits for longer than for any other. */
export const SERVER_IS_BUSY = 'SuperviselyBusy';

/** Detail type; the source is that of all events of this submodule. */
export const LABELS_EXPORTED = 'Supervisely Labels Exported';

/** Names of the files of a result, below its URI. */
export const EXPORT_FILES = {
  labels: 'manifests/output/output.manifest',
  table: 'labels.csv',
  summary: 'summary.json',
  /** Folders. */
  masks: 'annotations/consolidated-annotation/output',
  images: 'images',
  work: '.export',
} as const;
