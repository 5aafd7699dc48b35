import type { LabelCategories } from '../../services/sagemaker/label-category-file';

export interface Position {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The points of a cloud and the box that they fill. */
export interface PointCloud {
  readonly points: readonly Position[];
  readonly min: Position;
  readonly max: Position;
}

export interface CloudFrame {
  readonly number: number;
  readonly name: string;
}

/** Point clouds, in the service's own user interface: cuboids in one frame, cuboids followed over frames, or a class for each point. */
export interface PointCloudField {
  readonly kind: 'point-cloud';
  readonly task: 'detection' | 'tracking' | 'segmentation';
  readonly categories: LabelCategories;
  readonly frames: readonly CloudFrame[];
  /** The first frame's points. */
  readonly cloud: PointCloud;
  /** What an earlier job made of it, where it is reviewed. */
  readonly initial?: PriorLabels;
}

export interface PriorLabels {
  readonly frames?: readonly CuboidFrame[];
  readonly classes?: Uint8Array;
}

export interface CuboidFrame {
  readonly 'frame-number': number;
  readonly 'frame-name': string;
  readonly 'frame-attributes': Readonly<Record<string, unknown>>;
  readonly 'annotations': readonly Cuboid[];
}

export interface Cuboid {
  readonly 'label-category-attributes': Readonly<Record<string, unknown>>;
  readonly 'object-name': string;
  readonly 'class-id': number;
  readonly 'center-x': number;
  readonly 'center-y': number;
  readonly 'center-z': number;
  readonly 'length': number;
  readonly 'width': number;
  readonly 'height': number;
  readonly 'roll': number;
  readonly 'pitch': number;
  readonly 'yaw': number;
  readonly 'object-id'?: string;
}
