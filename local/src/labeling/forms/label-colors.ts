/** What no label covers. */
export const BACKGROUND = { name: 'BACKGROUND', color: '#ffffff' } as const;

const FIRST = ['#2ca02c', '#1f77b4', '#ff7f0e', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf'];
const GOLDEN_ANGLE = 137.508;

/** The colour that workers paint a label with, by its place among the labels. */
export function labelColor(index: number): string {
  return FIRST[index] ?? fromHue((index * GOLDEN_ANGLE) % 360, 0.35 + 0.3 * ((index % 3) / 2));
}

export function channels(color: string): [number, number, number] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16)) as [number, number, number];
}

/** HSL with a saturation of 0.6. */
function fromHue(hue: number, lightness: number): string {
  const amplitude = 0.6 * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const position = (offset + hue / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(value * 255).toString(16).padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
