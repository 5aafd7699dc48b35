import { closest } from './answer-boxes';
import { answerAttributes } from './category-attributes';
import { ANNOTATION_LISTS, frameListName, type FrameAnnotations, type FramesField, type VideoFrame } from './frames-field';
import { judgeOne } from './judging';
import { boxOverlap, fitBox, type Box } from './shapes';
import { trueTracks, type Track } from './true-tracks';
import type { Truth } from './truth';
import type { CategoryAttribute } from '../../services/sagemaker/label-category-file';
import type { AnnotatorProfile } from '../annotator';

interface Judge {
  readonly field: FramesField;
  readonly truth: Truth;
  readonly profile: AnnotatorProfile;
  readonly random: () => number;
}

interface Annotation extends Omit<Box, 'label'> {
  readonly 'class-id': string;
}

const SAME_THING = 0.3;
const GOOD = 0.8;

/** Answers the video frame interface in the form of a label sequence file. */
export function answerFrames(field: FramesField, truth: Truth, profile: AnnotatorProfile, random: () => number): Record<string, unknown> {
  const judge = { field, truth, profile, random };
  const tracks = trueTracks(truth, field);
  if (field.initial === undefined) {
    const seen = tracks.map((track) => ({ ...track, label: judgeOne(labels(field), track.label, profile, random) }));
    return { [frameListName(field.tracking)]: field.frames.map((frame, at) => drawFrame(judge, frame, at, seen)).filter((frame) => frame !== undefined) };
  }
  let modified = false;
  const frames = field.initial.map((frame) => {
    const reviewed = reviewFrame(judge, frame, tracks);
    modified ||= reviewed !== frame;
    return reviewed;
  });
  return { [frameListName(field.tracking)]: frames, initialValueModified: modified };
}

function labels({ categories }: FramesField): string[] {
  return categories.labels.map(({ label }) => label);
}

/** A frame in which nothing is seen does not appear. */
function drawFrame(judge: Judge, frame: VideoFrame, at: number, tracks: readonly Track[]): FrameAnnotations | undefined {
  const { field: { categories }, profile, random, truth } = judge;
  const visible = tracks.filter((track) => track.boxAt(at) !== undefined && random() >= (1 - profile.accuracy) / 2);
  if (visible.length === 0) {
    return undefined;
  }
  return {
    [ANNOTATION_LISTS[categories.annotationType ?? 'BoundingBox']]: visible.map((track) => annotation(judge, track, at)),
    'frame-no': String(frame['frame-no']),
    'frame': frame.frame,
    'frame-attributes': answerAttributes(categories.frameAttributes ?? [], `frame/${at}`, truth, profile, random),
  };
}

function annotation(judge: Judge, track: Track, at: number): object {
  const { field, truth, profile, random } = judge;
  const box = track.boxAt(at)!;
  const off = (length: number) => (random() - 0.5) * length * (0.04 + 0.2 * (1 - profile.accuracy));
  const drawn = fitBox({ ...box, left: box.left + off(box.width), top: box.top + off(box.height) }, field.size);
  return {
    ...shape(drawn, field),
    'class-id': String(labels(field).indexOf(track.label)),
    'label-category-attributes': answerAttributes(attributesOf(field, track.label), `track/${track.name}`, truth, profile, random),
    ...(field.tracking && { 'object-id': track.id, 'object-name': `${track.label}:${track.number}` }),
  };
}

function attributesOf({ categories }: FramesField, label: string): CategoryAttribute[] {
  const own = categories.labels.find((category) => category.label === label)?.categoryAttributes ?? [];
  return [...categories.categoryGlobalAttributes ?? [], ...own];
}

/** The same thing as rectangle, polygon, line or point. */
function shape({ left, top, width, height }: Box, { categories }: FramesField): object {
  const [right, bottom] = [left + width, top + height];
  switch (categories.annotationType ?? 'BoundingBox') {
    case 'BoundingBox': return { height, width, top, left };
    case 'Polygon': return { vertices: [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }] };
    case 'Polyline': return { vertices: [{ x: left, y: bottom }, { x: right, y: top }] };
    case 'Keypoint': return { x: left + Math.floor(width / 2), y: top + Math.floor(height / 2) };
  }
}

/** Rectangles that are off are put right, where edits are allowed; what has no counterpart is left to its author. */
function reviewFrame({ field, profile, random }: Judge, frame: FrameAnnotations, tracks: readonly Track[]): FrameAnnotations {
  const at = field.frames.findIndex((each) => String(each['frame-no']) === String(frame['frame-no']));
  const right = tracks.flatMap((track) => track.boxAt(at) ?? []);
  const list = frame.annotations as Annotation[] | undefined;
  let modified = false;
  const corrected = list?.map((annotated) => {
    const best = closest(annotated, right);
    const category = field.categories.labels[Number(annotated['class-id'])];
    const overlap = best === undefined ? 0 : boxOverlap(annotated, best);
    if (category?.editsAllowed === 'none' || overlap < SAME_THING || overlap >= GOOD || random() >= profile.accuracy) {
      return annotated;
    }
    modified = true;
    const { left, top, width, height } = best!;
    return { ...annotated, left, top, width, height };
  });
  return modified ? { ...frame, annotations: corrected } : frame;
}
