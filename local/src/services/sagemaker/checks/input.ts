import type { EngineCore } from '../../../core/engine';
import { invalid } from '../errors';
import type { LabelingJobRequest } from '../labeling-job';
import { parseS3Uri } from '../s3-uri';
import type { TaskType } from '../task-types';
import { checkBucket, readObject } from './objects';

const MANIFEST = 'InputConfig.DataSource.S3DataSource.ManifestS3Uri';

/** The manifest must be readable; what its lines hold is judged line by line when the job runs. */
export async function checkInput(core: EngineCore, request: LabelingJobRequest, taskType: TaskType): Promise<void> {
  const { S3DataSource: s3, SnsDataSource: sns } = request.InputConfig.DataSource;
  if (s3 === undefined && sns === undefined) {
    throw invalid('InputConfig.DataSource must have S3DataSource or SnsDataSource');
  }
  await checkBucket(core, 'OutputConfig.S3OutputPath', request.OutputConfig.S3OutputPath);
  if (s3 !== undefined) {
    const manifest = await readObject(core, MANIFEST, s3.ManifestS3Uri);
    if (taskType.data === 'image') {
      await checkCors(core, manifest);
    }
  }
}

/** A worker's browser can show the images only if their bucket answers every origin; the first object stands for all. */
async function checkCors(core: EngineCore, manifest: Buffer): Promise<void> {
  const bucket = firstBucket(manifest);
  if (bucket !== undefined && !await allowsEveryOrigin(core, bucket)) {
    throw invalid(`the bucket '${bucket}' of the input images has no CORS rule that allows GET from every origin: `
      + "add one with AllowedMethods ['GET'] and AllowedOrigins ['*']");
  }
}

function firstBucket(manifest: Buffer): string | undefined {
  const end = manifest.indexOf('\n');
  try {
    const line = JSON.parse(manifest.toString('utf8', 0, end < 0 ? manifest.length : end)) as { 'source-ref'?: string };
    return parseS3Uri(line['source-ref'] ?? '')?.bucket;
  } catch {
    return undefined;
  }
}

interface CorsRule {
  readonly AllowedMethods?: string[];
  readonly AllowedOrigins?: string[];
}

export async function allowsEveryOrigin(core: EngineCore, bucket: string): Promise<boolean> {
  try {
    // what a browser is let to is no right of the job's role
    const { CORSRules } = await core.call<{ CORSRules?: CorsRule[] }>('s3', 'GetBucketCors', { Bucket: bucket }, core.root);
    return (CORSRules ?? []).some((rule) => rule.AllowedMethods?.includes('GET') && rule.AllowedOrigins?.includes('*'));
  } catch {
    return false;
  }
}
