import { createHash } from 'node:crypto';
import { encodeMask, readMask } from './masks';
import type { ResultFiles } from './ports';
import type { ExportPlan, PlannedImage } from './work-files';
import type { Size } from '../../src/model/supervisely/export/drawn-shape';
import { LABELED_TAG } from '../../src/model/supervisely/export/label-classes';
import { failureMetadata, LabelOrigin } from '../../src/model/supervisely/export/label-metadata';
import { boxLabel, instanceLabel, Label, MaskLabel, multiLabel, polygonLabel, segmentationLabel, singleLabel } from '../../src/model/supervisely/export/labels';
import type { ExportImage } from '../../src/model/supervisely/export/manifest-line';
import { MOST_MASK_ENTRIES } from '../../src/model/supervisely/export/mask-colors';
import { chosenClasses, drawnObjects, lastChange, ServerAnnotation, without } from '../../src/model/supervisely/export/server-annotation';
import { EXPORT_FILES } from '../../src/supervisely/private/labels-export-contract';
import { under } from '../shared/s3-uri';

/** A label, or why there is none; neither: the image is not labeled. */
export interface ImageLabel {
  readonly value?: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Marks that the label does not say. */
  readonly leftOut: number;
}

const UNLABELED: ImageLabel = { leftOut: 0 };

/** Where masks are written. */
export interface MaskFolder {
  readonly files: ResultFiles;
  readonly resultUri: string;
}

export async function labelImage(
  image: ExportImage, planned: PlannedImage, annotation: ServerAnnotation, plan: ExportPlan, folder: MaskFolder,
): Promise<ImageLabel> {
  const made = await madeLabel(image, planned, annotation, plan, folder);
  return planned.ifMarked && isEmpty(made) && !saysNothing(made, annotation) ? UNLABELED : made;
}

/** An image that came with the label that nothing is on it is labeled. */
function saysNothing({ value }: MadeLabel, { annotation: { tags } }: ServerAnnotation): boolean {
  return value !== undefined && tags.some(({ name }) => name === LABELED_TAG);
}

interface MadeLabel extends ImageLabel {
  readonly objects: number;
}

/** In a whole dataset an image without marks is one that nobody has been at. */
function isEmpty({ objects, leftOut }: MadeLabel): boolean {
  return objects === 0 && leftOut === 0;
}

async function madeLabel(
  image: ExportImage, planned: PlannedImage, { annotation, updatedAt }: ServerAnnotation, plan: ExportPlan, folder: MaskFolder,
): Promise<MadeLabel> {
  const { format, classes } = plan;
  const rivals = (planned.others ?? []).map((job) => plan.jobs[job].labelerLogin);
  const job = planned.job === undefined ? undefined : plan.jobs[planned.job];
  const origin = (marks: ReadonlyArray<{ readonly updatedAt?: string }>): LabelOrigin => ({
    jobName: job?.name ?? `supervisely-dataset-${planned.datasetId}`,
    labeledAt: lastChange(marks, job?.finishedAt ?? updatedAt ?? new Date(0).toISOString()),
    accepted: planned.accepted ?? false,
  });
  if (format.kind === 'classification' || format.kind === 'multiLabelClassification') {
    // people share an image's tags: whose was set last stands there
    const own = without(annotation.tags, rivals);
    const tags = own.length > 0 ? own : annotation.tags;
    const said = chosenClasses(tags, classes, format.tag);
    // an import makes a tag without value of each class, whatever tag has the classes as its values
    const chosen = said.length > 0 || !planned.ifMarked ? said : chosenClasses(tags, classes, undefined);
    if (format.kind === 'multiLabelClassification') return { ...multiLabel(chosen, classes, origin(tags)), leftOut: 0 };
    const label = singleLabel(chosen, classes, origin(tags));
    if (label) return { ...label, leftOut: 0 };
    const names = chosen.map((number) => classes[number].name).join(', ');
    return failed(chosen.length, plan, origin(tags), chosen.length === 0 ? 'no tag says the image\'s class' : `tags say more than one class: ${names}`);
  }
  const objects = without(annotation.objects, rivals);
  const size = sizeOf(image, annotation);
  if (!size) return failed(objects.length, plan, origin(objects), 'the server does not know the image\'s size');
  let drawn: ReturnType<typeof drawnObjects>;
  try {
    drawn = drawnObjects(objects, classes, readMask);
  } catch (error) {
    return failed(objects.length, plan, origin(objects), `a mask cannot be read: ${(error as Error).message}`);
  }
  const args = [size, drawn.drawn, classes, origin(objects)] as const;
  switch (format.kind) {
    case 'boundingBox': return withLeftOut(boxLabel(...args), objects.length);
    case 'polygons': return withLeftOut(polygonLabel(...args), objects.length);
    case 'semanticSegmentation': return stored(segmentationLabel(...args), objects.length, image, folder);
    case 'instanceSegmentation':
      if (drawn.drawn.length <= MOST_MASK_ENTRIES) return stored(instanceLabel(...args), objects.length, image, folder);
      return failed(objects.length, plan, args[3], `${drawn.drawn.length} objects are on the image, a mask has room for ${MOST_MASK_ENTRIES}`);
  }
}

function failed(objects: number, { format }: ExportPlan, origin: LabelOrigin, reason: string): MadeLabel {
  return { metadata: failureMetadata(format.kind, origin, reason), leftOut: 0, objects };
}

function withLeftOut(label: Label, marked: number): MadeLabel {
  return { ...label, leftOut: marked - label.objects };
}

/** The name tells the content: who reads an older manifest still finds its masks, and a repeated run writes the same. */
async function stored(label: MaskLabel, marked: number, { id }: ExportImage, { files, resultUri }: MaskFolder): Promise<MadeLabel> {
  const png = encodeMask(label);
  const digest = createHash('sha256').update(png).digest('hex').slice(0, 12);
  const value = under(resultUri, `${EXPORT_FILES.masks}/${id}_${digest}.png`);
  await files.put(value, 'image/png', png);
  return { value, metadata: label.metadata, objects: label.objects, leftOut: marked - label.objects };
}

function sizeOf({ width, height }: ExportImage, { size }: ServerAnnotation['annotation']): Size | undefined {
  const known = { width: width ?? size.width, height: height ?? size.height };
  return known.width && known.height ? { width: known.width, height: known.height } : undefined;
}
