import * as fc from 'fast-check';
import { readLabels } from '../../../runtime/supervisely-dataset-import/read-labels';
import { encodeMask, readMask } from '../../../runtime/supervisely-labels-export/masks';
import type { DrawnObject } from '../../../src/model/supervisely/export/drawn-shape';
import { boxLabel, instanceLabel, Label, MaskLabel, multiLabel, polygonLabel, segmentationLabel, singleLabel } from '../../../src/model/supervisely/export/labels';
import { chosenClasses, drawnObjects, type ServerObject } from '../../../src/model/supervisely/export/server-annotation';
import type { ImageLabels } from '../../../src/model/supervisely/import/annotation';
import type { LabelForm } from '../../../src/model/supervisely/import/label-source';

/** What goes in comes out: a label that was imported and exported again is the same label. */
const IMAGE = { width: 9, height: 7 };
const CLASSES = [{ name: 'lemon', color: '#ffff00' }, { name: 'kiwi', color: '#00ff00' }, { name: 'plum', color: '#8800ff' }];
const ORIGIN = { jobName: 'fruit', labeledAt: '2026-01-02T03:04:05.678Z', accepted: false };

const classId = fc.integer({ min: 0, max: CLASSES.length - 1 });
const span = (size: number) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 1, max: size })).filter(([from, to]) => from < to);
const box = fc.tuple(classId, span(IMAGE.width), span(IMAGE.height))
  .map(([id, [left, right], [top, bottom]]): DrawnObject => ({ classId: id, shape: { kind: 'rectangle', corners: [[left, top], [right, bottom]] } }));
const point = fc.tuple(fc.integer({ min: 0, max: IMAGE.width - 1 }), fc.integer({ min: 0, max: IMAGE.height - 1 }));
const points = fc.array(point, { minLength: 3, maxLength: 6 });
const polygon = fc.tuple(classId, points, fc.array(points, { maxLength: 2 }))
  .map(([id, exterior, holes]): DrawnObject => ({ classId: id, shape: { kind: 'polygon', exterior, holes } }));
const mask = fc.tuple(classId, span(IMAGE.width), span(IMAGE.height), fc.infiniteStream(fc.boolean()))
  .map(([id, [left, right], [top, bottom], bits]): DrawnObject => {
    const pixels = Uint8Array.from({ length: (right - left) * (bottom - top) }, () => Number(bits.next().value));
    return { classId: id, shape: { kind: 'mask', left, top, width: right - left, height: bottom - top, pixels } };
  });

/** A label on its way into the server, through the import's own reader. */
async function imported(form: LabelForm, value: unknown, metadata: Label['metadata'], png?: Uint8Array): Promise<ImageLabels> {
  const labels = await readLabels([{ attribute: 'fruit', form, value, metadata } as never], { whole: async () => png } as never);
  if (typeof labels === 'string') throw new Error(labels);
  return labels;
}

/** And out of it: the server keeps what it is given. */
function drawn({ objects }: ImageLabels): DrawnObject[] {
  return drawnObjects(objects as unknown as ServerObject[], CLASSES, readMask).drawn;
}

test.each<[string, LabelForm, typeof boxLabel, fc.Arbitrary<DrawnObject>]>([
  ['boxes', 'BOUNDING_BOX', boxLabel, box],
  ['polygons', 'POLYGON', polygonLabel, polygon],
])('%s', async (_, form, labelOf, object) => {
  await fc.assert(fc.asyncProperty(fc.array(object, { maxLength: 5 }), async (objects) => {
    const label = labelOf(IMAGE, objects, CLASSES, ORIGIN);
    expect(labelOf(IMAGE, drawn(await imported(form, label.value, label.metadata)), CLASSES, ORIGIN)).toEqual(label);
  }));
});

test.each<[string, LabelForm, typeof segmentationLabel]>([
  ['a class for each pixel', 'SEMANTIC_SEGMENTATION', segmentationLabel],
  ['an object for each pixel', 'INSTANCE_SEGMENTATION', instanceLabel],
])('%s', async (_, form, labelOf) => {
  const seen = ({ canvas, metadata }: MaskLabel) => [...canvas.pixels].map((number) => (metadata['internal-color-map'] as Record<string, Record<string, string>>)[number]['class-name']);
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof(mask, box, polygon), { maxLength: 4 }), async (objects) => {
    const label = labelOf(IMAGE, objects, CLASSES, ORIGIN);
    const again = labelOf(IMAGE, drawn(await imported(form, 's3://masks/1.png', label.metadata, encodeMask(label))), CLASSES, ORIGIN);
    expect(seen(again)).toEqual(seen(label));
    if (form === 'SEMANTIC_SEGMENTATION') expect([[...again.canvas.pixels], again.palette, again.metadata]).toEqual([[...label.canvas.pixels], label.palette, label.metadata]);
    else expect(new Set(again.canvas.pixels).size).toBe(new Set(label.canvas.pixels).size);
  }));
});

test('classes of images', async () => {
  const tags = async (label: Label): Promise<number[]> => {
    const { tags: names } = await imported('CLASSIFICATION', label.value, label.metadata);
    return chosenClasses(names.map((name) => ({ name, value: null })), CLASSES, undefined);
  };
  for (const id of CLASSES.keys()) {
    const label = singleLabel([id], CLASSES, ORIGIN)!;
    expect(singleLabel(await tags(label), CLASSES, ORIGIN)).toEqual(label);
  }
  await fc.assert(fc.asyncProperty(fc.uniqueArray(classId), async (ids) => {
    const label = multiLabel(ids, CLASSES, ORIGIN);
    expect(multiLabel(await tags(label), CLASSES, ORIGIN)).toEqual(label);
  }));
});
