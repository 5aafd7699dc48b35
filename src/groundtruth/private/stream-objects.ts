import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ManifestData } from '../input-manifest';
import { StreamObjectsOptions } from '../stream-intake-props';
import { StreamSeed } from './labeling-stream-contract';
import { S3Location } from '../../private/s3-location';

/** Objects of a bucket that become records. */
export class StreamObjects {
  public readonly prefix: string;
  public readonly suffix?: string;
  public readonly includeExisting: boolean;

  constructor(public readonly bucket: s3.IBucket, { prefix = '', suffix, includeExisting = false }: StreamObjectsOptions) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.includeExisting = includeExisting;
  }

  /** What a job reads. */
  public get data(): ManifestData {
    return { bucket: this.bucket, keys: `${this.prefix}*` };
  }

  /** The objects that are there already. */
  public get seed(): StreamSeed | undefined {
    const { bucket: { bucketName: bucket }, prefix, suffix } = this;
    if (!this.includeExisting) return undefined;
    return { id: `objects s3://${bucket}/${prefix}${suffix === undefined ? '' : ` ${suffix}`}`, kind: 'objects', bucket, prefix, suffix };
  }
}

/** What a stream's intake asks of the job that it feeds. */
export interface StreamConsumer {
  readonly path: string;
  /** Which of both a record must have; absent: either. */
  readonly source?: 'source' | 'source-ref';
  objectProblems(objects: StreamObjects): string[];
  /** More objects come into the stream: the job must be allowed to read them. */
  allowObjects(objects: StreamObjects): void;
}

/** What a job gets from the intake that feeds it. */
export interface IntakeFeed {
  readonly wakeQueue: sqs.IQueue;
  /** Manifests of what is there already, which the forwarder reads. */
  readonly manifests: readonly S3Location[];
  /** What these refer to. */
  readonly data: readonly ManifestData[];
  /** Known when the app is complete. */
  readonly seeds: () => readonly StreamSeed[];
}

/** The creation of such objects, as EventBridge tells it. */
export function objectPattern({ bucket, prefix, suffix }: StreamObjects): events.EventPattern {
  const key = keyPattern(prefix, suffix);
  return {
    source: ['aws.s3'],
    detailType: ['Object Created'],
    detail: { bucket: { name: [bucket.bucketName] }, ...key && { object: { key } } },
  };
}

/** Several matchers mean either, so a beginning and an ending together are one. */
function keyPattern(prefix: string, suffix: string | undefined): string[] | undefined {
  if (suffix === undefined) return prefix === '' ? undefined : events.Match.prefix(prefix);
  if (prefix === '') return events.Match.suffix(suffix);
  return events.Match.wildcard(`${literal(prefix)}*${literal(suffix)}`);
}

/** In a wildcard an asterisk and a backslash mean themselves behind a backslash. */
function literal(text: string): string {
  return text.replace(/[\\*]/g, (char) => `\\${char}`);
}
