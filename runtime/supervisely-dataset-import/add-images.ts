import type { ImportObjects } from './ports';
import { imageHashes } from './upload-images';
import type { ImportLine } from '../../src/model/supervisely/import/import-line';
import type { ImageTransferMode } from '../../src/supervisely/private/dataset-import-contract';
import type { Caller } from '../shared/supervisely/client';
import { SuperviselyError } from '../shared/supervisely/errors';
import { entitiesOf } from '../shared/supervisely/pages';

/** An image of a dataset, as far as the import looks at it. */
export interface ServerImage {
  readonly id: number;
  readonly name: string;
  readonly labelsCount?: number | null;
  readonly tags?: ReadonlyArray<{ readonly tagId?: number; readonly name?: string }> | null;
}

export interface Added {
  /** By name. */
  readonly images: ReadonlyMap<string, ServerImage>;
  /** Why others could not be added, by name. */
  readonly refused: ReadonlyMap<string, string>;
}

/** The images of these names that the dataset has: one request for a batch. */
export async function imagesNamed(caller: Caller, datasetId: number, names: readonly string[]): Promise<Map<string, ServerImage>> {
  const found = new Map<string, ServerImage>();
  const request = { datasetId, filter: [{ field: 'name', operator: 'in', value: names }], forceMetadataForLinks: false };
  for await (const image of entitiesOf<ServerImage>(caller, 'images.list', request)) found.set(image.name, image);
  return found;
}

/** Adds images that the dataset did not have at the last look. */
export async function addImages(
  caller: Caller, datasetId: number, lines: readonly ImportLine[], transfer: ImageTransferMode, objects: ImportObjects,
): Promise<Added> {
  const images = new Map<string, ServerImage>();
  const refused = new Map<string, string>();
  const add = async (some: readonly AddedImage[]): Promise<void> => {
    if (some.length === 0) return;
    try {
      const answer = await caller.call<ServerImage[]>('images.bulk.add', { datasetId, images: some, forceMetadataForLinks: true, skipValidation: false });
      for (const image of answer) images.set(image.name, image);
    } catch (error) {
      if (!(error instanceof SuperviselyError) || error.status !== 400) throw error;
      // an answer was lost, or somebody else was here: names are unique in a dataset, and the server adds all images of a call or none
      const there = await imagesNamed(caller, datasetId, some.map(({ title }) => title));
      for (const [name, image] of there) images.set(name, image);
      const rest = some.filter(({ title }) => !there.has(title));
      if (rest.length === 1) refused.set(rest[0].title, error.reason);
      // the one that is at fault is found by halves
      else for (const half of halves(rest, there.size > 0)) await add(half);
    }
  };
  const sources = transfer === 'LINK' ? { links: lines } : await imageHashes(caller, lines, objects);
  for (const [name, reason] of 'refused' in sources ? sources.refused : []) refused.set(name, reason);
  await add('links' in sources
    ? sources.links.map(({ name, sourceRef, meta }) => ({ title: name, link: sourceRef, meta }))
    : lines.filter(({ name }) => sources.hashes.has(name)).map(({ name, meta }) => ({ title: name, hash: sources.hashes.get(name)!, meta })));
  return { images, refused };
}

interface AddedImage {
  readonly title: string;
  readonly link?: string;
  readonly hash?: string;
  readonly meta: object;
}

function halves<T>(all: readonly T[], whole: boolean): ReadonlyArray<readonly T[]> {
  const middle = Math.ceil(all.length / 2);
  return whole ? [all] : [all.slice(0, middle), all.slice(middle)];
}
