import type { SceneObject } from './scene';
import type { Geometry, Point } from '../api/geometry';
import { drawMask } from '../api/mask';

export interface Drawing {
  readonly geometryType: string;
  readonly geometry: Geometry;
}

/** How a labeler draws an object of each shape, between pixels as the labeling tool does. */
const DRAWERS: Readonly<Record<string, (object: SceneObject) => Geometry>> = {
  rectangle: ({ left, top, right, bottom }) => points([[left, top], [right, bottom]]),
  polygon: (object) => points(outline(object)),
  line: ({ left, top, right, bottom }) => points([[left + 0.5, top + 0.5], [(left + right) / 2, bottom - 0.5], [right - 0.5, top + 0.5]]),
  point: ({ left, top, right, bottom }) => points([[(left + right) / 2, (top + bottom) / 2]]),
  bitmap: mask,
};

/** A class that takes any shape gets rectangles. */
export function draw(object: SceneObject): Drawing {
  const geometryType = object.objectClass.shape === 'any' ? 'rectangle' : object.objectClass.shape;
  return { geometryType, geometry: DRAWERS[geometryType](object) };
}

function points(exterior: readonly Point[]): Geometry {
  return { points: { exterior, interior: [] } };
}

const CORNERS = 12;

/** Fruits are round. */
function outline({ left, top, right, bottom }: SceneObject): Point[] {
  return Array.from({ length: CORNERS }, (_, corner) => {
    const angle = 2 * Math.PI * corner / CORNERS;
    return [(left + right) / 2 + (right - left) / 2 * Math.cos(angle), (top + bottom) / 2 + (bottom - top) / 2 * Math.sin(angle)];
  });
}

function mask({ left, top, right, bottom }: SceneObject): Geometry {
  const [width, height] = [right - left, bottom - top];
  const isInside = (x: number, y: number): boolean => ((x + 0.5) / width * 2 - 1) ** 2 + ((y + 0.5) / height * 2 - 1) ** 2 <= 1;
  return { bitmap: { data: drawMask({ width, height }, isInside), origin: [left, top] } };
}
