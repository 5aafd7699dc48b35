export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

const FORMS: readonly RegExp[] = [
  /^s3:\/\/(?<bucket>[^/]+)\/?(?<key>.*)$/,
  /^https:\/\/s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?\/(?<bucket>[^/]+)\/?(?<key>.*)$/,
  /^https:\/\/(?<bucket>[^/]+?)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?\/?(?<key>.*)$/,
];

/** Reads `s3://bucket/key` and the two `https` forms that the API takes as well. */
export function parseS3Uri(uri: string): S3Location | undefined {
  for (const form of FORMS) {
    const groups = form.exec(uri)?.groups;
    if (groups) {
      return { bucket: groups.bucket, key: groups.key };
    }
  }
  return undefined;
}

/** `name` below the folder that `base` names. */
export function joinS3(base: S3Location, ...parts: string[]): S3Location {
  const prefix = base.key === '' || base.key.endsWith('/') ? base.key : `${base.key}/`;
  return { bucket: base.bucket, key: prefix + parts.join('/') };
}

export function formatS3Uri(location: S3Location): string {
  return `s3://${location.bucket}/${location.key}`;
}
