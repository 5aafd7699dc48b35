/** What no object covers. */
export const BACKGROUND = { name: 'BACKGROUND', color: '#ffffff' } as const;
/** A pixel is a byte, and 0 is the background. */
export const MOST_MASK_ENTRIES = 255;

const COLOR = /^#[0-9a-f]{6}$/;
const GOLDEN_ANGLE = 137.508;

/** A colour for each entry, its own where that is no other's: by its colour a reader tells what a pixel is. */
export function distinctColors(wanted: ReadonlyArray<string | undefined>): string[] {
  const taken = new Set<string>([BACKGROUND.color]);
  const own = wanted.map((given) => {
    const color = given?.toLowerCase();
    if (color === undefined || !COLOR.test(color) || taken.has(color)) return undefined;
    taken.add(color);
    return color;
  });
  let next = 0;
  return own.map((color) => {
    if (color !== undefined) return color;
    let made: string;
    do made = fromHue(next * GOLDEN_ANGLE % 360, [0.5, 0.35, 0.65][next++ % 3]);
    while (taken.has(made));
    taken.add(made);
    return made;
  });
}

/** HSL with a saturation of 0.7. */
function fromHue(hue: number, lightness: number): string {
  const amplitude = 0.7 * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): string => {
    const position = (offset + hue / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(value * 255).toString(16).padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

export function channelsOf(color: string): [number, number, number] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16)) as [number, number, number];
}
