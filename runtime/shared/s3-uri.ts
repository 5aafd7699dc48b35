export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** Ground Truth's own pattern allows `https://` too, but what it means there is not documented: only `s3://` is read. */
export function parseS3Uri(uri: string): S3Location {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri);
  if (!match) throw new Error(`expected a URI of the form s3://bucket/key, got ${JSON.stringify(uri)}`);
  return { bucket: match[1], key: match[2] };
}

/** Appends to a location, whether or not it ends in a slash. */
export function under(uri: string, path: string): string {
  return `${uri.replace(/\/+$/, '')}/${path}`;
}
