import type { EngineCore } from '../../../core/engine';
import { invalid } from '../errors';
import { parseS3Uri, type S3Location } from '../s3-uri';

/** Reads an object that a request names; whatever stands in the way is the request's fault. */
export async function readObject(core: EngineCore, member: string, uri: string): Promise<Buffer> {
  const { bucket, key } = locate(member, uri);
  if (key === '' || key.endsWith('/')) {
    throw invalid(`${member} '${uri}' must name an object, not a bucket or a folder`);
  }
  await checkBucket(core, member, uri);
  try {
    const { Body } = await core.call('s3', 'GetObject', { Bucket: bucket, Key: key });
    return Buffer.from(Body);
  } catch (error) {
    throw invalid(`${member} '${uri}' cannot be read: ${(error as Error).message}`);
  }
}

export async function readText(core: EngineCore, member: string, uri: string): Promise<string> {
  const bytes = await readObject(core, member, uri);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) {
    throw invalid(`${member} '${uri}' is not UTF-8`);
  }
  return text.replace(/^\uFEFF/, '');
}

/** The bucket must exist, in the job's region. */
export async function checkBucket(core: EngineCore, member: string, uri: string): Promise<void> {
  const { bucket } = locate(member, uri);
  let region: string;
  try {
    const { LocationConstraint } = await core.call('s3', 'GetBucketLocation', { Bucket: bucket });
    region = LocationConstraint || 'us-east-1';
  } catch (error) {
    throw invalid(`${member} '${uri}' cannot be used: ${(error as Error).message}`);
  }
  if (region !== core.settings.region) {
    throw invalid(`${member} '${uri}' is in the region '${region}'; it must be in the labeling job's region, ${core.settings.region}`);
  }
}

function locate(member: string, uri: string): S3Location {
  const location = parseS3Uri(uri);
  if (location === undefined) {
    throw invalid(`${member} '${uri}' is not the URI of an S3 location`);
  }
  return location;
}
