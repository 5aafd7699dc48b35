import { bitmap, rectangle, World } from './fake-world';
import { pngPixels } from '../../../runtime/shared/png';
import { allowBrowsers, drawingTemplate, png, taskOf } from '../../local/labeling/images';
import { BUCKET, LabelingFixture } from '../../local/sagemaker/fixture';

const BOXES = `initial-value="[
  {% for box in task.input.manifestLine.fruit.annotations %}
    {% capture class_id %}{{ box.class_id }}{% endcapture %}
    { label: {{ task.input.manifestLine.fruit-metadata.class-map[class_id] | to_json }}, left: {{ box.left }}, top: {{ box.top }}, width: {{ box.width }}, height: {{ box.height }}, },
  {% endfor %}
]"`;
const MASKS = `initial-value="{
  'src': '{{ task.input.manifestLine.fruit-ref | grant_read_access }}',
  'labelMappings': {
    {% for entry in task.input.manifestLine.fruit-ref-metadata.internal-color-map %}
      {% if entry[1]['class-name'] != 'BACKGROUND' %} {{ entry[1]['class-name'] | to_json }}: { 'color': {{ entry[1]['hex-color'] | to_json }} }, {% endif %}
    {% endfor %}
  }
}"`;

/** What Ground Truth's own adjustment jobs make of an export: people who see nothing to change leave it as it is. */
let fixture: LabelingFixture;
let world: World;
let boxes: object[];
let masks: object[];
beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  fixture = await LabelingFixture.start();
  await allowBrowsers(fixture);
  await fixture.putLabels('fruit.json', ['kiwi', 'lemon']);
  await fixture.put('boxes.liquid.html', drawingTemplate('crowd-bounding-box', BOXES));
  await fixture.put('masks.liquid.html', drawingTemplate('crowd-semantic-segmentation', MASKS));
  world = new World();
  const source = await fixture.put('images/11.png', png(120, 90));
  const area = { left: 20, top: 20, width: 60, height: 40 };
  await fixture.engine.control('POST', 'annotators', {
    annotators: ['ann', 'ben', 'cid'].map((name) => ({ name, accuracy: 1 })), truth: [{ sourceRef: source, boxes: [{ label: 'lemon', ...area }] }],
  });
  // fruits are round, to these people too
  const isInside = (x: number, y: number) => ((x + 0.5) / area.width * 2 - 1) ** 2 + ((y + 0.5) / area.height * 2 - 1) ** 2 <= 1;
  const rows = Array.from({ length: area.height }, (_, y) => Array.from({ length: area.width }, (_column, x) => (isInside(x, y) ? '#' : '.')).join(''));
  world.server.image(11, { width: 120, height: 90, meta: { 'source-ref': source } });
  boxes = [rectangle('lemon', [[20, 20], [80, 60]])];
  masks = [bitmap('lemon', [20, 20], rows)];
  world.server.job(1, { 11: 'accepted' });
});
afterAll(() => fixture.stop());

/** The line that an adjustment of the exported manifest writes. */
async function adjusted(name: string, suffix: string, template: string, labelAttributeName: string): Promise<Record<string, any>> {
  for (const [uri, bytes] of world.files.bytes) await fixture.put(uri.replace('s3://out/', 'out/'), Buffer.from(bytes));
  await fixture.putManifest(`${name}.jsonl`, JSON.parse(JSON.stringify(world.lines).replaceAll('s3://out/', `s3://${BUCKET}/out/`)));
  await fixture.create({
    LabelCategoryConfigS3Uri: `s3://${BUCKET}/fruit.json`, LabelingJobName: name, LabelAttributeName: labelAttributeName,
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${BUCKET}/${name}.jsonl` } } },
  }, taskOf(suffix, template, 3));
  const job = await fixture.ended(name);
  expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 1, FailedNonRetryableError: 0 } });
  const [line] = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
  expect(line[`${labelAttributeName}-metadata`]['adjustment-status']).toBe('unadjusted');
  return line;
}

test('boxes', async () => {
  world.server.images.get(11)!.objects = boxes;
  await world.export({ format: { kind: 'boundingBox' } });
  const { fruit, better } = await adjusted('boxes', 'AdjustmentBoundingBox', 'boxes.liquid.html', 'better');
  expect(better).toEqual(fruit);
});

test('segmentations', async () => {
  world.server.images.get(11)!.objects = masks;
  await world.export({ format: { kind: 'semanticSegmentation' }, labelAttributeName: 'fruit-ref' });
  const line = await adjusted('masks', 'AdjustmentSemanticSegmentation', 'masks.liquid.html', 'better-ref');
  expect(line['better-ref-metadata']['internal-color-map'][2]['class-name']).toBe('lemon');
  const [before, after] = [world.files.bytes.get(world.lines[0]['fruit-ref'])!, await fixture.readBytes(line['better-ref'])];
  expect(pngPixels(after).data).toEqual(pngPixels(before).data);
});
