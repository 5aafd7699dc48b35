import type { Size } from './shapes';
import type { LabelCategories } from '../../services/sagemaker/label-category-file';

export interface VideoFrame {
  readonly 'frame-no': number;
  readonly 'frame': string;
}

/** The frames of a video, in the service's own user interface. */
export interface FramesField {
  readonly kind: 'frames';
  /** Tracking tells one thing from another across frames. */
  readonly tracking: boolean;
  readonly categories: LabelCategories;
  readonly frames: readonly VideoFrame[];
  readonly size: Size;
  /** The frames as labeled before, where they are reviewed. */
  readonly initial?: readonly FrameAnnotations[];
}

/** One frame of a label sequence file: the list of its annotations is named by their type. */
export interface FrameAnnotations {
  readonly 'frame-no': string;
  readonly 'frame': string;
  readonly 'frame-attributes': Readonly<Record<string, unknown>>;
  readonly [list: string]: unknown;
}

/** What the lists of annotations are called. */
export const ANNOTATION_LISTS = { BoundingBox: 'annotations', Polyline: 'polylines', Polygon: 'polygons', Keypoint: 'keypoints' } as const;

/** What the file's list of frames is called. */
export function frameListName(tracking: boolean): 'tracking-annotations' | 'detection-annotations' {
  return tracking ? 'tracking-annotations' : 'detection-annotations';
}
