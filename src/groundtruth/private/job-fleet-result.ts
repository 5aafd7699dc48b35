import * as s3 from 'aws-cdk-lib/aws-s3';
import { FleetResultOptions } from '../job-fleet-props';
import { JobOutput } from './job-output';

/** Where a fleet's merged labels go. */
export interface FleetResult {
  readonly bucket: s3.IBucket;
  readonly uri: string;
  /** Pattern of its keys. */
  readonly keys: string;
  readonly escapeFormulas: boolean;
}

/** A fleet's result has a name of its own, so that fleets may share a bucket. */
export function fleetResult(output: JobOutput, nameBase: string, options: FleetResultOptions = {}): FleetResult {
  const bucket = options.bucket ?? output.bucket;
  const prefix = options.prefix ?? `results/${nameBase}`;
  return { bucket, uri: bucket.s3UrlForObject(prefix), keys: `${prefix}/*`, escapeFormulas: options.escapeFormulas ?? true };
}
