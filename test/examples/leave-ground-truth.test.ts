import { KINDS } from '../../examples/adopt-estate/kinds';
import { JOBS } from '../../examples/leave-ground-truth/estate';
import type { LabeledImage } from '../../examples/leave-ground-truth/server';
import { LeavingStory, tellLeaving } from '../../examples/leave-ground-truth/story';

jest.setTimeout(600_000);

let story: LeavingStory;
beforeAll(async () => { story = await tellLeaving(); });

type Line = Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- output manifests
interface Box { readonly class_id: number; readonly left: number; readonly top: number; readonly width: number; readonly height: number }

const UNFINISHED = JOBS.find(({ isUnfinished }) => isUnfinished)!;
const lines = (name: string) => story.outputs[name] as readonly Line[];
const isLabeled = (name: string) => (line: Line) => KINDS[JOBS.find((job) => job.name === name)!.kind].attribute in line;
const bySource = (images: readonly LabeledImage[]) => new Map(images.map((image) => [image.sourceRef, image]));

test('three jobs are finished, one was stopped half-way', () => {
  expect(story.statuses).toEqual(Object.fromEntries(JOBS.map(({ name, isUnfinished }) => [name, isUnfinished ? 'Stopped' : 'Completed'])));
  const labeled = lines(UNFINISHED.name).filter(isLabeled(UNFINISHED.name)).length;
  expect([labeled > 0, labeled < UNFINISHED.images]).toEqual([true, true]);
});

test.each(JOBS.map(({ name, dataset }) => [name, dataset]))('each image of %s is in the dataset "%s" once, and remembers where it came from', (name, dataset) => {
  const images = story.finished[dataset];
  expect(images.map(({ sourceRef }) => sourceRef).sort()).toEqual(lines(name).map((line) => line['source-ref']).sort());
  const cameras = new Map(lines(name).map((line) => [line['source-ref'], line.camera]));
  for (const { sourceRef, camera } of images) expect(camera).toBe(cameras.get(sourceRef));
  expect(story.imported[name]).toMatchObject({ images: lines(name).length, labeled: lines(name).filter(isLabeled(name)).length, failed: 0 });
});

test.each(JOBS.filter(({ kind }) => kind === 'boxes').map(({ name, dataset }) => [name, dataset]))('boxes of %s are rectangles, each once', (name, dataset) => {
  const images = bySource(story.finished[dataset]);
  for (const line of lines(name).filter(isLabeled(name))) {
    const { tags, objects } = images.get(line['source-ref'])!;
    expect(tags).toEqual(['ground-truth']);
    expect(objects.map(({ classTitle, geometryType, points }) => [classTitle, geometryType, points!.exterior])).toEqual(
      (line.boxes.annotations as Box[]).map(({ class_id: id, left, top, width, height }) => (
        [line['boxes-metadata']['class-map'][id], 'rectangle', [[left, top], [left + width, top + height]]])));
  }
});

test('masks are bitmaps, one for each class in the picture', () => {
  for (const { tags, objects } of story.finished.masks) {
    expect(tags).toEqual(['ground-truth']);
    const classes = objects.map(({ classTitle }) => classTitle);
    expect(classes.length).toBeGreaterThan(0);
    expect(new Set(classes).size).toBe(classes.length);
    expect(objects.every(({ geometryType, classTitle }) => geometryType === 'bitmap' && ['road', 'field'].includes(classTitle))).toBe(true);
  }
});

test('classes of images are tags', () => {
  const images = bySource(story.finished.animals);
  for (const line of lines('photos')) expect(images.get(line['source-ref'])!.tags).toEqual([line['animal-metadata']['class-name'], 'ground-truth']);
});

test('the job in Supervisely is for what was not labeled, and that alone', () => {
  const unlabeled = lines(UNFINISHED.name).filter((line) => !isLabeled(UNFINISHED.name)(line)).map((line) => line['source-ref']);
  // it waits for the import, which may be over before the deployment is
  expect(['preparing', 'pending']).toContain(story.restStatus);
  expect(story.rest).toMatchObject({ datasetTitle: UNFINISHED.dataset, imagesCount: unlabeled.length, finishedImagesCount: unlabeled.length });
  const images = bySource(story.finished[UNFINISHED.dataset]);
  // the labeler's objects, and no tag of the import
  for (const sourceRef of unlabeled) expect(images.get(sourceRef)!.tags).not.toContain('ground-truth');
});

test('what was interrupted was sent once; a deployment afterwards sends nothing', () => {
  const batches = JOBS.reduce((sum, { images }) => sum + Math.ceil(images / 50), 0);
  expect(story.sent).toEqual({ first: batches, again: 0 });
});

test('images and labels stay when the stack is gone', () => {
  expect(story.remaining).toEqual(story.finished);
});
