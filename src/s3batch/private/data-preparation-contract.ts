import type { OperationName } from '../../model/s3batch/operations';

/**
 * What passes between the `PreparedData` construct, its state machine and its functions. Each step of a preparation is `start`, then `look` until
 * it answers `done`; what every step knows lies in files below one folder, so that any call may be repeated and a new execution goes on
 * where the last one ended:
 *
 * | file                                 | what                                                                                 |
 * |--------------------------------------|--------------------------------------------------------------------------------------|
 * | `declared.jsonl`                     | the declared manifest as it was read                                                 |
 * | `steps/<n>/objects.jsonl`            | the objects with which step n begins; after the last step, those that are prepared    |
 * | `steps/<n>/jobs.json`                | the jobs of its newest attempt, written before they are made                         |
 * | `steps/<n>/manifests/<attempt>-<k>.csv`, `steps/<n>/reports/` | what S3 reads and writes                                    |
 * | `steps/<n>/outcome-<attempt>.jsonl`  | what became of the objects of an attempt after which another one follows             |
 * | `steps/<n>/waiting.jsonl`            | objects whose restore has begun                                                      |
 * | `steps/<n>/failed.jsonl`             | objects that go no further, and why                                                  |
 * | `input.manifest`                     | what is labeled; written last                                                        |
 * | `failed.jsonl`, `summary.json`       | what is not, and why; counts                                                         |
 */
export const DATA_PREPARATION_RESOURCE_TYPE = 'Custom::S3BatchDataPreparation';
export const DATA_PREPARATION_CONTRACT_VERSION = '1';

/** The resource of a preparation begins the work, and its Delete ends it; that of a tagging begins nothing, for events do, and its Delete ends it. */
export interface DataPreparationProperties {
  readonly ServiceToken: string;
  readonly ContractVersion: string;
  readonly StateMachineArn: string;
  readonly Bucket: string;
  /** Of all files; ends in a slash, and names stack, construct and identity. */
  readonly Prefix: string;
  /** 12 hex digits: another one is another preparation. Empty for a tagging. */
  readonly Identity: string;
  /** `TAGGING`: each labeling job has a folder below the prefix. */
  readonly Kind?: 'TAGGING';
  /** Another value begins a failed preparation again, where it ended. */
  readonly Attempt?: string;
}

/** Where the files of a preparation lie: `prefix` ends in a slash. */
export interface PreparationFolder {
  readonly bucket: string;
  readonly prefix: string;
}

export const PREPARED_FILES = { manifest: 'input.manifest', failed: 'failed.jsonl', summary: 'summary.json' } as const;

/** A step, as its states tell it to the function: a running execution keeps the one it was started with. */
export interface PreparationStep {
  /** From 0. */
  readonly number: number;
  readonly kind: PreparationStepKind;
  readonly operation: OperationName;
  /** JSON text: an object would lose the types of its scalars. */
  readonly parameters: string;
  readonly roleArn: string;
  readonly priority: number;
  /** Where a copy goes: below this folder, without a slash at its end, the keys stay. */
  readonly target?: { readonly bucket: string; readonly prefix?: string };
}

/** `tag` follows the labeling, all others come before it. */
export type PreparationStepKind = 'restore' | 'copy' | 'checksum' | 'function' | 'tag';

/** Whose the jobs are: tags of each of them. */
export type JobTags = Readonly<Record<string, string>>;

export interface ReadInputEvent { readonly action: 'read'; readonly folder: PreparationFolder; readonly inputUri: string }
export interface StartStepEvent { readonly action: 'start'; readonly folder: PreparationFolder; readonly step: PreparationStep; readonly tags: JobTags }
export interface LookEvent { readonly action: 'look'; readonly folder: PreparationFolder; readonly step: PreparationStep; readonly tags: JobTags }
export interface FinishEvent { readonly action: 'finish'; readonly folder: PreparationFolder; readonly steps: readonly PreparationStepKind[] }
/** `wakes` is JSON text, a list of `Wake`. */
export interface WakeEvent { readonly action: 'wake'; readonly wakes: string }
/** Labels are there: which objects are to be tagged. `folder` is for all jobs, each has its own below. */
export interface ReadLabelsEvent {
  readonly action: 'labels';
  readonly folder: PreparationFolder;
  readonly jobArn: string;
  readonly labelAttributeName: string;
  /** With the job's name in place of `<job>`. */
  readonly outputUri: string;
}
export interface ReportTagsEvent { readonly action: 'tagged'; readonly folder: PreparationFolder }

export type PreparationEvent = ReadInputEvent | StartStepEvent | LookEvent | FinishEvent | WakeEvent | ReadLabelsEvent | ReportTagsEvent;

/** Compared by the Choice states. */
export interface PreparationAnswer {
  readonly next: 'again' | 'done';
  readonly waitSeconds?: number;
  readonly folder?: PreparationFolder;
  readonly objects?: number;
  readonly failed?: number;
}

/** A job of labels that waits for the prepared manifest. */
export interface Wake {
  readonly functionArn: string;
  readonly event: object;
}

/** Name of the error with which `wake` asks to be called again: the state's Retry is its patience. */
export const NOT_YET = 'NotYet';
