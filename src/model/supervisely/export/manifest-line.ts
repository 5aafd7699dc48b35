/** An image as the server lists it, as far as the manifest needs it. */
export interface ExportImage {
  readonly id: number;
  readonly name: string;
  readonly link: string | null;
  readonly mime?: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
}

const SOURCE = 'source-ref';

/** Where an image lies in S3; undefined: only the server has its bytes. */
export function sourceOf({ meta, link }: ExportImage): string | undefined {
  const source = meta?.[SOURCE];
  if (typeof source === 'string') return source;
  return link?.startsWith('s3://') ? link : undefined;
}

/** What the manifest that the image was imported from said of it besides; of other images the server's own notes are nobody's business. */
function otherKeys({ meta }: ExportImage, labelAttribute: string): Array<[string, unknown]> {
  if (typeof meta?.[SOURCE] !== 'string') return [];
  const own = [SOURCE, labelAttribute, `${labelAttribute}-metadata`];
  return Object.entries(meta).filter(([key]) => !own.includes(key));
}

/** A line of the manifest. Without a value the image carries no label; metadata alone say why. */
export function manifestLine(
  image: ExportImage, source: string, labelAttribute: string, label: { readonly value?: unknown; readonly metadata?: unknown } = {},
): Record<string, unknown> {
  return {
    [SOURCE]: source,
    ...Object.fromEntries(otherKeys(image, labelAttribute)),
    ...label.value !== undefined && { [labelAttribute]: label.value },
    ...label.metadata !== undefined && { [`${labelAttribute}-metadata`]: label.metadata },
  };
}

/** Where an image is copied to, below the folder of copies: its id, because names are free. */
export function copyKey({ id, name }: Pick<ExportImage, 'id' | 'name'>): string {
  return `${id}/${name.replace(/[^A-Za-z0-9!_.*'()-]/g, '_')}`;
}
