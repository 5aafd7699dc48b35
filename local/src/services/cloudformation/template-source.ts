import { validationError } from './template/errors';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

const MAXIMUM_INLINE_BYTES = 51_200;
const MAXIMUM_STORED_BYTES = 1_000_000;

export interface TemplateSource {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
}

/** The template's text, inline or from the engine's S3. */
export async function readTemplateText(core: EngineCore, { TemplateBody, TemplateURL }: TemplateSource): Promise<string> {
  if ((TemplateBody === undefined) === (TemplateURL === undefined)) {
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (TemplateBody !== undefined) {
    if (Buffer.byteLength(TemplateBody) > MAXIMUM_INLINE_BYTES) {
      throw validationError(`1 validation error detected: Value '<template of ${Buffer.byteLength(TemplateBody)} bytes>' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_INLINE_BYTES}`);
    }
    return TemplateBody;
  }
  const text = await readObject(core, locationOf(TemplateURL!, core.endpoint));
  if (Buffer.byteLength(text) > MAXIMUM_STORED_BYTES) {
    throw validationError(`Template may not exceed ${MAXIMUM_STORED_BYTES} bytes in size.`);
  }
  return text;
}

interface ObjectLocation {
  readonly Bucket: string;
  readonly Key: string;
}

/** Virtual-hosted or path style, at AWS's host names or the engine's own. */
function locationOf(url: string, endpoint: string): ObjectLocation {
  if (!URL.canParse(url)) {
    throw validationError('TemplateURL must be a supported URL.');
  }
  const { host, hostname, pathname, protocol } = new URL(url);
  const path = decodeURIComponent(pathname.slice(1));
  const virtual = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(hostname);
  if (virtual && protocol === 'https:') {
    return { Bucket: virtual[1], Key: path };
  }
  if ((/^s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.test(hostname) && protocol === 'https:') || host === new URL(endpoint).host) {
    const slash = path.indexOf('/');
    return { Bucket: path.slice(0, slash), Key: path.slice(slash + 1) };
  }
  throw validationError('TemplateURL must be a supported URL.');
}

async function readObject(core: EngineCore, location: ObjectLocation): Promise<string> {
  try {
    const { Body } = await core.call<{ Body: Buffer }>('s3', 'GetObject', location);
    return Body.toString('utf8');
  } catch (error) {
    throw error instanceof ServiceError ? validationError(`S3 error: ${error.message}`) : error;
  }
}
