import { mean } from './clusters';
import { answerPart, commonMetadata, confidence, perObject } from './per-object';
import { vote } from './pixel-vote';
import { checkReviewed } from './review';
import type { TaskKind } from './task-kind';
import { BACKGROUND, labelColor } from '../forms/label-colors';
import { decodeLabels, encodeMask } from '../forms/mask-image';
import type { Size } from '../forms/shapes';
import { creationDate, type AnsweredObject, type ConsolidatedLabel, type LabelContext } from '../labeled-object';

interface MaskAnswer {
  readonly inputImageProperties: Size;
  readonly labelMappings: Readonly<Record<string, { readonly color: string }>>;
  readonly labeledImage: { readonly pngImageData: string };
  readonly initialValueModified?: boolean;
}

/** A class for each pixel of an image. */
export const SEMANTIC_SEGMENTATION: TaskKind = { consolidation: (context) => perObject((object) => consolidate(object, context)) };

/** Masks of an earlier job put right. */
export const SEGMENTATION_ADJUSTMENT: TaskKind = { ...SEMANTIC_SEGMENTATION, check: checkReviewed('groundtruth/semantic-segmentation') };

/** Workers vote on each pixel; the confidence is the same for all classes of an image: how far the workers agree with the outcome. */
async function consolidate({ datasetObjectId, annotations }: AnsweredObject, context: LabelContext): Promise<ConsolidatedLabel> {
  const { labels } = context;
  const answers = annotations.map(({ answer }) => answerPart<MaskAnswer>(answer, 'labeledImage'));
  const size = answers[0].inputImageProperties;
  const masks = answers.map((answer) => decodeLabels(Buffer.from(answer.labeledImage.pngImageData, 'base64'), labels, answer.labelMappings));
  const classes = vote(masks, size, labels.length + 1);
  const certain = confidence(mean(masks.map((mask) => agreement(mask, classes))), context);
  const created = creationDate(context.now());
  const names = [BACKGROUND.name, ...labels];
  return {
    label: await context.store(`${datasetObjectId}_${created}.png`, encodeMask(classes, size, labels), 'image/png'),
    metadata: {
      'internal-color-map': Object.fromEntries(names.map((name, index) => [String(index), {
        'class-name': name,
        'hex-color': index === 0 ? BACKGROUND.color : labelColor(index - 1),
        'confidence': certain,
      }])),
      ...commonMetadata(context),
      ...(context.adjusts && { 'adjustment-status': answers.some((answer) => answer.initialValueModified) ? 'adjusted' : 'unadjusted' }),
    },
  };
}

function agreement(mask: Uint8Array, outcome: Uint8Array): number {
  return mask.reduce((same, value, pixel) => same + (value === outcome[pixel] ? 1 : 0), 0) / Math.max(1, outcome.length);
}
