import { createHash } from 'node:crypto';

/** Strong enough to be seen on a photograph, and the same whenever and wherever the name is. */
export function defaultColor(name: string): string {
  const [hue] = createHash('sha256').update(name, 'utf8').digest();
  return hslToHex(hue / 256, 0.75, 0.5);
}

function hslToHex(hue: number, saturation: number, lightness: number): string {
  const channel = (shift: number): string => {
    const position = (shift + hue * 12) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(value * 255).toString(16).padStart(2, '0').toUpperCase();
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
