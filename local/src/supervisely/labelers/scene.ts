import type { Image, ObjectClass } from '../store/records';

/** An object that is in an image, whoever looks. */
export interface SceneObject {
  readonly objectClass: ObjectClass;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const UNKNOWN_SIZE = { width: 640, height: 480 };

/**
 * What is to be seen in an image: one place after the other from left to right, so that objects do not overlap. The numbers are the
 * image's own: all who label it see the same scene.
 */
export function sceneOf(image: Image, classes: readonly ObjectClass[], most: number, random: () => number): SceneObject[] {
  if (classes.length === 0 || most === 0) return [];
  const [width, height] = [image.width ?? UNKNOWN_SIZE.width, image.height ?? UNKNOWN_SIZE.height];
  const count = 1 + Math.floor(random() * most);
  const share = width / count;
  return Array.from({ length: count }, (_, index) => {
    const objectClass = classes[Math.floor(random() * classes.length)];
    const left = Math.floor(share * (index + 0.1 + 0.2 * random()));
    const top = Math.floor(height * (0.1 + 0.3 * random()));
    return {
      objectClass,
      left,
      top,
      right: Math.min(width, Math.max(left + 2, Math.floor(share * (index + 0.6 + 0.3 * random())))),
      bottom: Math.min(height, Math.max(top + 2, Math.floor(height * (0.6 + 0.3 * random())))),
    };
  });
}
