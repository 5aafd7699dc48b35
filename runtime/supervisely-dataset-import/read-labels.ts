import { bitmapOf } from './bitmap';
import { type ImportObjects, Unreadable } from './ports';
import { type ImageLabels, joined } from '../../src/model/supervisely/import/annotation';
import type { LineLabel } from '../../src/model/supervisely/import/import-line';
import { LabelProblem } from '../../src/model/supervisely/import/label-problem';
import type { LabelForm } from '../../src/model/supervisely/import/label-source';
import { instances, type MaskDescription, segmentation } from '../../src/model/supervisely/import/mask-labels';
import { regionsOf } from '../../src/model/supervisely/import/mask-regions';
import { boxes, classes, isMachineMade, polygons } from '../../src/model/supervisely/import/shape-labels';
import { errorMessage } from '../shared/errors';
import { pngPixels, pngSize } from '../shared/png';

/** 8,000 x 8,000 pixels: four samples each, twice while a PNG is decoded, are a third of the function's memory. */
const MOST_PIXELS = 64_000_000;
const MOST_MASK_BYTES = 64 * 1024 * 1024;

type Read = (label: LineLabel, objects: ImportObjects) => ImageLabels | Promise<ImageLabels>;

const FORMS: Readonly<Record<LabelForm, Read>> = {
  BOUNDING_BOX: boxes,
  POLYGON: polygons,
  CLASSIFICATION: classes,
  SEMANTIC_SEGMENTATION: (label, objects) => masks(segmentation(label), label, objects),
  INSTANCE_SEGMENTATION: (label, objects) => masks(instances(label), label, objects),
};

/** All labels of a line in the server's form, or a text that says why there are none. */
export async function readLabels(labels: readonly LineLabel[], objects: ImportObjects): Promise<ImageLabels | string> {
  try {
    const parts: ImageLabels[] = [];
    for (const label of labels) parts.push(await FORMS[label.form](label, objects));
    return joined(parts);
  } catch (error) {
    // a label of another form than the declared one ends in one of the latter two
    if (error instanceof LabelProblem || error instanceof Unreadable || error instanceof TypeError || error instanceof SyntaxError) return errorMessage(error);
    throw error;
  }
}

async function masks({ at, objects: painted, background }: MaskDescription, label: LineLabel, objects: ImportObjects): Promise<ImageLabels> {
  const png = 'uri' in at ? await objects.whole(at.uri, MOST_MASK_BYTES) : Buffer.from(at.base64.replace(/^data:[^,]*,/, ''), 'base64');
  const size = pngSize(png);
  if (!size) throw new LabelProblem(`the mask of "${label.attribute}" is no PNG`);
  if (size.width * size.height > MOST_PIXELS) {
    throw new LabelProblem(`the mask of "${label.attribute}" has ${size.width} x ${size.height} pixels, at most ${MOST_PIXELS} are read`);
  }
  const regions = regionsOf(decoded(png, label), painted.map(({ color }) => color), background);
  return {
    tags: [],
    objects: regions.flatMap((region, index) => (region
      ? [{ classTitle: painted[index].classTitle, geometryType: 'bitmap' as const, bitmap: bitmapOf(region), nnCreated: isMachineMade(label) }] : [])),
  };
}

function decoded(png: Uint8Array, { attribute }: LineLabel): ReturnType<typeof pngPixels> {
  try {
    return pngPixels(png);
  } catch (error) {
    throw new LabelProblem(`the mask of "${attribute}" cannot be decoded: ${errorMessage(error)}`);
  }
}
