import { processorTime } from '../processor-time';
import { BUCKET, LabelingFixture, texts } from '../sagemaker/fixture';

describe('a text classification job with simulated annotators', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => { fixture = await LabelingFixture.start(); });
  afterAll(() => fixture.stop());

  test('completes twenty objects within two seconds and counts them', async () => {
    await fixture.putManifest('manifest.jsonl', texts(20));
    const { result: job, milliseconds } = await processorTime(async () => {
      await fixture.create({ LabelingJobName: 'twenty' });
      return fixture.ended('twenty');
    });
    expect(job.LabelingJobStatus).toBe('Completed');
    expect(milliseconds).toBeLessThan(2000);
    expect(job.LabelCounters).toEqual({ TotalLabeled: 20, HumanLabeled: 20, MachineLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 0 });
    expect(job.LabelingJobOutput).toEqual({ OutputDatasetS3Uri: `s3://${BUCKET}/output/twenty/manifests/output/output.manifest` });
  });

  test('writes each line with its label and metadata, in the order of the input, other keys untouched', async () => {
    const lines = ['{"source": "a \\"quoted\\" text", "ticket": 77}', '{"id":1.0,"source":"line\\u2028separator 😀"}'];
    await fixture.put('manifest.jsonl', lines.join('\r\n'));
    await fixture.create({ LabelingJobName: 'forms' });
    const { LabelingJobOutput } = await fixture.ended('forms');

    const output = (await fixture.read(LabelingJobOutput!.OutputDatasetS3Uri!)).trimEnd().split('\n');
    output.forEach((line, index) => expect(line.startsWith(lines[index].slice(0, -1))).toBe(true));
    expect(output.map((line) => (JSON.parse(line) as { kind: number }).kind)).toEqual([expect.any(Number), expect.any(Number)]);
    const { kind, 'kind-metadata': metadata } = JSON.parse(output[0]) as { 'kind': number; 'kind-metadata': object };
    expect(metadata).toEqual({
      'class-name': ['ham', 'spam'][kind],
      'confidence': expect.any(Number),
      'type': 'groundtruth/text-classification',
      'job-name': 'labeling-job/forms',
      'human-annotated': 'yes',
      'creation-date': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
    });
  });

  test('stores every worker answer with times and identity', async () => {
    await fixture.putManifest('manifest.jsonl', texts(1));
    await fixture.create({ LabelingJobName: 'answers' });
    await fixture.ended('answers');

    const keys = await fixture.keys('output/answers/annotations/worker-response/iteration-1/0/');
    expect(keys).toHaveLength(3);
    const { answers: [answer] } = JSON.parse(await fixture.read(`s3://${BUCKET}/${keys[0]}`)) as { answers: Array<Record<string, unknown>> };
    expect(answer).toEqual({
      acceptanceTime: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      submissionTime: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      timeSpentInSeconds: expect.any(Number),
      answerContent: { 'crowd-classifier': { label: expect.stringMatching(/^(ham|spam)$/) } },
      workerId: expect.stringMatching(/^private\.us-east-1\.[0-9a-f]{16}$/),
      workerMetadata: {
        identityData: {
          identityProviderType: 'Cognito',
          issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_aBcDeFgHi',
          sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    });
  });

  test('labels with confidence 0 where one worker labels each object', async () => {
    await fixture.putManifest('manifest.jsonl', texts(1));
    await fixture.create({ LabelingJobName: 'alone' }, { NumberOfHumanWorkersPerDataObject: 1 });
    const { LabelingJobOutput } = await fixture.ended('alone');
    const [line] = await fixture.readLines(LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(line['kind-metadata'].confidence).toBe(0);
  });

  test('follows the truth it is told, better than a single annotator would', async () => {
    const truth = texts(200).map(({ source }, index) => ({ source: `true ${source}`, label: index % 3 === 0 ? 'spam' : 'ham' }));
    const names = ['one', 'two', 'three'];
    await fixture.engine.control('POST', 'annotators', { annotators: names.map((name) => ({ name, accuracy: 0.85 })), truth });
    await fixture.putManifest('manifest.jsonl', truth.map(({ source }) => ({ source })));
    await fixture.create({ LabelingJobName: 'truthful' });
    const { LabelingJobOutput } = await fixture.ended('truthful');

    const lines = await fixture.readLines(LabelingJobOutput!.OutputDatasetS3Uri!);
    const agreed = lines.filter((line, index) => line['kind-metadata']['class-name'] === truth[index].label).length;
    expect(agreed / truth.length).toBeGreaterThan(0.88);
    expect(agreed).toBeLessThan(truth.length);
  });

  test('fails bad lines one by one and labels the others', async () => {
    const long = 'x'.repeat(20_001);
    const lines = ['{"source":"good"}', 'no json', '{"text":"no source"}', JSON.stringify({ source: long }), '{"source":"a","$b":1}',
      '{"source-ref":"s3://b/k.txt"}', JSON.stringify({ source: 'a', pad: Array.from({ length: 6 }, () => 'y'.repeat(19_000)).join('') })];
    await fixture.put('manifest.jsonl', lines.join('\n'));
    await fixture.create({ LabelingJobName: 'bad-lines' });

    const job = await fixture.ended('bad-lines');
    expect(job.LabelingJobStatus).toBe('Completed');
    expect(job.LabelCounters).toMatchObject({ TotalLabeled: 1, FailedNonRetryableError: 6, Unlabeled: 0 });
    const output = (await fixture.read(job.LabelingJobOutput!.OutputDatasetS3Uri!)).trimEnd().split('\n');
    expect(output.slice(1)).toEqual(lines.slice(1));
  });

  test('fails as a whole where no object can be labeled, with the reason', async () => {
    await fixture.putManifest('manifest.jsonl', [{ text: 'a' }, { text: 'b' }]);
    await fixture.create({ LabelingJobName: 'hopeless' });
    const job = await fixture.ended('hopeless');
    expect(job).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('neither "source" nor "source-ref"') });
    expect(job.LabelCounters).toMatchObject({ TotalLabeled: 0, FailedNonRetryableError: 2 });
    expect(job.LabelingJobOutput).toBeUndefined();
  });

  test('fails as a whole on an empty manifest', async () => {
    await fixture.put('manifest.jsonl', '');
    await fixture.create({ LabelingJobName: 'empty' });
    expect(await fixture.ended('empty')).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('no data objects') });
  });
});
