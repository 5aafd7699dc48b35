import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { StreamObjects } from './stream-objects';
import { overlap, sameBucket } from './stream-validation';
import { isKnown } from '../../private/tokens';

/** What comes into a streaming job, and what goes out of it. */
export interface StreamEnds {
  readonly input: sns.ITopic;
  /** Known when the app is complete. */
  readonly objects: () => readonly StreamObjects[];
  readonly output?: sns.ITopic;
  readonly bucket: s3.IBucket;
  /** What all its keys begin with. */
  readonly keys: string;
}

interface Stream extends StreamEnds {
  readonly job: Construct;
}

const STREAMS = new WeakMap<IConstruct, Stream[]>();

/** Has the app's streams checked when it is complete: what a stream makes may come into others, but not come back to it. */
export function refuseStreamLoops(job: Construct, ends: StreamEnds): void {
  const { root } = job.node;
  const streams = STREAMS.get(root) ?? [];
  STREAMS.set(root, streams);
  const own: Stream = { ...ends, job };
  streams.push(own);
  job.node.addValidation({ validate: () => loopOf(own, streams) });
}

function loopOf(own: Stream, streams: readonly Stream[]): string[] {
  const way = wayBack(own, [own], streams);
  if (!way) return [];
  const paths = [...way, own].map(({ job }) => job.node.path).join(' -> ');
  return [`the stream's labels come back to it as data objects, which would be labeled again and again: ${paths}. Give one of them another output, or other objects`];
}

/** From stream to stream until the first one is fed again; one that feeds itself is refused where it is declared. */
function wayBack(start: Stream, way: readonly Stream[], streams: readonly Stream[]): readonly Stream[] | undefined {
  const last = way.at(-1)!;
  if (way.length > 1 && feeds(last, start)) return way;
  const next = streams.filter((each) => !way.includes(each) && feeds(last, each));
  return next.map((each) => wayBack(start, [...way, each], streams)).find((found) => found !== undefined);
}

function feeds({ output, bucket, keys }: Stream, { input, objects }: Stream): boolean {
  if (output?.topicArn === input.topicArn) return true;
  return objects().some((watched) => sameBucket(watched.bucket, bucket) && isKnown(keys) && overlap(watched.prefix, keys));
}
