import { confidence, commonMetadata, perObject } from './per-object';
import { pointCloudField } from './point-cloud';
import { adjustmentStatus } from './point-cloud-objects';
import type { TaskKind } from './task-kind';
import { BACKGROUND, labelColor } from '../forms/label-colors';
import type { AnsweredObject, ConsolidatedLabel, LabelContext } from '../labeled-object';

interface PointsAnswer {
  /** Compressed as in the file that the label refers to. */
  readonly pointClasses: string;
  readonly frameAttributes: Readonly<Record<string, unknown>>;
}

/** A class for each point of a cloud. */
export const POINT_CLOUD_SEGMENTATION: TaskKind = {
  fields: async (task) => [await pointCloudField(task, 'segmentation')],
  consolidation: (context) => perObject((object) => consolidate(object, context)),
};

async function consolidate(object: AnsweredObject, context: LabelContext): Promise<ConsolidatedLabel> {
  const { pointClasses, frameAttributes } = object.annotations[0].answer as unknown as PointsAnswer;
  const file = object.data.sourceRef!.split('/').at(-1)!.replace(/\.[^.]*$/, '');
  const names = ['Background', ...context.labels];
  return {
    label: await context.store(`${object.datasetObjectId}/${file}.zlib`, Buffer.from(pointClasses, 'base64'), 'application/octet-stream'),
    metadata: {
      'color-map': Object.fromEntries(names.map((name, index) => [String(index), {
        'class-name': name,
        'hex-color': index === 0 ? BACKGROUND.color : labelColor(index - 1),
        'confidence': confidence(0, context),
      }])),
      ...commonMetadata(context),
      ...adjustmentStatus(object, context),
      ...(Object.keys(frameAttributes).length > 0 && { 'dataset-object-attributes': frameAttributes }),
    },
  };
}
