import type { DrawnObject, Point, Size } from './drawn-shape';
import type { LabelClass } from './label-classes';
import { commonMetadata, confidenceOf, LabelOrigin } from './label-metadata';
import { BACKGROUND, channelsOf, distinctColors, MOST_MASK_ENTRIES } from './mask-colors';
import { Canvas, emptyCanvas, paint } from './paint';
import { boxOf, pixelOf } from './pixel-box';

/** The value of a label attribute and its metadata. */
export interface Label {
  readonly value: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Objects that the label says. */
  readonly objects: number;
}

/** A label whose value is the URI of an indexed PNG. */
export interface MaskLabel extends Omit<Label, 'value'> {
  readonly canvas: Canvas;
  readonly palette: ReadonlyArray<readonly [number, number, number]>;
}

/** Ground Truth counts colours of photographs, and asks nobody. */
const DEPTH = 3;

export function boxLabel(image: Size, objects: readonly DrawnObject[], classes: readonly LabelClass[], origin: LabelOrigin): Label {
  const annotations = objects.flatMap(({ classId, shape }) => {
    const box = boxOf(shape, image);
    return box ? [{ class_id: classId, ...box }] : [];
  });
  return {
    value: { image_size: [{ width: image.width, height: image.height, depth: DEPTH }], annotations },
    metadata: {
      'objects': annotations.map(() => ({ confidence: confidenceOf(origin) })),
      'class-map': classMap(annotations.map(({ class_id }) => class_id), classes),
      ...commonMetadata('boundingBox', origin),
    },
    objects: annotations.length,
  };
}

export function polygonLabel(image: Size, objects: readonly DrawnObject[], classes: readonly LabelClass[], origin: LabelOrigin): Label {
  const shown = objects.flatMap(({ classId, shape }) => {
    const lines = linesOf(shape, image);
    return lines ? [{ classId, lines }] : [];
  });
  return {
    value: {
      inputImageProperties: { width: image.width, height: image.height },
      polygons: shown.map(({ classId, lines: [vertices, ...holes] }) => ({ label: classes[classId].name, vertices, ...holes.length > 0 && { holes } })),
    },
    metadata: { 'class-map': classMap(shown.map(({ classId }) => classId), classes), ...commonMetadata('polygons', origin) },
    objects: shown.length,
  };
}

type Vertex = ReturnType<typeof pixelOf>;

/** The outline first, then the holes; undefined for what has no outline. */
function linesOf(shape: DrawnObject['shape'], image: Size): Vertex[][] | undefined {
  const inPixels = (line: readonly Point[]): Vertex[] => line.map((point) => pixelOf(point, image));
  if (shape.kind === 'polygon') return [shape.exterior, ...shape.holes].map(inPixels);
  const box = shape.kind === 'rectangle' ? boxOf(shape, image) : undefined;
  if (!box) return undefined;
  const [left, top, right, bottom] = [box.left, box.top, box.left + box.width - 1, box.top + box.height - 1];
  return [[{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }]];
}

/** A pixel's number is its class's plus one. */
export function segmentationLabel(image: Size, objects: readonly DrawnObject[], classes: readonly LabelClass[], origin: LabelOrigin): MaskLabel {
  const canvas = emptyCanvas(image);
  for (const { classId, shape } of objects) paint(canvas, shape, classId + 1);
  return maskLabel(canvas, classes, objects.length, { ...commonMetadata('semanticSegmentation', origin) }, origin);
}

/** A pixel's number is its object's, from 1. */
export function instanceLabel(image: Size, objects: readonly DrawnObject[], classes: readonly LabelClass[], origin: LabelOrigin): MaskLabel {
  const canvas = emptyCanvas(image);
  const shown = objects.slice(0, MOST_MASK_ENTRIES);
  shown.forEach(({ shape }, index) => paint(canvas, shape, index + 1));
  const entries = shown.map(({ classId }) => ({ name: classes[classId].name }));
  const label = maskLabel(canvas, entries, shown.length, commonMetadata('instanceSegmentation', origin), origin);
  // as the worker page's element tells them
  const instances = Object.values(label.metadata['internal-color-map'] as ColorMap).slice(1).map((entry) => ({ color: entry['hex-color'], label: entry['class-name'] }));
  return { ...label, metadata: { instances, ...label.metadata } };
}

type ColorMap = Readonly<Record<string, { readonly 'class-name': string; readonly 'hex-color': string }>>;

function maskLabel(canvas: Canvas, entries: readonly LabelClass[], objects: number, common: Readonly<Record<string, unknown>>, origin: LabelOrigin): MaskLabel {
  const all = [BACKGROUND, ...distinctColors(entries.map(({ color }) => color)).map((color, index) => ({ name: entries[index].name, color }))];
  const confidence = confidenceOf(origin);
  return {
    canvas,
    palette: all.map(({ color }) => channelsOf(color)),
    metadata: {
      'internal-color-map': Object.fromEntries(all.map(({ name, color }, index) => [String(index), { 'class-name': name, 'hex-color': color, confidence }])),
      ...common,
    },
    objects,
  };
}

/** Undefined where there is not exactly one class. */
export function singleLabel(chosen: readonly number[], classes: readonly LabelClass[], origin: LabelOrigin): Label | undefined {
  if (chosen.length !== 1) return undefined;
  const [value] = chosen;
  const metadata = { 'class-name': classes[value].name, 'confidence': confidenceOf(origin), ...commonMetadata('classification', origin) };
  return { value, metadata, objects: 1 };
}

export function multiLabel(chosen: readonly number[], classes: readonly LabelClass[], origin: LabelOrigin): Label {
  const value = [...chosen].sort((a, b) => a - b);
  return {
    value,
    metadata: {
      'class-map': classMap(value, classes),
      'confidence-map': Object.fromEntries(value.map((id) => [String(id), confidenceOf(origin)])),
      ...commonMetadata('multiLabelClassification', origin),
    },
    objects: value.length,
  };
}

/** The classes that occur, by their numbers. */
function classMap(ids: readonly number[], classes: readonly LabelClass[]): Record<string, string> {
  return Object.fromEntries([...new Set(ids)].sort((a, b) => a - b).map((id) => [String(id), classes[id].name]));
}
