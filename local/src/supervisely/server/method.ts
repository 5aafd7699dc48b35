import type { Schema } from '../schema';
import type { User } from '../store/records';

export type Verb = 'GET' | 'POST' | 'PUT';

/** A request that has been let in. */
export interface Call {
  readonly user: User;
  /** `x-job-id`: what a labeler's view of one job is restricted to. */
  readonly jobId?: number;
  /** For forms: the parts in order, files among them. */
  readonly parts: ReadonlyArray<{ readonly name: string; readonly content: Buffer | string }>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- inputs have passed the method's own schema
export type Run = (input: any, call: Call) => unknown;

/** One method of the public API, `POST /public/api/v3/<name>`. */
export interface Method {
  /** As documented; POST, which the Python SDK always uses, is taken everywhere. */
  readonly verbs: readonly Verb[];
  readonly input: Schema;
  readonly run: Run;
}

export type Methods = Readonly<Record<string, Method>>;

export function get(input: Schema, run: Run): Method {
  return { verbs: ['GET', 'POST'], input, run };
}

export function post(input: Schema, run: Run): Method {
  return { verbs: ['POST'], input, run };
}

export function put(input: Schema, run: Run): Method {
  return { verbs: ['PUT', 'POST'], input, run };
}

/** An answer that is no JSON. */
export class BytesAnswer {
  constructor(readonly bytes: Buffer, readonly contentType: string) {}
}
