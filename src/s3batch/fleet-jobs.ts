import * as s3 from 'aws-cdk-lib/aws-s3';
import { FleetJobOptions } from './job-fleet-props';
import { Manifest } from './manifest';
import { AssetManifestOptions, GeneratedManifestOptions, ManifestRow } from './manifest-options';
import { ManifestDefinition } from './private/manifest-definition';
import { prefixProblems, splitAsset, splitRows } from './private/split-manifests';
import { refuse } from '../private/errors';

/** How a list is split. */
export interface SplitManifestOptions {
  /**
   * The most rows that one job gets. Every row is in exactly one job. Rows that are added at the end fill the last job up and make further ones:
   * all other rows keep their jobs, and only the last job, if it was not full, is other work. Keep this number, and add rows at the end.
   */
  readonly maxRowsPerJob: number;
}

/** How a CSV file is split. */
export interface SplitAssetOptions extends AssetManifestOptions, SplitManifestOptions {}

/** Generated manifests, one a prefix. */
export interface PrefixJobsOptions extends GeneratedManifestOptions {
  /** What the keys of each job's objects begin with. None may cover another. `filter` is for all jobs, without a prefix of its own. */
  readonly prefixes: string[];
}

/**
 * Jobs for `JobFleet.jobs`, made out of something larger. Their keys begin with a name of yours, so that the jobs of two lists stand
 * side by side: `{ ...FleetJobs.fromRows('cats', …), ...FleetJobs.fromRows('dogs', …) }`.
 */
export class FleetJobs {
  /**
   * Objects named in code: jobs `<name>-1`, `<name>-2`…
   *
   * @param name of the list, for ever
   * @param bucket the bucket of all objects
   * @param rows the objects, each once
   * @param options how many of them a job gets
   */
  public static fromRows(name: string, bucket: s3.IBucket, rows: ManifestRow[], options: SplitManifestOptions): { [key: string]: FleetJobOptions } {
    return numbered(name, splitRows('FleetJobs.fromRows', bucket, rows, options.maxRowsPerJob));
  }

  /**
   * A CSV file on disk, without a header, as `Manifest.fromAsset()` reads it: jobs `<name>-1`, `<name>-2`…
   *
   * @param name of the list, for ever
   * @param file path of the file, relative to the working directory
   * @param options how many rows a job gets, the file's columns, and the bucket that it names
   */
  public static fromAsset(name: string, file: string, options: SplitAssetOptions): { [key: string]: FleetJobOptions } {
    return numbered(name, splitAsset('FleetJobs.fromAsset', file, options.maxRowsPerJob, options));
  }

  /**
   * Lists that S3 makes of a bucket when the jobs begin, one for each prefix: jobs `<name>-<prefix>`.
   *
   * @param name of the lists, for ever
   * @param options which bucket, which prefixes, and which of their objects
   */
  public static fromPrefixes(name: string, options: PrefixJobsOptions): { [key: string]: FleetJobOptions } {
    const { prefixes, ...generated } = options;
    refuse('FleetJobs.fromPrefixes', [
      ...prefixProblems(prefixes),
      ...(generated.filter?.matchAnyPrefix === undefined ? [] : ['\'filter.matchAnyPrefix\' is what \'prefixes\' is for: leave it out']),
    ]);
    return Object.fromEntries(prefixes.map((matchAnyPrefix) => {
      const filter = matchAnyPrefix === '' ? generated.filter : { ...generated.filter, matchAnyPrefix };
      return [`${name}-${matchAnyPrefix}`, { manifest: Manifest.generated({ ...generated, filter }) }];
    }));
  }
}

function numbered(name: string, manifests: readonly ManifestDefinition[]): { [key: string]: FleetJobOptions } {
  return Object.fromEntries(manifests.map((manifest, index) => [`${name}-${index + 1}`, { manifest: Manifest._of(manifest) }]));
}
