/** Labels of an image in the server's own form. */
export interface ImageLabels {
  readonly objects: readonly ObjectLabel[];
  /** Names of tags without values. */
  readonly tags: readonly string[];
}

export interface ObjectLabel {
  readonly classTitle: string;
  readonly geometryType: 'rectangle' | 'polygon' | 'bitmap';
  readonly points?: { readonly exterior: readonly Point[]; readonly interior: readonly (readonly Point[])[] };
  readonly bitmap?: { readonly data: string; readonly origin: Point };
  /** Made by a machine. */
  readonly nnCreated: boolean;
}

export type Point = readonly [x: number, y: number];

export const NO_LABELS: ImageLabels = { objects: [], tags: [] };

export function joined(parts: readonly ImageLabels[]): ImageLabels {
  return { objects: parts.flatMap(({ objects }) => objects), tags: [...new Set(parts.flatMap(({ tags }) => tags))] };
}

/** An annotation takes the place of what an image had. */
export function annotation({ objects, tags }: ImageLabels, labeledTag: string | undefined): object {
  const names = [...new Set([...tags, ...labeledTag === undefined ? [] : [labeledTag]])];
  return {
    description: '',
    tags: names.map((name) => ({ name, value: null })),
    objects: objects.map((object) => ({ ...object, description: '', tags: [], nnUpdated: false })),
  };
}
