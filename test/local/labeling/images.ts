import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { encode } from 'fast-png';
import { acs, BUCKET, pre, type LabelingFixture } from '../sagemaker/fixture';

/** A grey image of a size. */
export function png(width: number, height: number): Buffer {
  return Buffer.from(encode({ width, height, data: new Uint8Array(width * height).fill(90), channels: 1 }));
}

/** The beginning of a JPEG, as far as its size stands: enough to be measured. */
export function jpegHeader(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF\0'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0]), frame, Buffer.alloc(64)]);
}

export async function allowBrowsers(fixture: LabelingFixture): Promise<void> {
  await fixture.s3.send(new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }));
}

/** Images under `images/` and a manifest of them; returns its lines. */
export async function putImages(fixture: LabelingFixture, count: number, manifest = 'manifest.jsonl'): Promise<Array<{ 'source-ref': string }>> {
  const lines: Array<{ 'source-ref': string }> = [];
  for (let index = 0; index < count; index++) {
    const jpeg = index % 2 === 1;
    lines.push({ 'source-ref': await fixture.put(`images/${index}.${jpeg ? 'jpg' : 'png'}`, jpeg ? jpegHeader(200, 100) : png(120, 90)) });
  }
  await fixture.putManifest(manifest, lines);
  return lines;
}

/** A template of one element that asks for drawings. */
export function drawingTemplate(element: string, more = ''): string {
  return `<crowd-form><${element} name="annotatedResult" src="{{ task.input.taskObject | grant_read_access }}" header="Draw"
    labels="{{ task.input.labels | to_json | escape }}" ${more}><short-instructions>Draw.</short-instructions></${element}></crowd-form>`;
}

/** The part of a request that names a task type's functions and template. */
export function taskOf(suffix: string, template: string, workers = 3) {
  return {
    UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/${template}` },
    PreHumanTaskLambdaArn: pre(suffix),
    AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs(suffix) },
    NumberOfHumanWorkersPerDataObject: workers,
  };
}
