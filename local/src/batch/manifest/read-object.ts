import type { EngineCore } from '../../core/engine';
import { type Caller, ServiceError } from '../../core/service';
import { JobFailed } from '../job-failure';

/** Objects are read piece by piece: a manifest may be larger than memory. */
const PIECE = 1024 * 1024;

export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

export interface FoundObject {
  readonly etag: string;
  readonly size: number;
  pieces(): AsyncGenerator<Buffer>;
}

/** The object that an ARN names: everything after the bucket is its key. */
export function locationOf(arn: string, versionId?: string): ObjectLocation {
  const [, bucket, key] = /^arn:[^:]+:s3:::([^/]+)\/(.+)$/s.exec(arn)!;
  return { bucket, key, versionId };
}

/** Finds an object to read with the job's role; a job whose manifest cannot be read fails. */
export async function findObject(core: EngineCore, caller: Caller, { bucket, key, versionId }: ObjectLocation): Promise<FoundObject> {
  const address = { Bucket: bucket, Key: key, VersionId: versionId };
  const { ETag, ContentLength } = await reading(() => core.call<{ ETag: string; ContentLength: number }>('s3', 'HeadObject', address, caller));
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let start = 0; start < ContentLength; start += PIECE) {
      const Range = `bytes=${start}-${Math.min(start + PIECE, ContentLength) - 1}`;
      yield (await reading(() => core.call<{ Body: Buffer }>('s3', 'GetObject', { ...address, Range, IfMatch: ETag }, caller))).Body;
    }
  }
  return { etag: ETag.replaceAll('"', ''), size: ContentLength, pieces };
}

async function reading<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    // whoever may not list a bucket is not told that an object is absent
    throw new JobFailed(String(error.statusCode), `Reading the manifest is forbidden: ${error.statusCode === 404 ? 'AccessDenied' : error.code}`);
  }
}

/** Small documents only. */
export async function readText(object: FoundObject): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of object.pieces()) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
