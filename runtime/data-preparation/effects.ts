import type { PreparedObject } from './files';
import { parseUri } from './read-input';
import type { PreparationStep, PreparationStepKind } from '../../src/s3batch/private/data-preparation-contract';

/** What a task that succeeded makes of its object; a text says why it cannot go on. */
type Effect = (object: PreparedObject, message: string, step: PreparationStep) => PreparedObject | string;

const EFFECTS: Readonly<Record<PreparationStepKind, Effect>> = {
  restore: (object) => object,
  tag: (object) => object,
  copy: (object, _message, { target }) => ({
    ...object, bucket: target!.bucket, key: target!.prefix === undefined ? object.key : `${target!.prefix}/${object.key}`,
  }),
  checksum: (object, message) => ({ ...object, add: { ...object.add, checksum: checksumOf(message) } }),
  function: answered,
};

export function effectOf(step: PreparationStep): (object: PreparedObject, message: string) => PreparedObject | string {
  return (object, message) => EFFECTS[step.kind](object, message, step);
}

/** S3 answers with JSON in the report's last column. */
function checksumOf(message: string): unknown {
  const { checksumAlgorithm: algorithm, checksumType: type, checksum_hex: hex, checksum_base64: base64 } = members(message) ?? {};
  return algorithm === undefined ? message : { algorithm, type, hex, base64 };
}

/** An answer that is an object goes into the object's lines; `source-ref` in it says that the prepared object lies elsewhere. */
function answered(object: PreparedObject, message: string): PreparedObject | string {
  const { 'source-ref': uri, ...add } = members(message) ?? {};
  if (uri === undefined) return { ...object, add: { ...object.add, ...add } };
  const place = typeof uri === 'string' ? parseUri(uri) : undefined;
  return place ? { ...object, ...place, add: { ...object.add, ...add } } : `the function answered a "source-ref" that is not like s3://bucket/key: ${JSON.stringify(uri)}`;
}

function members(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
