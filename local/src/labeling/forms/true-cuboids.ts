import type { PointCloudField, Position } from './point-cloud-field';
import type { Truth } from './truth';
import { randomUuid } from '../../core/random';

/** A thing in the cloud; it moves evenly from frame to frame. */
export interface Thing {
  readonly name: string;
  readonly id: string;
  readonly label: string;
  readonly number: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly yaw: number;
  centerAt(frame: number): Position;
}

/** One to three things, each around a point of the cloud, by the object's own chance. */
export function trueThings(truth: Truth, { cloud, categories }: Pick<PointCloudField, 'cloud' | 'categories'>): Thing[] {
  const random = truth.drawn('things');
  const extent = (axis: 'x' | 'y' | 'z') => Math.max(0.001, cloud.max[axis] - cloud.min[axis]);
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => {
    const { label } = categories.labels[Math.floor(random() * categories.labels.length)];
    const center = cloud.points[Math.floor(random() * cloud.points.length)];
    const step = { x: extent('x') * 0.01 * (random() - 0.5), y: extent('y') * 0.01 * (random() - 0.5) };
    return {
      name: String(index),
      id: randomUuid(random),
      label,
      number: index + 1,
      length: extent('x') * (0.1 + 0.2 * random()),
      width: extent('y') * (0.1 + 0.2 * random()),
      height: extent('z') * (0.3 + 0.5 * random()),
      yaw: (random() - 0.5) * Math.PI,
      centerAt: (frame) => ({ x: center.x + step.x * frame, y: center.y + step.y * frame, z: center.z }),
    };
  });
}

/** Whether a point lies in a thing, which is turned about the vertical by its yaw. */
export function contains(thing: Thing, point: Position): boolean {
  const center = thing.centerAt(0);
  const [x, y] = [point.x - center.x, point.y - center.y];
  const along = x * Math.cos(thing.yaw) + y * Math.sin(thing.yaw);
  const across = y * Math.cos(thing.yaw) - x * Math.sin(thing.yaw);
  return Math.abs(along) <= thing.length / 2 && Math.abs(across) <= thing.width / 2 && Math.abs(point.z - center.z) <= thing.height / 2;
}
