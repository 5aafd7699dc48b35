/**
 * What passes from an inventory to `FleetJobs.fromDeclarations`: an existing estate as a file of declarations, JSON Lines, one labeling
 * job a line, in the order of the listing. Made to be read, cut and edited by people before a fleet adopts what stands in it.
 */
export const DECLARATION_FORMAT = 1;

/** Name of the object below an inventory's record prefix. */
export const INVENTORY_DECLARATIONS = 'declarations.jsonl';

/** An existing labeling job, as a member of a fleet that would adopt it. */
export interface JobDeclaration {
  readonly format: typeof DECLARATION_FORMAT;
  /** Readable and unique within the file: the job's name. Whoever renames it names the member, not the job. */
  readonly key: string;
  /** Name of the job that becomes the first generation. */
  readonly adopt: string;
  readonly arn: string;
  /** The service's word, as of the listing; a hint for people, never compared. */
  readonly status: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Id of the task type (`TextMultiClass`, …), by the job's functions; `Custom` for every other job. */
  readonly taskType: string;
  readonly labelAttributeName: string;
  /** URI of the input manifest, or the ARN of the input topic of a streaming job that has none. */
  readonly input: string;
  /** A streaming job never ends by itself. */
  readonly streaming: boolean;
  readonly labelCategoriesUri?: string;
  /** CreateLabelingJob in the API's spelling, without name, label attribute and tags, and without what the service filled in. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The job's own tags: without those of AWS, and without those of this library. */
  readonly tags: Readonly<Record<string, string>>;
  /** The stack that manages the job already, where a stack of this library does: it has to let go first. */
  readonly owner?: { readonly stackId: string; readonly logicalId: string };
}
