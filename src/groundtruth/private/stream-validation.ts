import { CfnResource } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { keyPrefixProblems } from './labeling-job-validation';
import { StreamObjects } from './stream-objects';
import { StreamStore } from './stream-store';
import { isKnown, tokenProblems } from '../../private/tokens';
import { StreamIntakeProps } from '../stream-intake-props';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function topicNameProblems(property: string, name: string | undefined): string[] {
  if (!isKnown(name) || /^[A-Za-z0-9_-]{1,256}$/.test(name)) return [];
  return name.endsWith('.fifo')
    ? [`'${property}' must not end in .fifo, Ground Truth reads standard topics only, got ${JSON.stringify(name)}`]
    : [`'${property}' must have 1 to 256 letters, digits, hyphens and underscores, got ${JSON.stringify(name)}`];
}

/** Ground Truth's queue is a standard queue, which a FIFO topic does not deliver to in order, and older regions not at all. */
export function topicProblems(property: string, topic: sns.ITopic | undefined): string[] {
  if (!topic) return [];
  return topic.fifo || (isKnown(topic.topicArn) && topic.topicArn.endsWith('.fifo'))
    ? [`'${property}' must be a standard topic, got the FIFO topic ${topic.node.path}: Ground Truth reads its objects from a standard queue, make a StreamTopic`] : [];
}

/** The forwarder has them in its environment, which holds 4 KB; so much of that is left by all else in it. */
const MOST_SEED_BYTES = 2_400;
/** What a manifest takes of it at most. */
const MANIFEST_SEED_BYTES = 300;
const MOST_SEEDS = MOST_SEED_BYTES / MANIFEST_SEED_BYTES;
/** Of a bucket that only the deployment names. */
const LONGEST_BUCKET_NAME = 'x'.repeat(63);

export function intakeProblems(props: StreamIntakeProps): string[] {
  const { inputTopic, deduplicationKey, storePrefix, seeds = [] } = props;
  return [
    ...topicProblems('inputTopic', inputTopic),
    ...keyPrefixProblems('storePrefix', storePrefix),
    ...deduplicationKey === '' ? ['\'deduplicationKey\' must not be empty: name a member of the records, or leave it out'] : [],
    ...seeds.length > MOST_SEEDS ? [`'seeds' must hold at most ${MOST_SEEDS} manifests, got ${seeds.length}: put several into one`] : [],
    ...seeds.some((seed) => seed._streams) ? ['\'seeds\' must be manifests that are there already, not streams'] : [],
  ];
}

/** Where objects that are there already are to be listed, besides so many manifests of such. */
export function existingProblems(objects: readonly StreamObjects[], manifests: number): string[] {
  const places = objects.flatMap(({ seed }) => seed ?? []);
  const bytes = places.reduce((sum, place) => sum + Buffer.byteLength(knownText(JSON.stringify(place))), manifests * MANIFEST_SEED_BYTES);
  return places.length > 0 && bytes > MOST_SEED_BYTES
    ? [`'includeExisting' is asked for in ${places.length} places beside ${manifests} 'seeds', which take ${bytes} bytes of at most ${MOST_SEED_BYTES}: `
      + 'give a prefix that they share, or a manifest of the objects that are there as a seed'] : [];
}

function knownText(text: string): string {
  return text.replace(/\$\{Token\[[^\]]*\]\}/g, LONGEST_BUCKET_NAME);
}

/** Labels that come in as records are labeled, and come in again. */
export function ownOutputProblems(input: sns.ITopic, output: sns.ITopic | undefined): string[] {
  return output && (output === input || output.topicArn === input.topicArn)
    ? [`'outputTopic' is the topic of the stream's own records, ${input.node.path}: that would be a loop, give another topic`] : [];
}

/** What is wrong with objects that become records, as far as the intake knows. */
export function objectsProblems(objects: StreamObjects, store: StreamStore, deduplicationKey?: string): string[] {
  const { prefix, suffix } = objects;
  const unknown = tokenProblems('prefix', [prefix, suffix], 'the library sees to it that no loop is declared');
  if (unknown.length > 0) return unknown;
  return [
    ...prefix.startsWith('/') ? [`'prefix' must not begin with a slash, S3 would take it for a part of the keys, got ${JSON.stringify(prefix)}`] : [],
    ...suffix === '' ? ['\'suffix\' must not be empty, leave it out to take every object'] : [],
    ...deduplicationKey !== undefined && isKnown(deduplicationKey) && deduplicationKey !== 'source-ref'
      ? [`'deduplicationKey' must be 'source-ref' or left out, got ${JSON.stringify(deduplicationKey)}: records of a bucket's objects have no other member`] : [],
    ...loopProblems(objects, 'the stream\'s own records', store.bucket, store.prefix),
  ];
}

/** Keys that begin like the objects' would become records, and make further ones. */
export function loopProblems({ bucket, prefix }: StreamObjects, what: string, written: s3.IBucket, keys: string): string[] {
  if (!sameBucket(bucket, written)) return [];
  if (!isKnown(keys)) return [`'prefix' is of the bucket that gets ${what} too, below a prefix that is known at deployment only: that might be a loop, use another bucket`];
  return overlap(prefix, keys)
    ? [`'prefix' ${JSON.stringify(prefix)} of the bucket ${bucket.node.path} overlaps with ${what} below ${JSON.stringify(keys)}: that would be a loop, give another prefix or bucket`]
    : [];
}

/** Whether two constructs are the same bucket, as far as synthesis can know. */
export function sameBucket(one: s3.IBucket, other: s3.IBucket): boolean {
  const names = namesOf(one);
  return one === other || namesOf(other).some((name) => names.includes(name));
}

function namesOf(bucket: s3.IBucket): string[] {
  const child = bucket.node.defaultChild;
  const declared = child && CfnResource.isCfnResource(child) ? (child as s3.CfnBucket).bucketName : undefined;
  return [bucket.bucketName, ...declared === undefined ? [] : [declared]];
}

/** Whether keys can begin with both. */
export function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
