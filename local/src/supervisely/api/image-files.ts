import { badRequest, notFound } from '../errors';
import { imageSize } from './image-size';
import { readLink } from './links';
import { ID, list, open, TEXT } from '../schema';
import { BytesAnswer, get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Image } from '../store/records';

const BOUNDARY = 'supervisely-images';

/** Content of images: uploaded once, found again by its hash. */
export function imageFileMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'images.internal.hashes.list': post(list(TEXT), (hashes: string[]) => hashes.filter((hash) => store.files.has(hash))),
    'images.bulk.upload': post(open({}), (_input, { parts }) => {
      if (parts.length === 0) throw badRequest('the form has no files');
      return parts.map(({ content }) => {
        const bytes = Buffer.from(content);
        const size = imageSize(bytes);
        if (!size) return { errors: [{ message: 'the file is no image that the server can read' }] };
        return { hash: store.keepFile(bytes), size: bytes.length, meta: { mime: size.mime, size: bytes.length, width: size.width, height: size.height } };
      });
    }),
    'images.download': get(open({ id: ID }), async ({ id }, { user }) => {
      const image = access.image(user, id);
      return new BytesAnswer(await contentOf(site, image), image.mime ?? 'application/octet-stream');
    }),
    'images.bulk.download': get(open({ datasetId: ID, imageIds: list(ID, { minItems: 1 }) }), async ({ datasetId, imageIds }, { user }) => {
      access.dataset(user, datasetId);
      const images = imageIds.map((id: number) => access.image(user, id)) as Image[];
      const stranger = images.find((image) => image.datasetId !== datasetId);
      if (stranger) throw notFound(`Image of the dataset ${datasetId}`, stranger.id);
      const parts = await Promise.all(images.map(async (image) => part(image, await contentOf(site, image))));
      return new BytesAnswer(Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]), `multipart/form-data; boundary=${BOUNDARY}`);
    }),
  };
}

async function contentOf({ store, core }: Site, { id, hash, link }: Image): Promise<Buffer> {
  const bytes = hash === null ? await readLink(core, link!) : store.files.get(hash);
  if (bytes === undefined || bytes === 'foreign') throw badRequest(`the content of the image ${id} cannot be read${link ? ` at "${link}"` : ''}`);
  return bytes;
}

function part({ id, name, mime }: Image, bytes: Buffer): Buffer {
  const disposition = `Content-Disposition: form-data; name="${id}"; filename="${encodeURIComponent(name)}"`;
  const head = [`--${BOUNDARY}`, disposition, `Content-Type: ${mime ?? 'image/*'}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n')]);
}
