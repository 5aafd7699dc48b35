import { createHash, createHmac } from 'node:crypto';
import { encodeKey, type GrantReadAccess } from './worker-template';
import type { EngineCore } from '../core/engine';
import { parseS3Uri } from '../services/sagemaker/s3-uri';

const VALID_SECONDS = 900;

/** Signs URLs of objects as S3 reads them from a query string, with keys of a caller of its own. */
export function presigner(core: EngineCore): GrantReadAccess {
  let keys: ReturnType<EngineCore['issueCredentials']> | undefined;
  return (s3Uri) => {
    const location = parseS3Uri(s3Uri);
    if (location === undefined || location.key === '') {
      throw new Error(`grant_read_access needs the URI of an S3 object, got '${s3Uri}'`);
    }
    // what workers read is not judged: the page that they read it for is not known here
    keys ??= core.issueCredentials({ arn: core.root.arn });
    const path = `/${location.bucket}/${encodeKey(location.key)}`;
    return `${core.endpoint}${path}?${signedQuery(core, keys, path)}`;
  };
}

function signedQuery(core: EngineCore, keys: { accessKeyId: string; secretAccessKey: string; sessionToken: string }, path: string): string {
  const { region } = core.settings;
  const time = new Date(core.clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${keys.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(VALID_SECONDS),
    'X-Amz-Security-Token': keys.sessionToken,
    'X-Amz-SignedHeaders': 'host',
  }).toString();
  const request = ['GET', path, query, `host:${new URL(core.endpoint).host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(request).digest('hex')].join('\n');
  const key = [time.slice(0, 8), region, 's3', 'aws4_request'].reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${keys.secretAccessKey}`);
  return `${query}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
