import { acs, BUCKET, LabelingFixture, pre } from '../../sagemaker/fixture';
import { allowBrowsers, png, taskOf } from '../images';

const FRAMES = 6;
const ui = (name: string) => `arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/${name}`;

describe('video', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => {
    fixture = await LabelingFixture.start();
    await allowBrowsers(fixture);
    for (let frame = 0; frame < FRAMES; frame++) await fixture.put(`clip1/f000${frame}.png`, png(64, 48));
    await putSequence('clip1.json', {});
  });
  afterAll(() => fixture.stop());

  const putSequence = (key: string, changes: object) => fixture.put(key, JSON.stringify({
    'seq-no': 1, 'prefix': `s3://${BUCKET}/clip1/`, 'number-of-frames': FRAMES,
    'frames': Array.from({ length: FRAMES }, (_, index) => ({ 'frame-no': index, 'frame': `f000${index}.png` })),
    ...changes,
  }));
  const putCategories = (changes: object) => fixture.put('categories.json', JSON.stringify({
    documentVersion: '2020-03-01',
    frameAttributes: [{ name: 'weather', description: 'outside', type: 'string', enum: ['dry', 'wet'] }],
    categoryGlobalAttributes: [{ name: 'occluded', type: 'string', enum: ['no', 'yes'] }],
    labels: [{ label: 'car', categoryAttributes: [{ name: 'doors', type: 'number', minimum: 2, maximum: 5 }] }, { label: 'bus' }],
    ...changes,
  }));
  const run = async (suffix: string, name: string, attribute: string, lines: object[]) => {
    await fixture.putManifest('manifest.jsonl', lines);
    await fixture.create({ LabelingJobName: name, LabelAttributeName: attribute, LabelCategoryConfigS3Uri: `s3://${BUCKET}/categories.json` }, {
      UiConfig: { HumanTaskUiArn: ui(suffix.replace('Adjustment', '')) },
      PreHumanTaskLambdaArn: pre(suffix),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs(suffix) },
      NumberOfHumanWorkersPerDataObject: 1,
    });
    const job = await fixture.ended(name);
    return { job, lines: job.LabelingJobOutput ? await fixture.readLines(job.LabelingJobOutput.OutputDatasetS3Uri!) : [] };
  };
  const clip = { 'source-ref': `s3://${BUCKET}/clip1.json` };

  test('tracking: the label sequence file follows each thing through the frames', async () => {
    await putCategories({});
    const { lines: [line] } = await run('VideoObjectTracking', 'tracks', 'cars-ref', [clip]);
    expect(line['cars-ref']).toBe(`s3://${BUCKET}/output/tracks/annotations/consolidated-annotation/output/0/SeqLabel.json`);
    const file = JSON.parse(await fixture.read(line['cars-ref'])) as { 'tracking-annotations': any[] }; // eslint-disable-line @typescript-eslint/no-explicit-any -- the file's form is under test
    const frames = file['tracking-annotations'];
    expect(frames.length).toBeGreaterThan(FRAMES / 2);
    const classes = new Set<string>();
    const names = new Map<string, Set<string>>();
    for (const frame of frames) {
      expect(frame).toEqual({
        'annotations': expect.any(Array), 'frame-no': frame.frame.slice(4, 5), 'frame': expect.stringMatching(/^f000\d\.png$/),
        'frame-attributes': { weather: expect.stringMatching(/^(dry|wet)$/) },
      });
      for (const annotation of frame.annotations) {
        expect(annotation).toEqual({
          'height': expect.any(Number), 'width': expect.any(Number), 'top': expect.any(Number), 'left': expect.any(Number),
          'class-id': expect.stringMatching(/^[01]$/),
          'label-category-attributes': expect.objectContaining({ occluded: expect.stringMatching(/^(no|yes)$/) }),
          'object-id': expect.stringMatching(/^[0-9a-f-]{36}$/), 'object-name': expect.stringMatching(/^(car|bus):\d$/),
        });
        expect(annotation.left + annotation.width <= 64 && annotation.top + annotation.height <= 48).toBe(true);
        expect('doors' in annotation['label-category-attributes']).toBe(annotation['class-id'] === '0');
        classes.add(annotation['class-id']);
        names.set(annotation['object-id'], (names.get(annotation['object-id']) ?? new Set()).add(annotation['object-name']));
      }
    }
    expect([...names.values()].every((each) => each.size === 1)).toBe(true);
    expect(line['cars-ref-metadata']).toEqual({
      'class-map': Object.fromEntries([...classes].sort().map((id) => [id, ['car', 'bus'][Number(id)]])),
      'job-name': 'labeling-job/tracks',
      'human-annotated': 'yes',
      'creation-date': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
      'type': 'groundtruth/video-object-tracking',
    });
  });

  test.each([['Polygon', 'polygons', 'vertices'], ['Polyline', 'polylines', 'vertices'], ['Keypoint', 'keypoints', 'x']])('detection: %s', async (annotationType, list, member) => {
    await putCategories({ annotationType });
    const { lines: [line] } = await run('VideoObjectDetection', `detect-${list}`, 'cars-ref', [clip]);
    expect(line['cars-ref-metadata'].type).toBe('groundtruth/video-object-detection');
    const [frame] = JSON.parse(await fixture.read(line['cars-ref']))['detection-annotations'];
    expect(frame[list][0]).toHaveProperty(member);
    expect(frame[list][0]).not.toHaveProperty('object-id');
  });

  test('adjustment corrects what is off, verification edits nothing; a line without the label fails', async () => {
    await fixture.engine.control('POST', 'annotators', { annotators: [{ name: 'exact', accuracy: 1 }] });
    await putCategories({});
    const { lines: [labeled] } = await run('VideoObjectDetection', 'original', 'cars-ref', [clip]);
    const file = JSON.parse(await fixture.read(labeled['cars-ref']));
    const [box] = file['detection-annotations'][0].annotations;
    box.left += Math.ceil(box.width / 4);
    const moved = { ...labeled, 'cars-ref': await fixture.put('moved.json', JSON.stringify(file)) };

    await putCategories({ auditLabelAttributeName: 'cars-ref' });
    const { job, lines } = await run('AdjustmentVideoObjectDetection', 'adjust', 'better-ref', [labeled, moved, clip]);
    expect(job).toMatchObject({ LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 1 } });
    expect(lines.slice(0, 2).map((line) => line['better-ref-metadata']['adjustment-status'])).toEqual(['unadjusted', 'adjusted']);
    const corrected = JSON.parse(await fixture.read(lines[1]['better-ref']))['detection-annotations'][0].annotations[0];
    expect(Math.abs(corrected.left - (box.left - Math.ceil(box.width / 4)))).toBeLessThanOrEqual(2);

    await putCategories({ auditLabelAttributeName: 'cars-ref', labels: [{ label: 'car', editsAllowed: 'none' }, { label: 'bus', editsAllowed: 'none' }] });
    const verified = await run('AdjustmentVideoObjectDetection', 'verify', 'checked-ref', [moved]);
    expect(verified.lines[0]['checked-ref-metadata']['adjustment-status']).toBe('unadjusted');
    expect(JSON.parse(await fixture.read(verified.lines[0]['checked-ref']))).toEqual(file);
  });

  test.each([
    ['number-of-frames', { 'number-of-frames': 5 }],
    ['prefix', { prefix: `s3://${BUCKET}/` }],
    ['cannot be read', { prefix: `s3://${BUCKET}/clip2/` }],
    ['frame-no', { 'frames': [{ frame: 'f0000.png' }], 'number-of-frames': 1 }],
  ])('a sequence whose %s is wrong fails', async (reason, changes) => {
    await putCategories({});
    await putSequence('bad.json', changes);
    const name = `bad-${reason.replace(/ /g, '-')}`;
    const { job } = await run('VideoObjectTracking', name, 'cars-ref', [{ 'source-ref': `s3://${BUCKET}/bad.json` }]);
    expect(job).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining(reason) });
  });

  test('clips are classified as a whole', async () => {
    await fixture.putLabels('acts.json', ['run', 'jump']);
    await fixture.put('clips/a.mp4', 'a clip');
    await fixture.put('video.liquid.html', `<crowd-form><crowd-classifier name="crowd-classifier" categories="{{ task.input.labels | to_json | escape }}" header="?">
      <classification-target><video controls src="{{ task.input.taskObject | grant_read_access }}"></video></classification-target></crowd-classifier></crowd-form>`);
    await fixture.putManifest('manifest.jsonl', [{ 'source-ref': `s3://${BUCKET}/clips/a.mp4` }, { 'source-ref': `s3://${BUCKET}/clips/a.avi` }]);
    await fixture.create({ LabelingJobName: 'clips', LabelAttributeName: 'act', LabelCategoryConfigS3Uri: `s3://${BUCKET}/acts.json` }, taskOf('VideoMultiClass', 'video.liquid.html', 1));
    const job = await fixture.ended('clips');
    expect(job).toMatchObject({ LabelCounters: { TotalLabeled: 1, FailedNonRetryableError: 1 } });
    const [line] = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(line['act-metadata']).toMatchObject({ 'class-name': ['run', 'jump'][line.act], 'type': 'groundtruth/video-classification' });
  });
});
