import type { DrawnMask, DrawnObject, DrawnShape, Point, Size } from './drawn-shape';
import type { LabelClass } from './label-classes';

/** All marks on an image, in the form of the server's annotation files. */
export interface ServerAnnotation {
  readonly imageId: number;
  readonly updatedAt?: string;
  readonly annotation: {
    readonly size: { readonly width: number | null; readonly height: number | null };
    readonly tags: readonly ServerTag[];
    readonly objects: readonly ServerObject[];
  };
}

export interface ServerTag {
  readonly name: string;
  readonly value?: string | number | null;
  readonly labelerLogin?: string;
  readonly updatedAt?: string;
}

export interface ServerObject {
  readonly id: number;
  readonly classTitle: string;
  readonly geometryType: string;
  readonly points?: { readonly exterior: readonly Point[]; readonly interior: ReadonlyArray<readonly Point[]> };
  readonly bitmap?: { readonly data: string; readonly origin: Point };
  readonly labelerLogin?: string;
  readonly updatedAt?: string;
}

/** Reads the picture of a mask: base64 of a PNG, deflated or not. */
export type ReadMask = (data: string) => Size & { readonly pixels: Uint8Array };

/** The object's shape; undefined for one that no label of Ground Truth's can say: lines, points and the like. */
export function shapeOf({ geometryType, points, bitmap }: ServerObject, readMask: ReadMask): DrawnShape | undefined {
  if (geometryType === 'rectangle' && points) return { kind: 'rectangle', corners: [points.exterior[0], points.exterior[1]] };
  if (geometryType === 'polygon' && points) return { kind: 'polygon', exterior: points.exterior, holes: points.interior };
  if (geometryType === 'bitmap' && bitmap) return maskOf(bitmap, readMask);
  return undefined;
}

function maskOf({ data, origin: [left, top] }: NonNullable<ServerObject['bitmap']>, readMask: ReadMask): DrawnMask {
  return { kind: 'mask', left: Math.floor(left), top: Math.floor(top), ...readMask(data) };
}

/** What is drawn of the classes, without the answers of some labelers; the object on top comes last, as on the server. */
export function drawnObjects(
  objects: readonly ServerObject[], classes: readonly LabelClass[], readMask: ReadMask,
): { readonly drawn: DrawnObject[]; readonly leftOut: number } {
  const numbers = new Map(classes.map(({ name }, index) => [name, index]));
  const drawn = objects.flatMap((object) => {
    const classId = numbers.get(object.classTitle);
    const shape = classId === undefined ? undefined : shapeOf(object, readMask);
    return classId === undefined || shape === undefined ? [] : [{ classId, shape }];
  });
  return { drawn, leftOut: objects.length - drawn.length };
}

/** Marks of people whose answer is not taken are left away. */
export function without<Mark extends { readonly labelerLogin?: string }>(marks: readonly Mark[], logins: readonly string[]): Mark[] {
  return marks.filter(({ labelerLogin }) => labelerLogin === undefined || !logins.includes(labelerLogin));
}

/** Numbers of the classes that an image's tags say: the values of one tag, or tags themselves. */
export function chosenClasses(tags: readonly ServerTag[], classes: readonly LabelClass[], tag: string | undefined): number[] {
  const names = tag === undefined ? tags.map(({ name }) => name) : tags.filter(({ name }) => name === tag).map(({ value }) => String(value));
  const numbers = names.map((name) => classes.findIndex((one) => one.name === name)).filter((number) => number >= 0);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** When the last of the marks was made. */
export function lastChange(marks: ReadonlyArray<{ readonly updatedAt?: string }>, otherwise: string): string {
  const times = marks.flatMap(({ updatedAt }) => updatedAt ?? []).sort();
  return times.at(-1) ?? otherwise;
}
