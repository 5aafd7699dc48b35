import type { ImportObjects } from './ports';
import { importLine, isUsable, type UnusableLine } from '../../src/model/supervisely/import/import-line';
import { LIMITS } from '../../src/model/supervisely/limits';
import { UserError } from '../shared/errors';

/**
 * Refuses a manifest that is not there, or whose first batch names no image: an import of it would end at that batch, with project and dataset made
 * for nothing. One bad line among good ones is reported when its turn comes.
 */
export async function checkManifest(uri: string, objects: Pick<ImportObjects, 'exists' | 'linesFrom'>): Promise<void> {
  if (!await objects.exists(uri)) throw new UserError(`there is no manifest at ${uri}: nothing was made on the server. Put it there, or correct "input"`);
  const first: UnusableLine[] = [];
  let number = 0;
  for await (const text of objects.linesFrom(uri, 0)) {
    const line = importLine(text, ++number, []);
    if (!line) continue;
    // which of its keys are labels, and so how much the others are, is for the import to know
    if (isUsable(line) || line.sourceRef?.startsWith('s3://')) return;
    first.push(line);
    if (first.length === LIMITS.imagesPerRequest) break;
  }
  if (first.length === 0) return;
  throw new UserError(`none of the first ${first.length} lines of ${uri} names an image; line ${first[0].number}: ${first[0].reason}. Nothing was made on the server: correct the manifest`);
}
