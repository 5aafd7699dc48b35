import type { DatasetPorts } from './interface';
import type { DatasetPart, DatasetSpec } from '../../../src/groundtruth/private/job-fleet-contract';
import { LineDigest } from '../../../src/model/dataset/line-digest';
import { PlannedPart, planParts } from '../../../src/model/dataset/split';
import { canonicalJson, sha256 } from '../../../src/model/groundtruth/identity';
import { under } from '../../shared/s3-uri';

/** Lines that are to become parts. */
export interface Batch {
  readonly objects: number;
  /** Names the lines: equal text, equal lines. */
  readonly identity: string;
  /** Read once, from the first to the last. */
  readonly lines: AsyncIterable<string>;
}

/**
 * Writes new parts, one after the other while the lines stream by. Their place is named by what is in them, so that a repeated run
 * writes the same again or finds it there. `undefined` when the time is over.
 */
export async function writeParts(
  batch: Batch, dataset: DatasetSpec, partsBefore: number, ports: DatasetPorts, isTimeOver: () => boolean,
): Promise<DatasetPart[] | undefined> {
  const plan = planParts(batch.objects, { ...dataset, partsBefore });
  const folder = under(dataset.partsUri, sha256(canonicalJson([batch.identity, plan])).slice(0, 16));
  const parts: DatasetPart[] = [];
  const lines = batch.lines[Symbol.asyncIterator]();
  try {
    for (const part of plan) {
      if (isTimeOver()) return undefined;
      parts.push(await writePart(part, under(folder, `${part.key}.manifest`), lines, ports));
    }
    return parts;
  } finally {
    await lines.return?.();
  }
}

async function writePart({ key, share, objects }: PlannedPart, uri: string, lines: AsyncIterator<string>, ports: DatasetPorts): Promise<DatasetPart> {
  const digest = new LineDigest();
  const own = take(lines, objects, digest);
  if (await ports.version(uri) === undefined) await ports.writeLines(uri, own);
  else for await (const _ of own); // written by a run that did not come to its end
  return { key, share, uri, objects, digest: digest.value };
}

/** The next lines; the rest stays where it is. */
async function* take(lines: AsyncIterator<string>, count: number, digest: LineDigest): AsyncIterable<string> {
  for (let left = count; left > 0; left--) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the dataset ended ${left} lines too early: it was changed while it was read, deploy again`);
    digest.add(value);
    yield value;
  }
}

/** Several files of lines as one. */
export async function* concatenated(uris: readonly string[], ports: DatasetPorts): AsyncIterable<string> {
  for (const uri of uris) yield* ports.lines(uri);
}
