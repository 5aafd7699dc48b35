import { csvRows } from '../../model/s3batch/completion-report';
import { decodeKey, rowProblems } from '../../model/s3batch/csv-manifest';
import { ManifestField } from '../manifest-options';

/** What synthesis finds in a CSV manifest. */
export interface CsvContent {
  readonly problems: string[];
  readonly bucketName: string;
  readonly fields: ManifestField[];
}

/** So many problems of rows say what is wrong; more are counted only. */
const SHOWN = 10;

/** Reads a CSV manifest as S3 will. */
export function csvContent(text: string, declared: readonly ManifestField[] | undefined): CsvContent {
  let rows: string[][];
  try {
    rows = csvRows(text);
  } catch (error) {
    return { problems: [`it is not CSV: ${(error as Error).message}`], bucketName: '', fields: [] };
  }
  const fields = declared ?? [ManifestField.BUCKET, ManifestField.KEY, ...rows[0]?.length === 3 ? [ManifestField.VERSION_ID] : []];
  const problems = [...fieldProblems(fields), ...widthProblems(rows, fields)];
  if (problems.length > 0) return { problems, bucketName: '', fields: [...fields] };
  const value = (row: readonly string[], field: ManifestField) => row[fields.indexOf(field)] as string | undefined;
  const found = rowProblems(rows.map((row) => ({
    bucket: value(row, ManifestField.BUCKET)!, key: decodeKey(value(row, ManifestField.KEY)!) ?? '', versionId: value(row, ManifestField.VERSION_ID),
  })));
  const encoding = rows.flatMap((row, index) => (decodeKey(value(row, ManifestField.KEY)!) === undefined
    ? [`row ${index + 1}: the key ${JSON.stringify(value(row, ManifestField.KEY))} has a broken escape: keys are URL-encoded, a percent sign is %25`] : []));
  return { problems: shortened(encoding.length > 0 ? encoding : found), bucketName: rows.length > 0 ? value(rows[0], ManifestField.BUCKET)! : '', fields: [...fields] };
}

export function fieldProblems(fields: readonly ManifestField[]): string[] {
  const times = (field: ManifestField) => fields.filter((each) => each === field).length;
  return [
    ...[ManifestField.BUCKET, ManifestField.KEY].filter((field) => times(field) === 0).map((field) => `'fields' must hold ${field}, got ${fields.join(', ')}`),
    ...[ManifestField.BUCKET, ManifestField.KEY, ManifestField.VERSION_ID].filter((field) => times(field) > 1).map((field) => `'fields' must hold ${field} once`),
  ];
}

function widthProblems(rows: readonly string[][], fields: readonly ManifestField[]): string[] {
  return shortened(rows.flatMap((row, index) => (row.length === fields.length ? [] : [`row ${index + 1} has ${row.length} columns, 'fields' has ${fields.length}: ${fields.join(', ')}`])));
}

function shortened(problems: readonly string[]): string[] {
  return problems.length <= SHOWN ? [...problems] : [...problems.slice(0, SHOWN), `and ${problems.length - SHOWN} more`];
}
