import { BUCKET, LabelingFixture } from '../../sagemaker/fixture';
import { allowBrowsers, drawingTemplate, putImages, taskOf } from '../images';

const TRUE_BOXES = [{ label: 'dog', left: 10, top: 12, width: 40, height: 30 }, { label: 'bone', left: 70, top: 50, width: 20, height: 20 }];
const INITIAL = `initial-value="[
  {% for box in task.input.manifestLine.boxes.annotations %}
    {% capture class_id %}{{ box.class_id }}{% endcapture %}
    {% assign label = task.input.manifestLine.boxes-metadata.class-map[class_id] %}
    { label: {{ label | to_json }}, left: {{ box.left }}, top: {{ box.top }}, width: {{ box.width }}, height: {{ box.height }}, },
  {% endfor %}
]"`;

describe('bounding boxes', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => {
    fixture = await LabelingFixture.start();
    await allowBrowsers(fixture);
    await fixture.putLabels('things.json', ['cat', 'dog', 'bone']);
    await fixture.put('boxes.liquid.html', drawingTemplate('crowd-bounding-box'));
    await fixture.put('adjust.liquid.html', drawingTemplate('crowd-bounding-box', INITIAL));
  });
  afterAll(() => fixture.stop());

  const LABELS = { LabelCategoryConfigS3Uri: `s3://${BUCKET}/things.json` };
  const output = async (name: string) => {
    const job = await fixture.ended(name);
    expect(job.LabelingJobStatus).toBe('Completed');
    return fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
  };

  test('merges what workers drew into boxes with a confidence each, near the truth that was stated', async () => {
    const lines = await putImages(fixture, 6);
    await fixture.engine.control('POST', 'annotators', { truth: [{ sourceRef: lines[0]['source-ref'], boxes: TRUE_BOXES }] });
    await fixture.create({ ...LABELS, LabelingJobName: 'boxes', LabelAttributeName: 'boxes' }, taskOf('BoundingBox', 'boxes.liquid.html', 5));
    const labeled = await output('boxes');
    expect(labeled.map((line) => line.boxes.image_size)).toEqual(lines.map((_, index) => (
      [index % 2 === 1 ? { width: 200, height: 100, depth: 3 } : { width: 120, height: 90, depth: 3 }])));
    for (const { boxes, 'boxes-metadata': metadata } of labeled) {
      const [{ width, height }] = boxes.image_size;
      expect(metadata).toEqual({
        'objects': boxes.annotations.map(() => ({ confidence: expect.any(Number) })),
        'class-map': Object.fromEntries(boxes.annotations.map((box: { class_id: number }) => [box.class_id, ['cat', 'dog', 'bone'][box.class_id]])),
        'type': 'groundtruth/object-detection',
        'job-name': 'labeling-job/boxes',
        'human-annotated': 'yes',
        'creation-date': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}$/),
      });
      for (const box of boxes.annotations) {
        expect(Object.keys(box).sort()).toEqual(['class_id', 'height', 'left', 'top', 'width']);
        expect([box.left >= 0, box.top >= 0, box.left + box.width <= width, box.top + box.height <= height]).toEqual([true, true, true, true]);
      }
      metadata.objects.forEach(({ confidence }: { confidence: number }) => expect(confidence > 0.3 && confidence <= 1).toBe(true));
    }
    const [first] = labeled;
    expect(first.boxes.annotations).toHaveLength(2);
    TRUE_BOXES.forEach(({ label, left, width }) => {
      const id = ['cat', 'dog', 'bone'].indexOf(label);
      expect(first.boxes.annotations.find((box: { class_id: number; left: number; width: number }) => (
        box.class_id === id && Math.abs(box.left - left) <= 3 && Math.abs(box.width - width) <= 3))).toBeDefined();
    });
  });

  test('stores answers in the form of the element, and labels alone with confidence 0', async () => {
    await putImages(fixture, 1);
    await fixture.create({ ...LABELS, LabelingJobName: 'alone', LabelAttributeName: 'boxes' }, taskOf('BoundingBox', 'boxes.liquid.html', 1));
    const [{ 'boxes-metadata': metadata }] = await output('alone');
    metadata.objects.forEach((each: object) => expect(each).toEqual({ confidence: 0 }));
    const [key] = await fixture.keys('output/alone/annotations/worker-response/iteration-1/0/');
    const { answers: [{ answerContent }] } = JSON.parse(await fixture.read(`s3://${BUCKET}/${key}`)) as { answers: [{ answerContent: object }] };
    expect(answerContent).toEqual({
      annotatedResult: {
        boundingBoxes: expect.arrayContaining([expect.objectContaining({ height: expect.any(Number), label: expect.any(String), left: expect.any(Number) })]),
        inputImageProperties: { width: 120, height: 90 },
      },
    });
  });

  test('annotators of little accuracy miss boxes and mistake classes', async () => {
    const lines = await putImages(fixture, 20);
    const truth = lines.map((line) => ({ ...line, boxes: TRUE_BOXES }));
    await fixture.engine.control('POST', 'annotators', { annotators: [{ name: 'sloppy', accuracy: 0.5 }], truth });
    await fixture.create({ ...LABELS, LabelingJobName: 'sloppy', LabelAttributeName: 'boxes' }, taskOf('BoundingBox', 'boxes.liquid.html', 1));
    const boxes = (await output('sloppy')).flatMap((line) => line.boxes.annotations as Array<{ class_id: number }>);
    expect(boxes.length).toBeLessThan(40);
    expect(boxes.some((box) => box.class_id === 0)).toBe(true);
    await fixture.engine.control('POST', 'annotators', { annotators: ['ann', 'ben', 'cid'].map((name) => ({ name, accuracy: 0.95 })) });
  });

  describe('of an earlier job', () => {
    const far = { image_size: [{ width: 120, height: 90, depth: 3 }], annotations: [{ class_id: 1, left: 18, top: 18, width: 40, height: 30 }] };
    const right = { ...far, annotations: TRUE_BOXES.map(({ label, ...box }) => ({ class_id: ['cat', 'dog', 'bone'].indexOf(label), ...box })) };
    const metadata = { 'type': 'groundtruth/object-detection', 'class-map': { 1: 'dog', 2: 'bone' } };
    beforeAll(async () => {
      const [{ 'source-ref': first }, , { 'source-ref': third }] = await putImages(fixture, 4);
      await fixture.engine.control('POST', 'annotators', { truth: [first, third].map((sourceRef) => ({ sourceRef, boxes: TRUE_BOXES })) });
      await fixture.putManifest('labeled.jsonl', [
        { 'source-ref': first, 'boxes': far, 'boxes-metadata': metadata },
        { 'source-ref': third, 'boxes': right, 'boxes-metadata': metadata },
        { 'source-ref': third, 'kind': 'no box' },
      ]);
    });
    const request = { ...LABELS, InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${BUCKET}/labeled.jsonl` } } } };

    test('are adjusted where they are off, and say so; a line without any fails', async () => {
      await fixture.create({ ...request, LabelingJobName: 'adjust', LabelAttributeName: 'adjusted' }, taskOf('AdjustmentBoundingBox', 'adjust.liquid.html', 3));
      const job = await fixture.ended('adjust');
      expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 1 } });
      const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
      expect(lines[0].boxes).toEqual(far);
      expect(lines[0].adjusted.annotations).toHaveLength(2);
      expect(lines[0]['adjusted-metadata']).toMatchObject({ 'adjustment-status': 'adjusted', 'type': 'groundtruth/object-detection' });
      expect(lines[1].adjusted).toEqual(right);
      expect(lines[1]['adjusted-metadata']['adjustment-status']).toBe('unadjusted');
    });

    test('are verified: a class, and what workers remarked', async () => {
      await fixture.putLabels('verdicts.json', ['good', 'bad']);
      await fixture.put('verify.liquid.html', `<crowd-form><img src="{{ task.input.taskObject | grant_read_access }}">
        <crowd-classifier name="verdict" categories="{{ task.input.labels | to_json | escape }}" header="?"></crowd-classifier>
        <crowd-text-area name="comment">Too wide.</crowd-text-area></crowd-form>`);
      const verdicts = { LabelCategoryConfigS3Uri: `s3://${BUCKET}/verdicts.json` };
      await fixture.create({ ...request, ...verdicts, LabelingJobName: 'verify', LabelAttributeName: 'verdict' }, taskOf('VerificationBoundingBox', 'verify.liquid.html', 3));
      const job = await fixture.ended('verify');
      expect(job).toMatchObject({ LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 1 } });
      const [line] = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
      expect(line['verdict-metadata']).toEqual({
        'class-name': ['good', 'bad'][line.verdict],
        'confidence': expect.any(Number),
        'type': 'groundtruth/label-verification',
        'job-name': 'labeling-job/verify',
        'human-annotated': 'yes',
        'creation-date': expect.any(String),
        'worker-feedback': [{ comment: 'Too wide.' }, { comment: 'Too wide.' }, { comment: 'Too wide.' }],
      });
    });
  });
});
