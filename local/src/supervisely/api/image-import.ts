import { badRequest } from '../errors';
import { imageSize } from './image-size';
import { readLink } from './links';
import type { Site } from '../site';
import type { Dataset, Image, User } from '../store/records';

/** One of three sources: content that is there already (`hash`), an address (`link`), another image (`imageId`). */
export interface NewImage {
  readonly title?: string;
  readonly name?: string;
  readonly hash?: string;
  readonly link?: string;
  readonly imageId?: number;
  readonly meta?: object;
}

type Source = Pick<Image, 'hash' | 'link' | 'mime' | 'size' | 'width' | 'height'> & { readonly meta?: object };

/** All of them, or none: sources are read and names checked before anything is kept. */
export async function addImages(site: Site, dataset: Dataset, given: readonly NewImage[], user: User, validate: boolean): Promise<Image[]> {
  const sources = await Promise.all(given.map((image) => sourceOf(site, image, user, validate)));
  refuseTakenNames(site, dataset, given.map(nameOf));
  return given.map((image, index) => {
    const { meta: copied, ...source } = sources[index];
    return site.store.images.add({
      ...source, datasetId: dataset.id, name: nameOf(image), description: '', meta: image.meta ?? copied ?? {}, tags: [], createdBy: user.id, ...site.dated(),
    });
  });
}

function nameOf({ title, name }: NewImage): string {
  return title ?? name!;
}

function refuseTakenNames({ store }: Site, dataset: Dataset, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw badRequest(`"${twin}" stands twice in "images"`);
  const ids = new Map(store.images.of(dataset.id).map(({ id, name }) => [name, id]));
  const errors = names.filter((name) => ids.has(name)).map((name) => ({ id: ids.get(name), name, message: `"${name}" exists already` }));
  if (errors.length === 0) return;
  const taken = errors.map(({ name }) => name).join(', ');
  throw badRequest(`the dataset ${dataset.id} has images with these names already: ${taken}`, { type: 'NONUNIQUE', errors });
}

async function sourceOf(site: Site, image: NewImage, user: User, validate: boolean): Promise<Source> {
  const { hash, link, imageId } = image;
  if (nameOf(image) === undefined) throw badRequest('each of "images" needs a "title"');
  if ([hash, link, imageId].filter((source) => source !== undefined).length !== 1) {
    throw badRequest(`the image "${nameOf(image)}" needs exactly one of "hash", "link" and "imageId"`);
  }
  if (hash !== undefined) return uploaded(site, hash);
  if (link !== undefined) return linked(site, link, validate);
  const { hash: sameHash, link: sameLink, mime, size, width, height, meta } = site.access.image(user, imageId!);
  return { hash: sameHash, link: sameLink, mime, size, width, height, meta };
}

function uploaded({ store }: Site, hash: string): Source {
  const bytes = store.files.get(hash);
  if (!bytes) throw badRequest(`no content with the hash "${hash}" has been uploaded`);
  return { hash, link: null, size: bytes.length, ...imageSize(bytes)! };
}

async function linked(site: Site, link: string, validate: boolean): Promise<Source> {
  const bytes = await readLink(site.core, link);
  const unknown = { hash: null, link, mime: null, size: null, width: null, height: null };
  if (bytes === 'foreign') return unknown;
  const size = bytes && imageSize(bytes);
  if (!size && validate) throw badRequest(bytes ? `there is no image at "${link}"` : `nothing can be read at "${link}"`);
  return { ...unknown, size: bytes?.length ?? null, ...size };
}
