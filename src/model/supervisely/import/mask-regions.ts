import { LabelProblem } from './label-problem';

/** A decoded image: samples of eight bits, row by row, or numbers into a palette. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: ArrayLike<number>;
  readonly palette?: readonly (readonly number[])[];
}

/** Where a colour was found: one bit a pixel, the first one highest, each row beginning with a byte of its own. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
}

interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Number of pixels that show nothing. */
const NOTHING = 0;

/**
 * The region of each of these colours (`#rrggbb`), in their order; nothing for a colour that does not occur. Memory is a few bytes a pixel, however
 * many colours there are.
 */
export function regionsOf(image: Pixels, colors: readonly string[], background: readonly string[]): Array<Region | undefined> {
  const numbers = new Uint16Array(image.width * image.height);
  const bounds = new Array<Bounds | undefined>(colors.length);
  const numberOf = reader(image, colors, background);
  for (let y = 0, pixel = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, pixel++) {
      const number = numbers[pixel] = numberOf(pixel);
      if (number !== NOTHING) bounds[number - 1] = grown(bounds[number - 1], x, y);
    }
  }
  return bounds.length === 0 ? [] : Array.from(bounds, (found, index) => found && region(numbers, image.width, index + 1, found));
}

/** From 1 the place of a pixel's colour among the given ones; a colour that means nothing is an error. */
function reader({ channels, data, palette, width }: Pixels, colors: readonly string[], background: readonly string[]): (pixel: number) => number {
  const known = new Map<number, number>(background.map((color) => [keyOf(color), NOTHING]));
  colors.forEach((color, index) => known.set(keyOf(color), index + 1));
  const number = (red: number, green: number, blue: number, alpha: number, pixel: number): number => {
    if (alpha === 0) return NOTHING;
    const key = red * 65_536 + green * 256 + blue;
    const found = known.get(key);
    if (found !== undefined) return found;
    const place = `${pixel % width},${Math.floor(pixel / width)}`;
    throw new LabelProblem(`the mask has the colour ${colorOf(key)} at ${place}, which names no class; those that do: ${colors.join(', ') || 'none'}`);
  };
  if (palette) {
    return (pixel) => {
      const [red, green, blue, alpha = 255] = palette[data[pixel]];
      return number(red, green, blue, alpha, pixel);
    };
  }
  const hasAlpha = channels === 2 || channels === 4;
  return (pixel) => {
    const at = pixel * channels;
    const alpha = hasAlpha ? data[at + channels - 1] : 255;
    return channels < 3 ? number(data[at], data[at], data[at], alpha, pixel) : number(data[at], data[at + 1], data[at + 2], alpha, pixel);
  };
}

function keyOf(color: string): number {
  return parseInt(color.slice(1), 16);
}

function colorOf(key: number): string {
  return `#${key.toString(16).padStart(6, '0')}`;
}

function grown(bounds: Bounds | undefined, x: number, y: number): Bounds {
  if (!bounds) return { left: x, top: y, right: x, bottom: y };
  if (x < bounds.left) bounds.left = x;
  if (x > bounds.right) bounds.right = x;
  bounds.bottom = y;
  return bounds;
}

function region(numbers: Uint16Array, imageWidth: number, number: number, { left, top, right, bottom }: Bounds): Region {
  const [width, height] = [right - left + 1, bottom - top + 1];
  const stride = Math.ceil(width / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * imageWidth + left;
    for (let x = 0; x < width; x++) if (numbers[from + x] === number) rows[y * stride + (x >> 3)] |= 0x80 >> (x & 7);
  }
  return { left, top, width, height, rows };
}
