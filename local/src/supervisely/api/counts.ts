import { badRequest } from '../errors';
import type { Dataset } from '../store/records';
import type { Store } from '../store/store';

/** Images and their bytes, over datasets. */
export function datasetCounts(store: Store, datasets: readonly Dataset[]): { imagesCount: number; size: number } {
  const images = datasets.flatMap(({ id }) => store.images.of(id));
  return { imagesCount: images.length, size: images.reduce((sum, image) => sum + (image.size ?? 0), 0) };
}

/** Names are unique among their siblings. */
export function freeName(siblings: ReadonlyArray<{ readonly id: number; readonly name: string }>, name: string, where: string): void {
  const twin = siblings.find((sibling) => sibling.name === name);
  if (twin) throw badRequest(`${where} named "${name}" already`, { type: 'NONUNIQUE', errors: [{ id: twin.id, name }] });
}
