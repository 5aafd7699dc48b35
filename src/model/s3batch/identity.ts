import { canonicalJson, HASH_LENGTH, sha256 } from '../groundtruth/identity';

/** What defines a batch job's work. Another identity is other work. */
export interface WorkIdentity {
  /** JSON text of the operation, compared by value. */
  readonly Operation: string;
  readonly Manifest: string;
  readonly Rerun?: string;
}

/** The identity part of a batch job's name; a stack that was deleted and made again begins anew. */
export function workIdentityHash({ Operation, Manifest, Rerun }: WorkIdentity, stackGuid: string): string {
  return sha256(canonicalJson({ Operation: JSON.parse(Operation) as unknown, Manifest, Rerun, StackGuid: stackGuid })).slice(0, HASH_LENGTH);
}
