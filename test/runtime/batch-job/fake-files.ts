import { Files, FileVersion } from '../../../runtime/batch-job/ports';
import { S3Location } from '../../../runtime/shared/s3-uri';

/** Objects by `<bucket>/<key>`. */
export class FakeFiles implements Files {
  readonly files = new Map<string, Buffer>();

  put(path: string, content: string | Buffer): void {
    this.files.set(path, Buffer.from(content));
  }

  text(path: string): string {
    return this.files.get(path)!.toString();
  }

  async head({ bucket, key, versionId }: FileVersion): Promise<{ etag: string; versionId?: string } | undefined> {
    const file = this.files.get(`${bucket}/${key}`);
    return file && { etag: `"etag-of-${file.length}-bytes"`, versionId };
  }

  async* bytes({ bucket, key }: FileVersion): AsyncIterable<Uint8Array> {
    const file = this.files.get(`${bucket}/${key}`);
    if (!file) throw Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    // in pieces, as they come from the network
    for (let at = 0; at < file.length; at += 50) yield file.subarray(at, at + 50);
  }

  async write({ bucket, key }: S3Location, lines: AsyncIterable<string>): Promise<void> {
    let text = '';
    for await (const line of lines) text += `${line}\n`;
    this.put(`${bucket}/${key}`, text);
  }

  async* keysUnder(bucket: string, prefix: string): AsyncIterable<string> {
    for (const path of [...this.files.keys()].sort()) if (path.startsWith(`${bucket}/${prefix}`)) yield path.slice(bucket.length + 1);
  }

  async remove({ bucket, key }: S3Location): Promise<void> {
    this.files.delete(`${bucket}/${key}`);
  }
}
