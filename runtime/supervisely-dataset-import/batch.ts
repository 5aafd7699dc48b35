import { addImages, imagesNamed, type ServerImage } from './add-images';
import { annotate, type LabeledImage } from './annotate';
import { tagKey } from './begin';
import type { ImportObjects } from './ports';
import { readLabels } from './read-labels';
import type { ImageLabels } from '../../src/model/supervisely/import/annotation';
import { type ImportLine, isLabeled, isUsable, type UnusableLine } from '../../src/model/supervisely/import/import-line';
import type { ImportCounts, ImportDefinition, ImportFailure, ImportProgress } from '../../src/supervisely/private/dataset-import-contract';
import { mapBounded } from '../shared/bounded';
import type { Caller } from '../shared/supervisely/client';

/** Masks that are fetched at once: each is decoded by itself. */
const LABELS_AT_ONCE = 4;

export type BatchLine = ImportLine | UnusableLine;

export interface BatchResult {
  readonly counts: ImportCounts;
  readonly failures: readonly ImportFailure[];
}

/** Where a batch goes, and the ids of what its labels hang on. */
export type BatchPlace = Pick<ImportProgress, 'datasetId' | 'metaIds'>;

export interface BatchPorts {
  readonly caller: Caller;
  readonly objects: ImportObjects;
}

const AS_IT_IS = 'the image has labels already, which stay as they are';
const NOT_SHOWN = 'the server has not refused the image, and does not show it either';

/**
 * Brings the images of some lines into the dataset, and their labels. What a call before has done is found and not done again: an image by its
 * name, labels by their being there. So a batch may be repeated whenever it was interrupted.
 */
export async function importBatch(lines: readonly BatchLine[], definition: ImportDefinition, at: BatchPlace, ports: BatchPorts): Promise<BatchResult> {
  const { caller, objects } = ports;
  const { datasetId, metaIds } = at;
  const labeledTag = { name: definition.labeledTag, id: metaIds[tagKey(definition.labeledTag)] };
  const usable = lines.filter(isUsable);
  const wanted = onceEach(usable);
  const there = wanted.length === 0 ? new Map<string, ServerImage>() : await imagesNamed(caller, datasetId, wanted.map(({ name }) => name));
  const added = await addImages(caller, datasetId, wanted.filter(({ name }) => !there.has(name)), definition.transfer, objects);
  const images = new Map([...there, ...added.images]);

  const reasons = new Map(added.refused);
  for (const { name } of wanted) if (!images.has(name) && !reasons.has(name)) reasons.set(name, NOT_SHOWN);
  const unlabeled = wanted.filter(({ name, labels }) => labels.length > 0 && isUntouched(images.get(name)));
  for (const { name, labels } of wanted) {
    const image = images.get(name);
    if (labels.length > 0 && image && !isUntouched(image) && !hasTag(image, labeledTag)) reasons.set(name, AS_IT_IS);
  }
  const ready = (await mapBounded(unlabeled, LABELS_AT_ONCE, async (line) => ({ line, labels: await readLabels(line.labels, objects) })))
    .filter((each): each is { line: ImportLine; labels: ImageLabels } => {
      if (typeof each.labels === 'string') reasons.set(each.line.name, each.labels);
      return typeof each.labels !== 'string';
    });
  const labeled = ready.map(({ line, labels }): LabeledImage => ({
    imageId: images.get(line.name)!.id, labels, tag: isLabeled(line, definition.labels) ? definition.labeledTag : undefined,
  }));
  const refused = await annotate(caller, datasetId, labeled);
  ready.forEach(({ line: { name } }) => {
    const reason = refused.get(images.get(name)!.id);
    if (reason !== undefined) reasons.set(name, reason);
  });
  return resultOf(lines, images, reasons);
}

function resultOf(lines: readonly BatchLine[], images: ReadonlyMap<string, ServerImage>, reasons: ReadonlyMap<string, string>): BatchResult {
  const failures = lines.flatMap((line): ImportFailure[] => {
    const reason = isUsable(line) ? reasons.get(line.name) : line.reason;
    if (reason === undefined) return [];
    const image = isUsable(line) ? images.get(line.name) : undefined;
    return [{ line: line.number, ...line.sourceRef !== undefined && { 'source-ref': line.sourceRef }, ...image && { 'image-id': image.id }, reason }];
  });
  const usable = lines.filter(isUsable);
  return {
    failures,
    counts: {
      images: usable.filter(({ name }) => images.has(name)).length,
      labeled: usable.filter(({ name, labels }) => labels.length > 0 && !reasons.has(name)).length,
      failed: failures.length,
    },
  };
}

/** A list may name an image twice; the line with more labels counts. */
function onceEach(lines: readonly ImportLine[]): ImportLine[] {
  const byName = new Map<string, ImportLine>();
  for (const line of lines) {
    const other = byName.get(line.name);
    if (!other || other.labels.length < line.labels.length) byName.set(line.name, line);
  }
  return [...byName.values()];
}

/** Nobody has labeled it: people's labels are never written over. */
function isUntouched(image: ServerImage | undefined): image is ServerImage {
  return image !== undefined && (image.labelsCount ?? 0) === 0 && (image.tags ?? []).length === 0;
}

/** The tag comes with the labels, in one call. Not every release of the server says the names of an image's tags. */
function hasTag({ tags }: ServerImage, { name, id }: { readonly name: string; readonly id: number | undefined }): boolean {
  return (tags ?? []).some((tag) => tag.name === name || (id !== undefined && tag.tagId === id));
}
