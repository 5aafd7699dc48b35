import { decode } from 'fast-png';
import { BUCKET, LabelingFixture } from '../../sagemaker/fixture';
import { allowBrowsers, drawingTemplate, putImages, taskOf } from '../images';

const INITIAL = `initial-value="{
  'src': '{{ task.input.manifestLine.streets-ref | grant_read_access }}',
  'labelMappings': {
    {% for box in task.input.manifestLine.streets-ref-metadata.internal-color-map %}
      {% if box[1]['class-name'] != 'BACKGROUND' %} {{ box[1]['class-name'] | to_json }}: { 'color': {{ box[1]['hex-color'] | to_json }} }, {% endif %}
    {% endfor %}
  }
}"`;

describe('semantic segmentation', () => {
  let fixture: LabelingFixture;
  let images: Array<{ 'source-ref': string }>;
  beforeAll(async () => {
    fixture = await LabelingFixture.start();
    await allowBrowsers(fixture);
    images = await putImages(fixture, 4);
    await fixture.putLabels('parts.json', ['road', 'building']);
    await fixture.put('mask.liquid.html', drawingTemplate('crowd-semantic-segmentation'));
    await fixture.put('adjust.liquid.html', drawingTemplate('crowd-semantic-segmentation', INITIAL));
    const truth = images.map((image) => ({ ...image, boxes: [{ label: 'road', left: 20, top: 20, width: 60, height: 40 }] }));
    await fixture.engine.control('POST', 'annotators', { annotators: ['ann', 'ben', 'cid'].map((name) => ({ name, accuracy: 0.96 })), truth });
    await fixture.create({ LabelCategoryConfigS3Uri: `s3://${BUCKET}/parts.json`, LabelingJobName: 'masks', LabelAttributeName: 'streets-ref' },
      taskOf('SemanticSegmentation', 'mask.liquid.html'));
  });
  afterAll(() => fixture.stop());

  const output = async (name: string) => {
    const job = await fixture.ended(name);
    expect(job).toMatchObject({ LabelingJobStatus: 'Completed' });
    return fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
  };

  test('writes a mask of the image\'s size whose values are the classes of the colour map', async () => {
    const lines = await output('masks');
    for (const [index, { 'streets-ref': uri, 'streets-ref-metadata': metadata }] of lines.entries()) {
      expect(uri).toMatch(new RegExp(`^s3://${BUCKET}/output/masks/annotations/consolidated-annotation/output/${index}_[^/]+\\.png$`));
      const mask = decode(await fixture.readBytes(uri));
      expect([mask.width, mask.height]).toEqual(index % 2 === 1 ? [200, 100] : [120, 90]);
      const { 0: background, 1: road, 2: building } = metadata['internal-color-map'];
      expect([background, road, building]).toMatchObject([
        { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff' }, { 'class-name': 'road', 'hex-color': '#2ca02c' }, { 'class-name': 'building', 'hex-color': '#1f77b4' },
      ]);
      expect(new Set([background.confidence, road.confidence, building.confidence]).size).toBe(1);
      expect(road.confidence).toBeGreaterThan(0.8);
      expect(metadata).toMatchObject({ 'type': 'groundtruth/semantic-segmentation', 'job-name': 'labeling-job/masks', 'human-annotated': 'yes' });
      expect(mask.palette!.slice(0, 3)).toEqual([[255, 255, 255], [0x2c, 0xa0, 0x2c], [0x1f, 0x77, 0xb4]]);
      const at = (x: number, y: number) => mask.data[y * mask.width + x];
      expect([at(50, 40), at(3, 3), at(mask.width - 1, mask.height - 1)]).toEqual([1, 0, 0]);
      const painted = [...mask.data].filter((value) => value === 1).length;
      expect(painted / (Math.PI * 30 * 20)).toBeGreaterThan(0.85);
      expect(painted / (Math.PI * 30 * 20)).toBeLessThan(1.15);
    }
  });

  test('a worker\'s answer holds the painted image and its colours', async () => {
    await output('masks');
    const [key] = await fixture.keys('output/masks/annotations/worker-response/iteration-1/0/');
    const { answers: [{ answerContent: { annotatedResult } }] } = JSON.parse(await fixture.read(`s3://${BUCKET}/${key}`));
    expect(annotatedResult).toEqual({
      inputImageProperties: { height: 90, width: 120 },
      labelMappings: { road: { color: '#2ca02c' }, building: { color: '#1f77b4' } },
      labeledImage: { pngImageData: expect.any(String) },
    });
    expect(decode(Buffer.from(annotatedResult.labeledImage.pngImageData, 'base64'))).toMatchObject({ width: 120, height: 90 });
  });

  test('adjusts masks that are off and leaves others alone', async () => {
    const [first, , third] = await output('masks');
    const request = { LabelCategoryConfigS3Uri: `s3://${BUCKET}/parts.json`, InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${BUCKET}/prior.jsonl` } } } };
    await fixture.putManifest('prior.jsonl', [first, third, images[1]]);
    await fixture.engine.control('POST', 'annotators', {
      annotators: ['ann', 'ben', 'cid'].map((name) => ({ name, accuracy: 1 })),
      truth: [{ ...images[2], boxes: [{ label: 'building', left: 20, top: 20, width: 60, height: 40 }] }],
    });
    await fixture.create({ ...request, LabelingJobName: 'again', LabelAttributeName: 'better-ref' }, taskOf('AdjustmentSemanticSegmentation', 'adjust.liquid.html'));
    const job = await fixture.ended('again');
    expect(job).toMatchObject({ LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 1 } });
    const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(lines.slice(0, 2).map((line) => line['better-ref-metadata']['adjustment-status'])).toEqual(['unadjusted', 'adjusted']);
    expect(decode(await fixture.readBytes(lines[0]['better-ref'])).data).toEqual(decode(await fixture.readBytes(first['streets-ref'])).data);
    expect(decode(await fixture.readBytes(lines[1]['better-ref'])).data[40 * 120 + 50]).toBe(2);
  });

  test('verifies masks', async () => {
    await fixture.putManifest('prior.jsonl', await output('masks'));
    await fixture.putLabels('verdicts.json', ['good', 'bad']);
    await fixture.put('verify.liquid.html', `<crowd-form><crowd-image-classifier name="v" src="{{ task.input.manifestLine.streets-ref | grant_read_access }}"
      categories="{{ task.input.labels | to_json | escape }}" header="?"></crowd-image-classifier></crowd-form>`);
    await fixture.create({
      LabelCategoryConfigS3Uri: `s3://${BUCKET}/verdicts.json`, LabelingJobName: 'verify', LabelAttributeName: 'verdict',
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${BUCKET}/prior.jsonl` } } },
    }, taskOf('VerificationSemanticSegmentation', 'verify.liquid.html'));
    const [{ verdict, 'verdict-metadata': metadata }] = await output('verify');
    expect(metadata).toMatchObject({ 'class-name': ['good', 'bad'][verdict], 'type': 'groundtruth/label-verification' });
    expect(metadata['worker-feedback']).toBeUndefined();
  });

  test('an object that is no image fails', async () => {
    const broken = await fixture.put('images/broken.png', 'no image');
    await fixture.putManifest('manifest.jsonl', [images[0], { 'source-ref': broken }]);
    await fixture.create({ LabelCategoryConfigS3Uri: `s3://${BUCKET}/parts.json`, LabelingJobName: 'broken', LabelAttributeName: 'streets-ref' },
      taskOf('SemanticSegmentation', 'mask.liquid.html'));
    expect(await fixture.ended('broken')).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 1, FailedNonRetryableError: 1 } });
  });
});
