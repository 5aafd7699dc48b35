import { perObject } from './per-object';
import type { TaskKind } from './task-kind';
import { creationDate, type LabelContext } from '../labeled-object';

/** Without a consolidation function the label is empty and points to the workers' answers. */
export const PASS_THROUGH: TaskKind = {
  consolidation: (context) => perObject(({ annotations }) => ({
    label: {},
    metadata: { ...customMetadata(context), 'worker-response-ref': annotations.at(-1)!.responseUri },
  })),
};

/** Custom workflows spell these keys with underscores. */
export function customMetadata({ jobName, outputType, now }: LabelContext): Record<string, unknown> {
  return { 'job_name': jobName, 'type': outputType, 'human-annotated': 'yes', 'creation_date': creationDate(now()) };
}
