import { inflateSync } from 'node:zlib';
import { acs, BUCKET, LabelingFixture, pre } from '../../sagemaker/fixture';
import { allowBrowsers } from '../images';

const POINTS = 500;
const CUBOID = ['center-x', 'center-y', 'center-z', 'class-id', 'height', 'label-category-attributes', 'length', 'object-name', 'pitch', 'roll', 'width', 'yaw'];

/** Points on a spiral, as floats of four bytes each. */
function binaryCloud(numbers: number): Buffer {
  const floats = Array.from({ length: POINTS }, (_, index) => (
    [Math.cos(index) * index / 50, Math.sin(index) * index / 50, index / 100, 1, 0, 0, 0].slice(0, numbers))).flat();
  return Buffer.from(new Float32Array(floats).buffer);
}

describe('point clouds', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => {
    fixture = await LabelingFixture.start();
    await allowBrowsers(fixture);
    await fixture.put('clouds/a.bin', binaryCloud(4));
    await fixture.put('clouds/b.txt', Array.from({ length: 10 }, (_, index) => `${index} ${index * 2} 0.5`).join('\n'));
  });
  afterAll(() => fixture.stop());

  const putCategories = (changes: object) => fixture.put('categories.json', JSON.stringify({
    documentVersion: '2020-03-01', labels: [{ label: 'Car' }, { label: 'Tree' }],
    frameAttributes: [{ name: 'weather', description: 'outside', type: 'string', enum: ['dry', 'wet'] }], ...changes,
  }));
  const run = async (suffix: string, name: string, attribute: string, lines: object[]) => {
    await fixture.putManifest('manifest.jsonl', lines);
    await fixture.create({ LabelingJobName: name, LabelAttributeName: attribute, LabelCategoryConfigS3Uri: `s3://${BUCKET}/categories.json` }, {
      UiConfig: { HumanTaskUiArn: `arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/${suffix.replace(/^(Adjustment)?3D/, '')}` },
      PreHumanTaskLambdaArn: pre(suffix),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs(suffix) },
      NumberOfHumanWorkersPerDataObject: 1,
    });
    const job = await fixture.ended(name);
    return { job, lines: job.LabelingJobOutput ? await fixture.readLines(job.LabelingJobOutput.OutputDatasetS3Uri!) : [] };
  };
  const frame = (key: string, format?: string) => ({ 'source-ref': `s3://${BUCKET}/${key}`, 'source-ref-metadata': { 'unix-timestamp': 1566861644.75, ...(format && { format }) } });

  test('object detection: cuboids stand in the manifest', async () => {
    await putCategories({});
    const { job, lines: [line] } = await run('3DPointCloudObjectDetection', 'cuboids', 'cuboids', [
      frame('clouds/a.bin'), frame('clouds/b.txt', 'text/xyz'), frame('clouds/b.txt'), { 'source-ref': `s3://${BUCKET}/clouds/a.bin` }, frame('clouds/a.bin', 'binary/xyzrgb'),
    ]);
    // the third has lines of the wrong length, the fourth no time, the fifth bytes that are no multiple of a point's
    expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 3 } });
    expect(line.cuboids.annotations.length).toBeGreaterThan(0);
    for (const cuboid of line.cuboids.annotations) {
      expect(Object.keys(cuboid).sort()).toEqual(CUBOID);
      expect(Math.abs(cuboid['center-x'])).toBeLessThan(11);
      expect(cuboid['object-name']).toMatch(new RegExp(`^${['Car', 'Tree'][cuboid['class-id']]}:\\d$`));
    }
    expect(line['cuboids-metadata']).toEqual({
      'objects': [],
      'class_map': Object.fromEntries(line.cuboids.annotations.map((cuboid: Record<string, number>) => [cuboid['class-id'], ['Car', 'Tree'][cuboid['class-id']]])),
      'type': 'groundtruth/point_cloud_object_detection',
      'human-annotated': 'yes',
      'creation-date': expect.any(String),
      'job-name': 'labeling-job/cuboids',
      'dataset-object-attributes': { weather: expect.stringMatching(/^(dry|wet)$/) },
    });
  });

  test('object tracking: cuboids of a sequence stand in its label file', async () => {
    await putCategories({});
    const sequence = await fixture.put('clouds/seq.json', JSON.stringify({
      'seq-no': 1, 'prefix': `s3://${BUCKET}/clouds/`, 'number-of-frames': 2,
      'frames': [{ 'frame-no': 300, 'frame': 'a.bin', 'unix-timestamp': 1 }, { 'frame-no': 301, 'frame': 'a.bin', 'unix-timestamp': 2 }],
    }));
    const { lines: [line] } = await run('3DPointCloudObjectTracking', 'followed', 'lidar-ref', [{ 'source-ref': sequence }]);
    expect(line['lidar-ref']).toBe(`s3://${BUCKET}/output/followed/annotations/consolidated-annotation/output/0/SeqLabel.json`);
    const { 'tracking-annotations': frames } = JSON.parse(await fixture.read(line['lidar-ref']));
    expect(frames.map((each: object) => Object.keys(each).sort())).toEqual(Array.from({ length: 2 }, () => ['annotations', 'frame-attributes', 'frame-name', 'frame-number']));
    const [first, second] = frames.map((each: { annotations: Array<Record<string, string>> }) => each.annotations.map((cuboid) => cuboid['object-id']));
    expect(first.length).toBeGreaterThan(0);
    expect(second).toEqual(first);
    expect(line['lidar-ref-metadata']).toMatchObject({
      objects: [{ 'frame-no': 300, 'confidence': [] }, { 'frame-no': 301, 'confidence': [] }], type: 'groundtruth/point_cloud_object_tracking',
    });
  });

  test('semantic segmentation: one class a point, compressed; adjusting leaves right ones alone', async () => {
    await fixture.engine.control('POST', 'annotators', { annotators: [{ name: 'exact', accuracy: 1 }] });
    await putCategories({});
    const { lines: [line] } = await run('3DPointCloudSemanticSegmentation', 'painted', 'points-ref', [frame('clouds/a.bin')]);
    expect(line['points-ref']).toBe(`s3://${BUCKET}/output/painted/annotations/consolidated-annotation/output/0/a.zlib`);
    const classes = inflateSync(await fixture.readBytes(line['points-ref']));
    expect(classes).toHaveLength(POINTS);
    expect(Math.max(...classes)).toBeGreaterThan(0);
    expect(Math.max(...classes)).toBeLessThanOrEqual(2);
    expect(line['points-ref-metadata']).toMatchObject({
      'color-map': {
        0: { 'class-name': 'Background', 'hex-color': '#ffffff', 'confidence': 0 }, 1: { 'class-name': 'Car', 'hex-color': '#2ca02c' }, 2: { 'class-name': 'Tree' },
      },
      'type': 'groundtruth/point_cloud_single_frame_semantic_segmentation',
    });

    await putCategories({ auditLabelAttributeName: 'points-ref' });
    const { lines: [reviewed] } = await run('Adjustment3DPointCloudSemanticSegmentation', 'repainted', 'again-ref', [line]);
    expect(reviewed['again-ref-metadata']['adjustment-status']).toBe('unadjusted');
    expect(inflateSync(await fixture.readBytes(reviewed['again-ref']))).toEqual(classes);
  });
});
