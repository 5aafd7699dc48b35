/** Hosts that stand for the engine itself; a label before them is a bucket (or, for S3 Control, an account). */
const HOSTS = ['localhost', '127.0.0.1'];

/** `bucket.localhost:4566` -> `bucket`; undefined for a plain host. */
export function hostLabel(host: string | undefined): string | undefined {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  for (const base of HOSTS) {
    if (name.endsWith(`.${base}`)) return name.slice(0, -base.length - 1).replace(/\.s3(\.[a-z0-9-]+)?$|^s3\.?$/, '') || undefined;
  }
  return undefined;
}

/** S3's virtual-hosted style as path style. */
export function pathStyle(host: string | undefined, path: string): string {
  const label = hostLabel(host);
  return label ? `/${label}${path}` : path;
}
