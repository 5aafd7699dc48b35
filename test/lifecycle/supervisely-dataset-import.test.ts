import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { encode } from 'fast-png';
import { Lifecycle } from './harness';
import { LabelingInput, supervisely } from '../../src';

const { ImageTransfer, ImportedLabels, LabelingJob, Project } = supervisely;
const SECRET = 'supervisely/token';
const BUCKET = 'photos';
const IMAGES = 70;

/** An import by the shipped bundle, into a project that it makes. */
let life: Lifecycle;

beforeAll(async () => {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial' });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const secrets = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } });
  await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: token }));
  await life.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const photo = encode({ width: 8, height: 6, data: new Uint8Array(8 * 6 * 3).fill(200), channels: 3, depth: 8 });
  for (let number = 1; number <= IMAGES; number++) await put(`images/${number}.png`, photo);
  await put('images/none.png', 'not an image');
  await put('boxes.manifest', manifest(IMAGES));
});
afterAll(() => life.stop(), 60_000);
afterEach(() => life.clearFaults());

async function put(Key: string, Body: string | Uint8Array): Promise<void> {
  await life.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
}

/** Boxes on every image with an odd number; a line without an image, and one whose box is too large. */
function manifest(images: number): string {
  const box = (id: number, width = 3) => (
    { image_size: [{ width: 8, height: 6, depth: 3 }], annotations: [{ class_id: id, left: 1, top: 2, width, height: 2 }] });
  const metadata = { 'class-map': { 0: 'apple', 1: 'pear' }, 'type': 'groundtruth/object-detection', 'human-annotated': 'yes' };
  const labeled = (number: number, value: object) => ({ 'source-ref': `s3://${BUCKET}/images/${number}.png`, number, 'boxes': value, 'boxes-metadata': metadata });
  const lines = Array.from({ length: images }, (_, index) => index + 1)
    .map((number) => (number % 2 === 1
      ? labeled(number, box(number % 4 === 1 ? 0 : 1, number === 7 ? 20 : 3)) : { 'source-ref': `s3://${BUCKET}/images/${number}.png`, number }));
  return [...lines, { 'source-ref': `s3://${BUCKET}/images/none.png` }].map((line) => `${JSON.stringify(line)}\n`).join('');
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
async function server(method: string, body: object): Promise<any> {
  const { address, token } = life.engine.supervisely;
  const response = await fetch(`${address}/public/api/v3/${method}`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': token }, body: JSON.stringify(body),
  });
  return response.json();
}

interface Variation {
  readonly attempt?: number;
  readonly images?: supervisely.ImageTransfer;
  readonly labels?: boolean;
  readonly datasetName?: string;
}

function declare(stack: Stack, { attempt, images, datasetName = 'fruit' }: Variation = {}): void {
  const connection = new supervisely.Connection(stack, 'Server', {
    serverUrl: life.engine.supervisely.address, apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', SECRET), allowPlainHttp: true,
  });
  const fruit = new supervisely.DatasetImport(stack, 'Fruit', {
    connection,
    project: Project.fromProjectName(349, 'Moved from Ground Truth'),
    datasetName,
    input: LabelingInput.fromManifest(s3.Bucket.fromBucketName(stack, 'Photos', BUCKET), 'boxes.manifest'),
    labels: [ImportedLabels.boundingBoxes('boxes')],
    images,
    attempt,
    waitForCompletion: true,
  });
  new LabelingJob(stack, 'Rest', {
    connection, dataset: fruit.dataset, title: 'The rest', labelers: [supervisely.User.fromUserId(7)], excludeImagesWithTags: ['ground-truth'],
  });
}

async function datasetNamed(name: string): Promise<{ id: number; projectId: number; imagesCount: number }> {
  const { entities: [project] } = await server('projects.list', { workspaceId: 349, filter: [{ field: 'name', operator: '=', value: 'Moved from Ground Truth' }] });
  return (await server('datasets.list', { projectId: project.id, filter: [{ field: 'name', operator: '=', value: name }] })).entities[0];
}

/** For each image its number, tags and boxes. */
async function imported(datasetId: number): Promise<Array<{ number?: number; link: string | null; tags: string[]; boxes: Array<[string, unknown]> }>> {
  const { entities: images } = await server('images.list', { datasetId });
  const annotations = await server('annotations.bulk.info', { datasetId, imageIds: images.map(({ id }: { id: number }) => id), integerCoords: false });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
  return images.map(({ meta, link }: any, index: number) => ({
    number: meta.number,
    link,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
    tags: annotations[index].annotation.tags.map(({ name }: any) => name),
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
    boxes: annotations[index].annotation.objects.map(({ classTitle, points }: any) => [classTitle, points.exterior]),
  }));
}

test('images and labels get into the dataset once, whatever breaks; a job takes the rest; nothing of it goes with the stack', async () => {
  for (const operation of ['projects.add', 'datasets.add', 'projects.meta.update', 'images.bulk.add', 'annotations.bulk.add']) {
    await life.fault({ service: 'supervisely', operation, when: 'after', times: 1, error: { code: 'Internal Server Error', statusCode: 500 } });
  }
  const { stacks: { Life: created } } = await life.deploy(declare);
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  const dataset = await datasetNamed('fruit');
  const images = await imported(dataset.id);
  expect(images.map(({ number }) => number).sort((a, b) => a! - b!)).toEqual(Array.from({ length: IMAGES }, (_, index) => index + 1));
  for (const { number, link, tags, boxes } of images) {
    const isLabeled = number! % 2 === 1 && number !== 7;
    expect({ number, link, tags, boxes }).toEqual({
      number, link: `s3://${BUCKET}/images/${number}.png`,
      tags: isLabeled ? ['ground-truth'] : [],
      boxes: isLabeled ? [[number! % 4 === 1 ? 'apple' : 'pear', [[1, 2], [4, 4]]]] : [],
    });
  }
  const { entities: [job] } = await server('jobs.list', { teamId: 8, filter: [{ field: 'datasetId', operator: '=', value: dataset.id }] });
  const entities = (await server('jobs.info', { id: job.id })).entities as Array<{ id: number }>;
  expect(entities.length).toBe(IMAGES / 2 + 1);

  // the list has grown by nothing: everything is found, and people's labels stay
  const { stacks: { Life: again } } = await life.deploy((stack) => declare(stack, { attempt: 2 }));
  expect([again.status, again.reason]).toEqual(['UPDATE_COMPLETE', undefined]);
  expect((await imported(dataset.id)).length).toBe(IMAGES);

  const { stacks: { Life: destroyed } } = await life.destroy();
  expect(destroyed.status).toBe('DELETE_COMPLETE');
  expect((await datasetNamed('fruit')).imagesCount).toBe(IMAGES);
});

test('images are uploaded where that is asked for', async () => {
  const { stacks: { Life: created } } = await life.deploy((stack) => declare(stack, { images: ImageTransfer.UPLOAD, datasetName: 'uploaded' }));
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  const images = await imported((await datasetNamed('uploaded')).id);
  expect([images.length, new Set(images.map(({ link }) => link))]).toEqual([IMAGES, new Set([null])]);
  await life.destroy();
});
