import type { FramesField } from './frames-field';
import { fitBox, type Box } from './shapes';
import type { Truth } from './truth';
import { randomUuid } from '../../core/random';

/** A thing on its way through the frames of a video. */
export interface Track {
  readonly name: string;
  readonly id: string;
  readonly label: string;
  /** Tells it from the others by name. */
  readonly number: number;
  /** Where it is in a frame, by the frame's place in the sequence; nowhere before it comes and after it has gone. */
  boxAt(frame: number): Box | undefined;
}

/** One to three things by the sequence's own chance, each moving evenly. */
export function trueTracks(truth: Truth, { frames, size, categories }: Pick<FramesField, 'frames' | 'size' | 'categories'>): Track[] {
  const random = truth.drawn('tracks');
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => {
    const { label } = categories.labels[Math.floor(random() * categories.labels.length)];
    const [width, height] = [size.width * (0.1 + 0.2 * random()), size.height * (0.1 + 0.2 * random())];
    const [from, to] = [point(size.width - width, size.height - height, random), point(size.width - width, size.height - height, random)];
    const first = index === 0 ? 0 : Math.floor(random() * frames.length / 2);
    const last = index === 0 ? frames.length - 1 : Math.floor(frames.length / 2 + random() * frames.length / 2);
    return {
      name: String(index),
      id: randomUuid(random),
      label,
      number: index + 1,
      boxAt: (frame) => {
        if (frame < first || frame > last) {
          return undefined;
        }
        const share = frames.length === 1 ? 0 : frame / (frames.length - 1);
        const between = (start: number, end: number) => start + (end - start) * share;
        return fitBox({ label, left: between(from.x, to.x), top: between(from.y, to.y), width, height }, size);
      },
    };
  });
}

function point(width: number, height: number, random: () => number): { readonly x: number; readonly y: number } {
  return { x: random() * width, y: random() * height };
}
