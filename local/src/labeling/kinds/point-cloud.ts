import { inflateSync } from 'node:zlib';
import { cloudFormat, readPointCloud } from './point-cloud-file';
import { readSequence } from './sequence-file';
import type { InterfaceTask } from './task-kind';
import type { CloudFrame, CuboidFrame, PointCloud, PointCloudField, PriorLabels } from '../forms/point-cloud-field';
import type { ObjectReader } from '../object-reader';

const SEQUENCE_RULES = { mostFrames: 500, numbered: false, timed: true };
const MOST_IMAGES = 8;

interface FrameMetadata {
  readonly 'format'?: unknown;
  readonly 'unix-timestamp'?: unknown;
  readonly 'prefix'?: unknown;
  readonly 'images'?: ReadonlyArray<{ readonly 'image-path'?: unknown }>;
}

/** What a worker is shown of one point cloud, or of a sequence of them. */
export async function pointCloudField(interfaceTask: InterfaceTask, task: PointCloudField['task']): Promise<PointCloudField> {
  const { object, categories, reader } = interfaceTask;
  const uri = object.sourceRef!;
  const { frames, cloud } = task === 'tracking' ? await readFrames(uri, reader) : await readFrame(uri, object.line['source-ref-metadata'], reader);
  const initial = await prior(interfaceTask, task);
  return { kind: 'point-cloud', task, categories, frames, cloud, ...(initial && { initial }) };
}

async function readFrame(uri: string, given: unknown, reader: ObjectReader): Promise<{ frames: CloudFrame[]; cloud: PointCloud }> {
  const metadata = (given ?? {}) as FrameMetadata;
  if (typeof metadata['unix-timestamp'] !== 'number') {
    throw new Error('a point cloud frame needs "source-ref-metadata" with the number "unix-timestamp"');
  }
  const images = metadata.images ?? [];
  if (images.length > MOST_IMAGES) {
    throw new Error(`a point cloud frame has at most ${MOST_IMAGES} images, got ${images.length}`);
  }
  if (images.length > 0 && !(typeof metadata.prefix === 'string' && metadata.prefix.endsWith('/'))) {
    throw new Error(`"prefix" in "source-ref-metadata" must end in "/", got ${JSON.stringify(metadata.prefix)}`);
  }
  await reader.checkCors(uri);
  for (const image of images) {
    await reader.imageSize(`${String(metadata.prefix)}${String(image['image-path'])}`);
  }
  const cloud = readPointCloud(uri, await reader.content(uri), cloudFormat(uri, metadata.format));
  return { frames: [{ number: 0, name: uri.split('/').at(-1)! }], cloud };
}

async function readFrames(uri: string, reader: ObjectReader): Promise<{ frames: CloudFrame[]; cloud: PointCloud }> {
  const { prefix, frames } = await readSequence(uri, reader, SEQUENCE_RULES);
  const first = prefix + frames[0].frame;
  const cloud = readPointCloud(first, await reader.content(first), cloudFormat(first, frames[0].format));
  return { frames: frames.map((frame, index) => ({ number: frame['frame-no'] ?? index, name: frame.frame })), cloud };
}

/** What the job under review made of the object. */
async function prior({ object, categories, reader }: InterfaceTask, task: PointCloudField['task']): Promise<PriorLabels | undefined> {
  const attribute = categories.auditLabelAttributeName;
  if (attribute === undefined) {
    return undefined;
  }
  const label = object.line[attribute];
  if (label === undefined) {
    throw new Error(`the line has no "${attribute}", which "auditLabelAttributeName" names as the label to review`);
  }
  if (task === 'detection') {
    const { annotations } = label as { annotations: CuboidFrame['annotations'] };
    return { frames: [{ 'frame-number': 0, 'frame-name': '', 'frame-attributes': {}, annotations }] };
  }
  if (task === 'segmentation') {
    return { classes: new Uint8Array(inflateSync(await reader.content(String(label)))) };
  }
  return { frames: (await reader.json(String(label)) as { 'tracking-annotations': CuboidFrame[] })['tracking-annotations'] };
}
