import { annotation, type ImageLabels } from '../../src/model/supervisely/import/annotation';
import type { Caller } from '../shared/supervisely/client';
import { SuperviselyError } from '../shared/supervisely/errors';

/** Masks make annotations large: so much goes into one request, unless a single image has more. */
const REQUEST_BYTES = 8 * 1024 * 1024;

export interface LabeledImage {
  readonly imageId: number;
  readonly labels: ImageLabels;
  /** The tag that says that these are all labels of the import. */
  readonly tag: string | undefined;
}

interface Rendered {
  readonly imageId: number;
  readonly annotation: object;
}

/** Puts labels on images that have none; answers why some could not be put there, by the image's id. */
export async function annotate(caller: Caller, datasetId: number, images: readonly LabeledImage[]): Promise<ReadonlyMap<number, string>> {
  const refused = new Map<number, string>();
  const add = async (some: readonly Rendered[]): Promise<void> => {
    try {
      // an annotation takes the place of what is there, so that a repeated call changes nothing
      await caller.call('annotations.bulk.add', { datasetId, annotations: some });
    } catch (error) {
      if (!(error instanceof SuperviselyError) || error.status !== 400) throw error;
      if (some.length === 1) return void refused.set(some[0].imageId, error.reason);
      const middle = Math.ceil(some.length / 2);
      await add(some.slice(0, middle));
      await add(some.slice(middle));
    }
  };
  for (const group of groups(images)) await add(group);
  return refused;
}

function* groups(images: readonly LabeledImage[]): Iterable<Rendered[]> {
  let group: Rendered[] = [];
  let bytes = 0;
  for (const { imageId, labels, tag } of images) {
    const rendered = { imageId, annotation: annotation(labels, tag) };
    const size = JSON.stringify(rendered).length;
    if (group.length > 0 && bytes + size > REQUEST_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(rendered);
    bytes += size;
  }
  if (group.length > 0) yield group;
}
