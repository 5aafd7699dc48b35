import { LABEL_KINDS, LabelKind } from './label-format';

/** Where a label comes from. */
export interface LabelOrigin {
  /** Name of the job, in Ground Truth's pattern. */
  readonly jobName: string;
  /** ISO 8601 in UTC. */
  readonly labeledAt: string;
  /** A reviewer agrees with the labeler. */
  readonly accepted: boolean;
}

/** What stands in the metadata of every label. */
export function commonMetadata(kind: LabelKind, { jobName, labeledAt }: LabelOrigin): Record<string, unknown> {
  return {
    'type': LABEL_KINDS[kind].type,
    'human-annotated': 'yes',
    'creation-date': creationDate(labeledAt),
    'job-name': `labeling-job/${jobName}`,
  };
}

/** Metadata of an image whose label cannot be said. Its attribute is missing, as of an object that Ground Truth has failed to label. */
export function failureMetadata(kind: LabelKind, origin: LabelOrigin, reason: string): Record<string, unknown> {
  return { ...commonMetadata(kind, origin), 'failure-reason': reason };
}

/** Ground Truth writes microseconds, and no `Z`. */
function creationDate(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, -1)}000`;
}

/** Ground Truth writes how far answers agree, and 0 for a single one. A reviewer who accepts is a second person, who agrees. */
export function confidenceOf({ accepted }: LabelOrigin): number {
  return accepted ? 1 : 0;
}
