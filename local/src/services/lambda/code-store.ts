import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { unzipSync } from 'fflate';
import { invalidParameter } from './errors';
import { toBuffer } from '../../core/bytes';
import type { EngineCore } from '../../core/engine';

const MAX_UNZIPPED = 262_144_000;

/** A deployment package, unpacked. */
export interface CodePackage {
  readonly directory: string;
  readonly zip: Buffer;
  /** As in CodeSha256: base64. */
  readonly sha256: string;
}

export interface CodeInput {
  readonly ZipFile?: Uint8Array;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
}

/** Unpacked code lies in files, once for each content. */
export class CodeStore {
  private readonly root: string;

  constructor(private readonly core: EngineCore) {
    this.root = path.join(core.settings.workDirectory, 'lambda');
  }

  async load(code: CodeInput): Promise<CodePackage> {
    const zip = code.ZipFile !== undefined ? Buffer.from(code.ZipFile) : await this.fetch(code);
    const hash = createHash('sha256').update(zip).digest();
    const directory = path.join(this.root, 'code', hash.toString('hex'));
    if (!fs.existsSync(directory)) this.unpack(zip, directory);
    return { directory, zip, sha256: hash.toString('base64') };
  }

  private async fetch({ S3Bucket, S3Key, S3ObjectVersion }: CodeInput): Promise<Buffer> {
    if (!S3Bucket || !S3Key) throw invalidParameter('Please provide a source for function code.');
    try {
      const object = await this.core.call('s3', 'GetObject', { Bucket: S3Bucket, Key: S3Key, ...(S3ObjectVersion && { VersionId: S3ObjectVersion }) });
      return toBuffer(object.Body);
    } catch (error) {
      const { name, message } = error as Error;
      throw invalidParameter(`Error occurred while GetObject. S3 Error Code: ${name}. S3 Error Message: ${message}`);
    }
  }

  private unpack(zip: Buffer, directory: string): void {
    const files = Object.entries(readZip(zip)).filter(([name]) => !name.endsWith('/'));
    const size = files.reduce((sum, [, content]) => sum + content.length, 0);
    if (size >= MAX_UNZIPPED) throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNZIPPED} bytes`);
    const target = `${directory}.partial`;
    for (const [name, content] of files) {
      const file = path.join(target, name);
      if (!file.startsWith(target + path.sep)) throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
    fs.renameSync(target, directory);
    this.linkRuntimePackages();
  }

  /**
   * The AWS SDK comes with the runtime. It is linked above the code, where both `require` and `import` look, and it alone:
   * a function that needs any other package must bring it, as on Lambda.
   */
  private linkRuntimePackages(): void {
    const target = runtimePackages(this.core);
    if (fs.existsSync(target)) return;
    fs.mkdirSync(target, { recursive: true });
    const installed = path.resolve(require.resolve('@aws-sdk/client-lambda/package.json'), '../../..');
    for (const scope of ['@aws-sdk', '@smithy']) fs.symlinkSync(path.join(installed, scope), path.join(target, scope), 'dir');
  }
}

/** Where the packages lie that a Node runtime brings. */
export function runtimePackages(core: EngineCore): string {
  return path.join(core.settings.workDirectory, 'lambda', 'node_modules');
}

function readZip(zip: Buffer): Record<string, Uint8Array> {
  if (zip.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip);
  } catch {
    throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
  if (Object.keys(files).length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  return files;
}
