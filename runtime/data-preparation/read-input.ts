import { type FailedObject, PreparationFiles, type PreparedObject, sourceRef } from './files';
import type { Ports } from './ports';
import type { PreparationAnswer, ReadInputEvent } from '../../src/s3batch/private/data-preparation-contract';

/** Failures before the first step. */
export const UNREADABLE = 'unreadable.jsonl';
/** The declared manifest as it was read: lines are counted in it, and whoever changes the original meanwhile mixes up nothing. */
export const DECLARED = 'declared.jsonl';

/** The objects that the lines of the declared manifest refer to, each once. */
export async function readInput({ folder, inputUri }: ReadInputEvent, { objects }: Ports): Promise<PreparationAnswer> {
  const files = new PreparationFiles(objects, folder);
  if (await files.exists(files.objectsOf(0))) return { next: 'done' };
  const declared = files.uri(DECLARED);
  await objects.writeLines(declared, objects.lines(inputUri));
  const found = new Map<string, { lines: number[]; bucket: string; key: string }>();
  const failed: FailedObject[] = [];
  let number = 0;
  for await (const line of objects.lines(declared)) {
    number++;
    if (line.trim() === '') continue;
    const source = sourceOf(line);
    if (typeof source === 'string') {
      failed.push({ 'lines': [number], 'source-ref': '', 'reason': source });
      continue;
    }
    const known = found.get(sourceRef(source));
    if (known) known.lines.push(number);
    else found.set(sourceRef(source), { lines: [number], ...source });
  }
  await files.write(files.uri(UNREADABLE), failed);
  await files.write(files.objectsOf(0), found.values() as Iterable<PreparedObject>);
  return { next: 'done', objects: found.size, failed: failed.length };
}

/** The object of a line; or why it has none. */
function sourceOf(line: string): { bucket: string; key: string } | string {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return 'the line is not JSON';
  }
  const uri = (record as Record<string, unknown> | null)?.['source-ref'];
  if (typeof uri !== 'string') return 'the line has no "source-ref": there is no object to be prepared';
  return parseUri(uri) ?? `"source-ref" is not like s3://bucket/key: ${uri}`;
}

export function parseUri(uri: string): { bucket: string; key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
