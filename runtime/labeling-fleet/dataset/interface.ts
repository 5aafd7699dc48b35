import type { DatasetPart, DatasetSpec } from '../../../src/groundtruth/private/job-fleet-contract';
import type { ListedObject } from '../../shared/s3-listing';

/** What splitting a dataset touches outside of itself; `S3DatasetObjects` is the real one. */
export interface DatasetPorts {
  /** The lines of an object, as of this version of it where one is named; an object that is not there throws the SDK's `NoSuchKey`. */
  lines(uri: string, etag?: string): AsyncIterable<string>;
  /** Writes an object of any size at constant memory; it appears whole or not at all. */
  writeLines(uri: string, lines: AsyncIterable<string>): Promise<void>;
  /** The ETag of an object; `undefined` where none stands. */
  version(uri: string): Promise<string | undefined>;
  remove(uri: string): Promise<void>;
  /** The objects under a prefix in S3's order (the bytes of their keys), beginning after this key. */
  list(bucket: string, prefix: string, after?: string): AsyncIterable<ListedObject>;
}

export interface DatasetRequest {
  /** Its tokens are replaced already. */
  readonly dataset: DatasetSpec;
  /**
   * `s3://<state bucket>/<stack GUID>/<logical id>/parts.jsonl`: the parts that were made so far, written by this module alone.
   * Beside it, under `dataset/`, it keeps what it needs to know of a prefix.
   */
  readonly recordUri: string;
  /** What begins with one of these URIs is a result and no data: `<result>/`, and `<output path>/<name base>` of the fleet's jobs. */
  readonly excluded: readonly string[];
}

/** `again`: the time was over; what is done is recorded, and the next call goes on from there. */
export type PreparedParts = { readonly state: 'ready'; readonly parts: readonly DatasetPart[] } | { readonly state: 'again' };

/**
 * All parts of a dataset. A part that was recorded once comes back unchanged every time; new objects make new parts, where the
 * dataset grows. Only the holder of the fleet's lease calls it. The number at the end of a part's key is its place in the dataset.
 * A dataset that is none of those recorded makes parts of its own; those of the others stay recorded, so that a return finds them.
 */
export type PrepareParts = (request: DatasetRequest, ports: DatasetPorts, isTimeOver: () => boolean) => Promise<PreparedParts>;
