/** One object of a job's manifest. */
export interface Task {
  readonly bucket: string;
  /** As in the manifest: URL-encoded. */
  readonly key: string;
  /** As in the manifest: `null` for the version of an unversioned bucket; the empty text is an error of the task's. */
  readonly versionId?: string;
  /** How often it has been tried, without success, before. */
  readonly tries?: number;
}

export interface TaskResult {
  readonly status: 'succeeded' | 'failed';
  readonly httpStatus: number;
  readonly errorCode: string;
  readonly message: string;
  /** Whether it may succeed when it is tried again: `throttled` tries are not counted. */
  readonly again?: 'failed' | 'throttled';
}

export type TaskOperation = (task: Task) => Promise<TaskResult>;

export function succeeded(message = 'Successful'): TaskResult {
  return { status: 'succeeded', httpStatus: 200, errorCode: '', message };
}

export function failed(httpStatus: number, errorCode: string, message: string, again?: TaskResult['again']): TaskResult {
  return { status: 'failed', httpStatus, errorCode, message, ...(again && { again }) };
}

/** Keys stand form-encoded in manifests, `+` for a space; undefined: no such encoding. */
export function decodeKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}

/** Everything but unreserved characters and slashes is escaped, as inventory reports have it. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function serializeTask({ bucket, key, versionId, tries = 0 }: Task): string {
  return JSON.stringify([bucket, key, versionId ?? null, tries]);
}

export function parseTask(line: string): Task {
  const [bucket, key, versionId, tries] = JSON.parse(line) as [string, string, string | null, number];
  return { bucket, key, tries, ...(versionId !== null && { versionId }) };
}
