import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Environment, resolvePlaceholders } from './placeholders';
import { zipDirectory } from './zip';

interface AssetManifest {
  readonly files?: Readonly<Record<string, FileAsset>>;
  readonly dockerImages?: Readonly<Record<string, unknown>>;
}

interface FileAsset {
  readonly displayName?: string;
  readonly source: { readonly path?: string; readonly packaging?: 'file' | 'zip'; readonly executable?: readonly string[] };
  readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
}

/** Uploads the file assets that a manifest lists, those that are there already left out. */
export async function publishAssets(manifestFile: string, environment: Environment, s3: S3Client): Promise<void> {
  const { files = {}, dockerImages = {} } = JSON.parse(readFileSync(manifestFile, 'utf8')) as AssetManifest;
  const [image] = Object.keys(dockerImages);
  if (image) {
    throw new Error(`the assembly has a Docker image asset (${image}): the local engine runs no images; use a file asset`);
  }
  for (const [id, asset] of Object.entries(files)) {
    for (const destination of Object.values(asset.destinations)) {
      const [Bucket, Key] = [destination.bucketName, destination.objectKey].map((text) => resolvePlaceholders(text, environment));
      if (!await exists(s3, Bucket, Key)) {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: content(path.dirname(manifestFile), id, asset) }));
      }
    }
  }
}

async function exists(s3: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) {
      return false;
    }
    throw error;
  }
}

function content(directory: string, id: string, { source, displayName = id }: FileAsset): Uint8Array {
  if (source.path === undefined) {
    throw new Error(`asset "${displayName}" is made by a program (${source.executable?.join(' ')}): the local engine runs none`);
  }
  const file = path.resolve(directory, source.path);
  return source.packaging === 'zip' && statSync(file).isDirectory() ? zipDirectory(file) : readFileSync(file);
}
