import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ValidationError } from './errors';

/** `sha256:<hex>` of a text: the part of an identity that says what a file contains. */
export function contentDigest(content: string): string {
  return `sha256:${createHash('sha256').update(content, 'utf8').digest('hex')}`;
}

/**
 * An asset with this content. Assets come from files, so the content goes to a temporary file first, named by its digest: the same content
 * gives the same asset, and two apps synthesised at once do not disturb each other. The file's extension decides the object's content type.
 */
export function contentAsset(scope: Construct, id: string, content: string, extension: string): assets.Asset {
  const folder = path.join(os.tmpdir(), `cdk-labeling-workflows-${os.userInfo().uid}`);
  const file = path.join(folder, `${contentDigest(content).slice('sha256:'.length)}${extension}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, content);
  fs.renameSync(draft, file);
  return new assets.Asset(scope, id, { path: file, assetHash: contentDigest(content) });
}

/** The text of a file that a user named; what cannot be read is refused with the reason. */
export function readText(property: string, file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new ValidationError(property, [`cannot read ${JSON.stringify(file)} (${(error as Error).message}): give the path of a file, relative to ${process.cwd()}`]);
  }
}
