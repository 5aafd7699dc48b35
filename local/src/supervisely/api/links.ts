import type { EngineCore } from '../../core/engine';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Content behind an image's link: `s3://bucket/key` from the engine's own buckets, `http(s)` from this machine. Other hosts are
 * `foreign`: the engine never goes out. Undefined: there is nothing.
 */
export async function readLink(core: EngineCore, link: string): Promise<Buffer | 'foreign' | undefined> {
  const s3 = /^s3:\/\/([^/]+)\/(.+)$/.exec(link);
  try {
    if (s3) {
      const { Body } = await core.call<{ Body: Buffer }>('s3', 'GetObject', { Bucket: s3[1], Key: s3[2] });
      return Body;
    }
    const url = new URL(link);
    if (!/^https?:$/.test(url.protocol) || !LOOPBACK.includes(url.hostname)) return 'foreign';
    const response = await fetch(url);
    return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}
