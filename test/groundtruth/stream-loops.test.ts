import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { groundtruth, LabelCategories } from '../../src';

const { InputManifest, LabelingJob, StreamIntake, TaskType } = groundtruth;

/** A stream of images that writes to one bucket and is fed by the objects of another one. */
function stream(stack: Stack, id: string, outputBucket: s3.IBucket, watched: s3.IBucket, prefix = 'labels/'): void {
  const intake = new StreamIntake(stack, `${id}Intake`);
  intake.addObjectsOf(watched, { prefix, suffix: '.png' });
  new LabelingJob(stack, id, { ...common(stack), taskType: TaskType.imageClassification(), input: InputManifest.streaming(intake), outputBucket });
}

function common(stack: Stack) {
  return { workteam: groundtruth.Workteam.fromWorkteamName(stack, `Team${stack.node.children.length}`, 'readers'), labels: LabelCategories.of('cat', 'dog') };
}

const bucket = (stack: Stack, id: string) => new groundtruth.LabelingBucket(stack, id);

describe('streams that feed each other', () => {
  test('by each other\'s output buckets are refused, also across stacks', () => {
    const app = new App();
    const [one, two] = [new Stack(app, 'One'), new Stack(app, 'Two')];
    const a = bucket(one, 'A');
    stream(one, 'First', a, s3.Bucket.fromBucketName(one, 'OfTwo', 'bucket-of-two'));
    stream(two, 'Second', s3.Bucket.fromBucketName(two, 'Own', 'bucket-of-two'), a);
    expect(() => app.synth()).toThrow(/come back to it as data objects.*One\/First -> Two\/Second -> One\/First/);
  });

  test('by each other\'s topics are refused', () => {
    const app = new App();
    const stack = new Stack(app, 'Labels');
    const [there, back] = [new sns.Topic(stack, 'There'), new sns.Topic(stack, 'Back')];
    const job = (id: string, from: sns.ITopic, outputTopic: sns.ITopic) => (
      new LabelingJob(stack, id, { ...common(stack), taskType: TaskType.textClassification(), input: InputManifest.fromTopic(from), outputTopic }));
    job('First', there, back);
    job('Second', back, there);
    expect(() => app.synth()).toThrow(/Labels\/First -> Labels\/Second -> Labels\/First/);
  });

  test('through a third one are refused', () => {
    const app = new App();
    const stack = new Stack(app, 'Labels');
    const [a, b, c] = ['A', 'B', 'C'].map((id) => bucket(stack, id));
    stream(stack, 'First', a, c);
    stream(stack, 'Second', b, a);
    stream(stack, 'Third', c, b);
    expect(() => app.synth()).toThrow(/Labels\/First -> Labels\/Second -> Labels\/Third -> Labels\/First/);
  });

  test('one after the other are not', () => {
    const app = new App();
    const stack = new Stack(app, 'Labels');
    const [images, a, b] = ['Images', 'A', 'B'].map((id) => bucket(stack, id));
    stream(stack, 'First', a, images);
    stream(stack, 'Second', b, a);
    stream(stack, 'Third', images, b, 'other/');
    expect(() => app.synth()).not.toThrow();
  });
});

describe('objects that are there already', () => {
  const existing = (places: number, prefix: string, seeds: groundtruth.InputManifest[] = []) => {
    const stack = new Stack(new App(), 'Labels');
    const intake = new StreamIntake(stack, 'Intake', { seeds });
    for (let place = 0; place < places; place++) intake.addObjectsOf(s3.Bucket.fromBucketName(stack, `B${place}`, `bucket-${place}`), { prefix, includeExisting: true });
  };

  test('in more places than a function\'s environment holds are refused, with a remedy', () => {
    expect(() => existing(8, 'images/of/cats/')).not.toThrow();
    expect(() => existing(40, 'images/of/cats/')).toThrow(/'includeExisting' is asked for in \d+ places beside 0 'seeds', which take \d+ bytes of at most 2400: give a prefix that they share/);
    expect(() => existing(2, 'x'.repeat(1_000))).toThrow(/'includeExisting'/);
  });

  test('count together with manifests', () => {
    const seeds = Array.from({ length: 8 }, (_, index) => InputManifest.fromRecords([{ 'source-ref': `s3://seeds/${index}.png` }]));
    expect(() => existing(0, '', seeds)).not.toThrow();
    expect(() => existing(1, 'images/', seeds)).toThrow(/beside 8 'seeds'/);
  });
});
