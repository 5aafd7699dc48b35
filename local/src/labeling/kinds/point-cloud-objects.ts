import { classMap } from './bounding-box';
import { commonMetadata, perObject } from './per-object';
import { pointCloudField } from './point-cloud';
import type { TaskKind } from './task-kind';
import type { CuboidFrame } from '../forms/point-cloud-field';
import type { AnsweredObject, ConsolidatedLabel, LabelContext } from '../labeled-object';

/** Cuboids in one point cloud. */
export const POINT_CLOUD_OBJECT_DETECTION: TaskKind = {
  fields: async (task) => [await pointCloudField(task, 'detection')],
  consolidation: (context) => perObject((object) => detected(object, context)),
};

/** Cuboids followed over a sequence of point clouds. */
export const POINT_CLOUD_OBJECT_TRACKING: TaskKind = {
  fields: async (task) => [await pointCloudField(task, 'tracking')],
  consolidation: (context) => perObject((object) => tracked(object, context)),
};

const framesOf = ({ annotations: [{ answer }] }: AnsweredObject) => answer['tracking-annotations'] as CuboidFrame[];

/** The guide spells `class_map` so for this type alone. */
function detected(object: AnsweredObject, context: LabelContext): ConsolidatedLabel {
  const [{ annotations, 'frame-attributes': attributes }] = framesOf(object);
  return {
    label: { annotations },
    metadata: {
      objects: [],
      class_map: classMap(annotations.map((cuboid) => cuboid['class-id']), context.labels),
      ...commonMetadata(context),
      ...adjustmentStatus(object, context),
      ...(Object.keys(attributes).length > 0 && { 'dataset-object-attributes': attributes }),
    },
  };
}

async function tracked(object: AnsweredObject, context: LabelContext): Promise<ConsolidatedLabel> {
  const frames = framesOf(object);
  const classes = frames.flatMap(({ annotations }) => annotations.map((cuboid) => cuboid['class-id']));
  return {
    label: await context.store(`${object.datasetObjectId}/SeqLabel.json`, Buffer.from(JSON.stringify({ 'tracking-annotations': frames })), 'application/json'),
    metadata: {
      'objects': frames.map((frame) => ({ 'frame-no': frame['frame-number'], 'confidence': [] })),
      'class-map': classMap(classes, context.labels),
      ...commonMetadata(context),
      ...adjustmentStatus(object, context),
    },
  };
}

export function adjustmentStatus({ annotations: [{ answer }] }: AnsweredObject, { adjusts }: LabelContext): Record<string, unknown> {
  return adjusts ? { 'adjustment-status': answer.initialValueModified === true ? 'adjusted' : 'unadjusted' } : {};
}
