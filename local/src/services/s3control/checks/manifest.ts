import type { JobManifest, S3JobManifestGenerator } from '@aws-sdk/client-s3-control';
import { checkBucketArn, checkObjectArn } from './arns';
import { badRequest } from '../errors';
import type { JobRequest } from '../job';

/** A request has a manifest or a generator of one. */
export function checkManifest({ Manifest, ManifestGenerator }: JobRequest): void {
  if ((Manifest === undefined) === (ManifestGenerator === undefined)) {
    throw badRequest('A job must have either a Manifest or a ManifestGenerator, but not both');
  }
  if (Manifest) checkExisting(Manifest);
  if (ManifestGenerator) checkGenerator(ManifestGenerator.S3JobManifestGenerator);
}

function checkExisting({ Spec, Location }: JobManifest): void {
  checkObjectArn('Manifest.Location.ObjectArn', Location!.ObjectArn!);
  const { Format, Fields } = Spec!;
  if (Format === 'S3InventoryReport_CSV_20161130' && Fields !== undefined) {
    throw badRequest('Manifest.Spec.Fields is for S3BatchOperations_CSV_20180820 alone: an inventory report names its own fields');
  }
  if (Format === 'S3BatchOperations_CSV_20180820' && (Fields ?? []).length === 0) {
    throw badRequest('Manifest.Spec.Fields is required for S3BatchOperations_CSV_20180820');
  }
}

function checkGenerator(generator: S3JobManifestGenerator | undefined): void {
  if (!generator) throw badRequest('ManifestGenerator must have an S3JobManifestGenerator');
  checkBucketArn('ManifestGenerator.SourceBucket', generator.SourceBucket);
  const { EnableManifestOutput, ManifestOutputLocation: output, Filter: filter = {} } = generator;
  if (EnableManifestOutput && !output) throw badRequest('ManifestGenerator.ManifestOutputLocation is required when EnableManifestOutput is true');
  if (output) checkBucketArn('ManifestGenerator.ManifestOutputLocation.Bucket', output.Bucket);
  if (output?.ManifestEncryption?.SSES3 && output.ManifestEncryption.SSEKMS) {
    throw badRequest('ManifestGenerator.ManifestOutputLocation.ManifestEncryption is either SSE-S3 or SSE-KMS, not both');
  }
  for (const member of ['MatchAnyPrefix', 'MatchAnySuffix', 'MatchAnySubstring'] as const) {
    const texts = filter.KeyNameConstraint?.[member];
    if (texts && texts.length !== 1) throw badRequest(`ManifestGenerator.Filter.KeyNameConstraint.${member} takes one string, got ${texts.length}`);
  }
  if (filter.CreatedAfter && filter.CreatedBefore && filter.CreatedAfter >= filter.CreatedBefore) {
    throw badRequest('ManifestGenerator.Filter.CreatedAfter must be before CreatedBefore');
  }
  const [encryption] = filter.MatchAnyObjectEncryption ?? [];
  if (encryption && Object.keys(encryption).length !== 1) throw badRequest('ManifestGenerator.Filter.MatchAnyObjectEncryption must name one type of encryption');
}
