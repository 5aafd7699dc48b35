import { classMap } from './bounding-box';
import { commonMetadata, perObject } from './per-object';
import { readSequence } from './sequence-file';
import type { InterfaceTask, TaskKind } from './task-kind';
import { ANNOTATION_LISTS, frameListName, type FrameAnnotations, type FramesField } from '../forms/frames-field';
import type { AnsweredObject, ConsolidatedLabel, LabelContext } from '../labeled-object';

const RULES = { mostFrames: 2000, numbered: true, timed: false };

/** Things in the frames of a video, told apart across frames or not. */
function videoFrames(tracking: boolean): TaskKind {
  return {
    fields: async (task) => [await readField(task, tracking)],
    consolidation: (context) => perObject((object) => consolidate(object, tracking, context)),
  };
}

export const VIDEO_OBJECT_DETECTION = videoFrames(false);
export const VIDEO_OBJECT_TRACKING = videoFrames(true);

/** Frames are shown in the order of their names' bytes. */
async function readField(task: InterfaceTask, tracking: boolean): Promise<FramesField> {
  const { object, categories, reader } = task;
  const sequence = await readSequence(object.sourceRef!, reader, RULES);
  const frames = sequence.frames.map((frame) => ({ 'frame-no': frame['frame-no']!, 'frame': frame.frame }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.frame), Buffer.from(b.frame)));
  const size = await reader.imageSize(sequence.prefix + frames[0].frame);
  return { kind: 'frames', tracking, categories, frames, size, ...await prior(task, tracking) };
}

/** What the job under review made of the sequence. */
async function prior({ object, categories, reader }: InterfaceTask, tracking: boolean): Promise<{ initial?: readonly FrameAnnotations[] }> {
  const attribute = categories.auditLabelAttributeName;
  if (attribute === undefined) {
    return {};
  }
  const uri = object.line[attribute];
  if (typeof uri !== 'string') {
    throw new Error(`the line has no "${attribute}", which "auditLabelAttributeName" names as the label to review`);
  }
  const frames = (await reader.json(uri) as Record<string, unknown>)[frameListName(tracking)];
  if (!Array.isArray(frames)) {
    throw new Error(`the label sequence file '${uri}' has no list "${frameListName(tracking)}"`);
  }
  return { initial: frames as FrameAnnotations[] };
}

/** One worker labels a sequence: the answer goes into the label sequence file as it is. */
async function consolidate(object: AnsweredObject, tracking: boolean, context: LabelContext): Promise<ConsolidatedLabel> {
  const { datasetObjectId, annotations: [{ answer }] } = object;
  const list = frameListName(tracking);
  const frames = answer[list] as FrameAnnotations[];
  const annotationList = ANNOTATION_LISTS[context.categories.annotationType ?? 'BoundingBox'];
  const classes = frames.flatMap((frame) => ((frame[annotationList] ?? []) as Array<{ 'class-id': string }>).map((each) => Number(each['class-id'])));
  return {
    label: await context.store(`${datasetObjectId}/SeqLabel.json`, Buffer.from(JSON.stringify({ [list]: frames })), 'application/json'),
    metadata: {
      'class-map': classMap(classes, context.labels),
      ...commonMetadata(context),
      'creation-date': sequenceDate(context.now()),
      ...(context.adjusts && { 'adjustment-status': answer.initialValueModified === true ? 'adjusted' : 'unadjusted' }),
    },
  };
}

/** As in the guide's examples of sequences: seconds, with a time zone. */
function sequenceDate(now: Date): string {
  return `${now.toISOString().slice(0, 19)}+0000`;
}
