import * as s3 from 'aws-cdk-lib/aws-s3';
import { assetContent, csvManifest, rowsManifest } from './csv-manifests';
import { ManifestDefinition } from './manifest-definition';
import { rangeProblems } from './value-problems';
import { csvRows } from '../../model/s3batch/completion-report';
import { contentAsset } from '../../private/content-asset';
import { refuse } from '../../private/errors';
import { tokenProblems } from '../../private/tokens';
import { AssetManifestOptions, ManifestRow } from '../manifest-options';

/** Rows in code, `most` to a manifest, in their order: rows that are added behind change the last manifest alone. */
export function splitRows(factory: string, bucket: s3.IBucket, rows: readonly ManifestRow[], most: number): ManifestDefinition[] {
  refuse(factory, sizeProblems(most));
  // all rows at once: a part does not see that another one names the same object
  rowsManifest(bucket, rows);
  return parts(rows, most).map((part) => rowsManifest(bucket, part));
}

/** A CSV file, split in the same way. */
export function splitAsset(factory: string, file: string, most: number, options: AssetManifestOptions): ManifestDefinition[] {
  refuse(factory, sizeProblems(most));
  const content = assetContent(factory, file, options);
  return parts(csvRows(content.text), most).map((rows) => {
    const text = rows.map((row) => `${row.map(csvValue).join(',')}\n`).join('');
    return csvManifest({ ...content, text }, options.sourceBucket, '.csv', (scope) => contentAsset(scope, 'Manifest', text, '.csv'));
  });
}

/** Prefixes of which none covers another: an object under both would be worked on twice. */
export function prefixProblems(prefixes: readonly string[]): string[] {
  const unknown = tokenProblems('prefixes', prefixes, 'the keys of jobs are made of them');
  if (unknown.length > 0) return unknown;
  const sorted = [...prefixes].sort();
  return [
    ...(prefixes.length === 0 ? ['\'prefixes\' must not be empty: give at least one, \'\' for all objects'] : []),
    ...sorted.slice(1).flatMap((prefix, index) => {
      const covering = sorted.slice(0, index + 1).find((other) => prefix.startsWith(other));
      return covering === undefined ? []
        : [`'prefixes' has ${JSON.stringify(prefix)}, whose objects ${JSON.stringify(covering)} has as well: S3 would work on them twice, leave one of the two out`];
    }),
  ];
}

function sizeProblems(most: number): string[] {
  return [
    ...tokenProblems('maxRowsPerJob', [most], 'how many jobs there are depends on it'),
    ...rangeProblems('maxRowsPerJob', most, { min: 1, max: Number.MAX_SAFE_INTEGER }),
  ];
}

function parts<T>(rows: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / most) }, (_, index) => rows.slice(index * most, (index + 1) * most));
}

function csvValue(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}
