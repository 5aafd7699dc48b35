import type { ConnectionProperties } from './connection-contract';
import type { LabelSource } from '../../model/supervisely/import/label-source';
import type { WakeEvent } from '../../s3batch/private/data-preparation-contract';

/**
 * What passes between the `DatasetImport` construct, its state machine and its functions. The resource makes project and dataset and starts the
 * state machine: `import` until it answers `done`, then `wake` for the jobs that wait. What every call knows lies in files below one folder, so
 * that any call may be repeated and a new execution goes on where the last one ended:
 *
 * | file                  | what                                                                                                  |
 * |-----------------------|-------------------------------------------------------------------------------------------------------|
 * | `made.json`           | a `MadeHere`, written before project or dataset is made                                               |
 * | `declared.jsonl`      | the declared manifest as it was read, so that lines are counted in what does not change               |
 * | `progress.json`       | an `ImportProgress`, written after every batch, and only over the one that was read                   |
 * | `failed/<line>.jsonl` | what failed in the batch that begins with this line                                                   |
 * | `failed.jsonl`        | all of these, an `ImportFailure` each                                                                 |
 * | `import.json`         | an `ImportRecord`; written last                                                                       |
 */
export const DATASET_IMPORT_RESOURCE_TYPE = 'Custom::SuperviselyDatasetImport';
export const DATASET_IMPORT_CONTRACT_VERSION = '1';

/** The resource finds or makes project and dataset, begins the work, and its Delete ends it. */
export interface DatasetImportProperties {
  readonly ServiceToken: string;
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  readonly Target: ImportTarget;
  readonly StateMachineArn: string;
  readonly Bucket: string;
  /** Of all files; ends in a slash, and names stack, construct and identity. */
  readonly Prefix: string;
  /** 12 hex digits: another one is another import. */
  readonly Identity: string;
  readonly ManifestUri: string;
  /** Another value reads the manifest once more. */
  readonly Attempt?: string;
  /** `true`: the manifest is made after the deployment, and whoever makes it calls `start`. */
  readonly AwaitsManifest?: string;
  /** `true`: the deployment waits until everything is imported. */
  readonly WaitForCompletion?: string;
  /** Seconds that a deployment may take, at most 3300. */
  readonly TimeoutSeconds: string;
}

/** Where the images go: a project by its id, or by its name in a workspace. */
export interface ImportTarget {
  readonly ProjectId?: string;
  readonly WorkspaceId?: string;
  readonly ProjectName?: string;
  readonly DatasetName: string;
}

/** Attributes: every one is returned on every path. */
export const DATASET_IMPORT_ATTRIBUTES = ['ProjectId', 'DatasetId', 'TeamId'] as const;
export type DatasetImportAttribute = typeof DATASET_IMPORT_ATTRIBUTES[number];
export type DatasetImportAttributes = Readonly<Record<DatasetImportAttribute, string>>;

/** Where the files of an import lie: `prefix` ends in a slash. */
export interface ImportFolder {
  readonly bucket: string;
  readonly prefix: string;
}

export const IMPORT_FILES = { made: 'made.json', record: 'import.json', failed: 'failed.jsonl', progress: 'progress.json', declared: 'declared.jsonl' } as const;

/** How images get to the server. */
export type ImageTransferMode = 'LINK' | 'UPLOAD';

/** What is imported, as the states tell it to the function: a running execution keeps the one it was started with. */
export interface ImportDefinition {
  readonly connection: ConnectionProperties;
  readonly target: ImportTarget;
  readonly folder: ImportFolder;
  readonly manifestUri: string;
  readonly attempt: number;
  readonly labels: readonly LabelSource[];
  readonly transfer: ImageTransferMode;
  /** Name of the tag of images whose labels were imported. */
  readonly labeledTag: string;
}

export interface ImportEvent extends ImportDefinition { readonly action: 'import' }
export type DatasetImportEvent = ImportEvent | WakeEvent;

/** What whoever has made the manifest asks for. */
export interface StartImportEvent {
  readonly stateMachineArn: string;
  readonly folder: ImportFolder;
  readonly identity: string;
  readonly attempt: number;
}

/** Compared by the Choice state. */
export interface DatasetImportAnswer {
  readonly next: 'again' | 'done';
  readonly waitSeconds?: number;
  readonly objects?: number;
  readonly failed?: number;
}

export interface ImportCounts {
  /** Lines whose image is on the server now. */
  readonly images: number;
  /** Lines among them whose labels are there too. */
  readonly labeled: number;
  /** Lines in `failed.jsonl`. */
  readonly failed: number;
}

/** `progress.json`. */
export interface ImportProgress {
  readonly attempt: number;
  readonly projectId: number;
  readonly datasetId: number;
  readonly teamId: number;
  /** Of the next line in `declared.jsonl`. */
  readonly offset: number;
  /** Number of the next line, from 1. */
  readonly line: number;
  readonly counts: ImportCounts;
  /** Ids of the classes and tags that the labels hang on, by name: with others in their places, labels have been lost. */
  readonly metaIds: Readonly<Record<string, number>>;
  /** When the server first failed to answer without a batch in between, in milliseconds. */
  readonly stuckSince?: number;
}

/** A line of `failed.jsonl`. */
export interface ImportFailure {
  readonly 'line': number;
  readonly 'source-ref'?: string;
  /** The image is on the server, without its labels. */
  readonly 'image-id'?: number;
  readonly 'reason': string;
}

/** `made.json`: what was not there before, so that the Delete of an import that never began takes it away again where it is empty. */
export interface MadeHere {
  readonly project?: boolean;
  readonly dataset?: boolean;
}

/** `import.json`. */
export interface ImportRecord extends ImportCounts {
  readonly format: 1;
  readonly projectId: number;
  readonly datasetId: number;
  readonly teamId: number;
  readonly attempt: number;
  readonly manifest: string;
  readonly finishedAt: string;
}

/** CloudFormation waits one hour for a resource; below that a clear message is still ours. */
export const MAX_TIMEOUT_SECONDS = 3300;
