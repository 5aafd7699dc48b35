import { sha256 } from '../groundtruth/identity';

const KEY_HASH_LENGTH = 8;

/**
 * All of the names of a member's jobs that is known once its key is: `<name base of the fleet>-<8 hex of the fleet's path and the key>`.
 * The construct computes it for declared jobs, the handlers for parts of a dataset.
 */
export function memberBase(fleetBase: string, fleetPath: string, key: string): string {
  return `${fleetBase}-${sha256(`${fleetPath}\n${key}`).slice(0, KEY_HASH_LENGTH)}`;
}
