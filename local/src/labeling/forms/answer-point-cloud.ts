import { deflateSync } from 'node:zlib';
import { answerAttributes } from './category-attributes';
import { judgeOne } from './judging';
import type { CloudFrame, Cuboid, CuboidFrame, PointCloudField } from './point-cloud-field';
import { contains, trueThings, type Thing } from './true-cuboids';
import type { Truth } from './truth';
import type { AnnotatorProfile } from '../annotator';

interface Judge {
  readonly field: PointCloudField;
  readonly truth: Truth;
  readonly profile: AnnotatorProfile;
  readonly random: () => number;
}

/** Answers the point cloud interfaces in the form of what becomes of their answers: one worker labels each object, nothing is merged. */
export function answerPointCloud(field: PointCloudField, truth: Truth, profile: AnnotatorProfile, random: () => number): Record<string, unknown> {
  const judge = { field, truth, profile, random };
  const things = trueThings(truth, field).map((thing) => ({ ...thing, label: judgeOne(labels(field), thing.label, profile, random) }));
  return field.task === 'segmentation' ? paintPoints(judge, things) : drawCuboids(judge, things);
}

function labels({ categories }: PointCloudField): string[] {
  return categories.labels.map(({ label }) => label);
}

/** One byte a point: 0 is the background, then the labels in their order. */
function paintPoints({ field, truth, profile, random }: Judge, things: readonly Thing[]): Record<string, unknown> {
  const right = Uint8Array.from(field.cloud.points, (point) => {
    const thing = things.find((each) => contains(each, point));
    return thing === undefined ? 0 : labels(field).indexOf(thing.label) + 1;
  });
  const reviewed = field.initial?.classes;
  const editable = field.categories.labels.some((category) => category.editsAllowed !== 'none');
  const modified = reviewed !== undefined && editable && random() < profile.accuracy && !Buffer.from(reviewed).equals(Buffer.from(right));
  return {
    pointClasses: deflateSync(reviewed === undefined || modified ? right : reviewed).toString('base64'),
    frameAttributes: answerAttributes(field.categories.frameAttributes ?? [], 'frame/0', truth, profile, random),
    ...(reviewed !== undefined && { initialValueModified: modified }),
  };
}

function drawCuboids(judge: Judge, things: readonly Thing[]): Record<string, unknown> {
  const { field, profile, random } = judge;
  const prior = field.initial?.frames;
  if (prior === undefined) {
    const seen = things.filter(() => random() >= (1 - profile.accuracy) / 2);
    return { 'tracking-annotations': field.frames.map((frame, at) => drawFrame(judge, frame, at, seen)) };
  }
  let modified = false;
  const frames = prior.map((frame) => ({
    ...frame, annotations: frame.annotations.map((cuboid) => {
      const editable = field.categories.labels[cuboid['class-id']]?.editsAllowed !== 'none';
      const corrected = editable ? correct(cuboid, things, field) : cuboid;
      modified ||= corrected !== cuboid;
      return corrected;
    }),
  }));
  return { 'tracking-annotations': frames, 'initialValueModified': modified };
}

function drawFrame(judge: Judge, frame: CloudFrame, at: number, things: readonly Thing[]): CuboidFrame {
  const { field: { categories }, truth, profile, random } = judge;
  return {
    'frame-number': frame.number,
    'frame-name': frame.name,
    'frame-attributes': answerAttributes(categories.frameAttributes ?? [], `frame/${at}`, truth, profile, random),
    'annotations': things.map((thing) => cuboidOf(judge, thing, at)),
  };
}

function cuboidOf({ field, truth, profile, random }: Judge, thing: Thing, at: number): Cuboid {
  const center = thing.centerAt(at);
  const off = (length: number) => (random() - 0.5) * length * (0.04 + 0.2 * (1 - profile.accuracy));
  const own = field.categories.labels.find((category) => category.label === thing.label)?.categoryAttributes ?? [];
  return {
    'label-category-attributes': answerAttributes([...field.categories.categoryGlobalAttributes ?? [], ...own], `thing/${thing.name}`, truth, profile, random),
    'object-name': `${thing.label}:${thing.number}`,
    'class-id': labels(field).indexOf(thing.label),
    'center-x': center.x + off(thing.length),
    'center-y': center.y + off(thing.width),
    'center-z': center.z,
    'length': thing.length,
    'width': thing.width,
    'height': thing.height,
    'roll': 0,
    'pitch': 0,
    'yaw': Math.PI - thing.yaw,
    ...(field.task === 'tracking' && { 'object-id': thing.id }),
  };
}

/** A cuboid that is off by more than a tenth of its length goes where its thing is. */
function correct(cuboid: Cuboid, things: readonly Thing[], field: PointCloudField): Cuboid {
  const distance = (thing: Thing) => Math.hypot(thing.centerAt(0).x - cuboid['center-x'], thing.centerAt(0).y - cuboid['center-y']);
  const own = things.filter((thing) => labels(field).indexOf(thing.label) === cuboid['class-id']).sort((a, b) => distance(a) - distance(b)).at(0);
  if (field.task === 'tracking' || own === undefined || distance(own) < cuboid.length / 10 || distance(own) > cuboid.length) {
    return cuboid;
  }
  return { ...cuboid, 'center-x': own.centerAt(0).x, 'center-y': own.centerAt(0).y };
}
