import { imageSize } from 'image-size';
import type { Size } from './forms/shapes';
import type { EngineCore } from '../core/engine';
import { allowsEveryOrigin } from '../services/sagemaker/checks/input';
import { parseS3Uri, type S3Location } from '../services/sagemaker/s3-uri';

const LARGEST_IMAGE = 40 * 1024 * 1024;
/** Sizes stand near the beginning; camera data may come before them in a JPEG. */
const HEADER_BYTES = 1024 * 1024;

/** Reads a job's data as the service and a worker's browser do; an error says what is wrong with the object. */
export class ObjectReader {
  private readonly cors = new Map<string, Promise<boolean>>();

  constructor(private readonly core: EngineCore) {}

  async size(uri: string): Promise<number> {
    const { ContentLength } = await this.ask<{ ContentLength?: number }>('HeadObject', uri, locate(uri));
    return ContentLength ?? 0;
  }

  async content(uri: string): Promise<Buffer> {
    return this.read(uri, locate(uri));
  }

  async json(uri: string): Promise<unknown> {
    const text = (await this.content(uri)).toString('utf8');
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw new Error(`'${uri}' is not valid JSON: ${(error as Error).message}`);
    }
  }

  async imageSize(uri: string): Promise<Size> {
    return this.sizeAt(uri, locate(uri));
  }

  /** Behind a URL that `grant_read_access` has made. */
  readonly granted = {
    imageSize: async (url: string): Promise<Size> => this.sizeAt(url, this.locateGranted(url)),
    content: async (url: string): Promise<Buffer> => this.read(url, this.locateGranted(url)),
  };

  /** An image must not be too large, and a worker's browser must be let to it. */
  async checkImage(uri: string): Promise<void> {
    const bytes = await this.size(uri);
    if (bytes > LARGEST_IMAGE) {
      throw new Error(`the image '${uri}' has ${bytes} bytes; an image has at most ${LARGEST_IMAGE}`);
    }
    await this.checkCors(uri);
  }

  async checkCors(uri: string): Promise<void> {
    const { bucket } = locate(uri);
    const allowed = this.cors.get(bucket) ?? allowsEveryOrigin(this.core, bucket);
    this.cors.set(bucket, allowed);
    if (!await allowed) {
      throw new Error(`the bucket '${bucket}' has no CORS rule that lets a worker's browser read '${uri}'`);
    }
  }

  private locateGranted(url: string): S3Location {
    const path = url.startsWith(`${this.core.endpoint}/`) ? new URL(url).pathname.slice(1).split('/').map(decodeURIComponent) : [];
    if (path.length < 2) {
      throw new Error(`the worker template shows '${url.slice(0, 100)}', which is not an object that grant_read_access has opened to workers`);
    }
    return { bucket: path[0], key: path.slice(1).join('/') };
  }

  private async sizeAt(what: string, location: S3Location): Promise<Size> {
    const header = await this.read(what, location, HEADER_BYTES);
    try {
      const { width, height, orientation = 1 } = imageSize(header);
      // from 5 on a browser shows the image turned by a quarter
      return orientation > 4 ? { width: height, height: width } : { width, height };
    } catch (error) {
      throw new Error(`'${what.split('?')[0]}' is no image that can be read: ${(error as Error).message}`);
    }
  }

  private async read(what: string, location: S3Location, most?: number): Promise<Buffer> {
    const { Body } = await this.ask<{ Body: Uint8Array }>('GetObject', what, location, most === undefined ? {} : { Range: `bytes=0-${most - 1}` });
    return Buffer.from(Body);
  }

  private async ask<T>(operation: string, what: string, { bucket, key }: S3Location, more: object = {}): Promise<T> {
    try {
      return await this.core.call<T>('s3', operation, { Bucket: bucket, Key: key, ...more });
    } catch (error) {
      throw new Error(`the object '${what.split('?')[0]}' cannot be read: ${(error as Error).message}`);
    }
  }
}

function locate(uri: string): S3Location {
  const location = parseS3Uri(uri);
  if (location === undefined) {
    throw new Error(`'${uri}' is not the URI of an S3 object`);
  }
  return location;
}
