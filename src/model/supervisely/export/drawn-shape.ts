/** What is drawn on an image, in the server's own coordinates: between pixels, so that the pixel in the corner spans 0 to 1. */
export type DrawnShape = DrawnRectangle | DrawnPolygon | DrawnMask;
export type Point = readonly [x: number, y: number];

export interface DrawnRectangle {
  readonly kind: 'rectangle';
  /** Any two opposite corners. */
  readonly corners: readonly [Point, Point];
}

export interface DrawnPolygon {
  readonly kind: 'polygon';
  readonly exterior: readonly Point[];
  readonly holes: ReadonlyArray<readonly Point[]>;
}

export interface DrawnMask extends Size {
  readonly kind: 'mask';
  readonly left: number;
  readonly top: number;
  /** Row by row, other than 0 where the object is. */
  readonly pixels: Uint8Array;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An object on an image. */
export interface DrawnObject {
  /** Number of its class, from 0. */
  readonly classId: number;
  readonly shape: DrawnShape;
}
