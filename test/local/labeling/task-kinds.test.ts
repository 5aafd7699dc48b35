import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { acs, BUCKET, LabelingFixture, pre, texts } from '../sagemaker/fixture';

const PRE_ANNOTATION = `
exports.handler = async (event) => {
  if (event.version !== '2018-10-16' || !event.labelingJobArn.endsWith(':labeling-job/custom')) throw new Error('unexpected event');
  if (event.dataObject.broken) throw new Error('cannot read this one');
  return { taskInput: { text: event.dataObject.source, moods: ['calm', 'angry'] }, isHumanAnnotationRequired: event.dataObject.skip ? 'false' : true };
};`;

const CONSOLIDATION = `
exports.handler = async (event) => {
  const [, bucket, key] = /^s3:\\/\\/([^/]+)\\/(.*)$/.exec(event.payload.s3Uri);
  const answer = await fetch(process.env.AWS_ENDPOINT_URL + '/' + bucket + '/' + key);
  const objects = await answer.json();
  return objects.map(({ datasetObjectId, dataObject, annotations }) => ({
    datasetObjectId,
    consolidatedAnnotation: { content: { [event.labelAttributeName]: {
      content: dataObject.content, role: event.roleArn, categories: event.labelCategories ?? null,
      answers: annotations.map(({ annotationData }) => JSON.parse(annotationData.content)),
    } } },
  }));
};`;

const FORM = `<crowd-form>
  <p>{{ task.input.text }}</p>
  <crowd-radio-group>
    {% for mood in task.input.moods %}<crowd-radio-button name="{{ mood }}" value="{{ mood }}">{{ mood }}</crowd-radio-button>{% endfor %}
  </crowd-radio-group>
  <crowd-checkbox name="flags" value="rude">rude</crowd-checkbox>
  <crowd-slider name="heat" min="1" max="5"></crowd-slider>
  <crowd-input name="note"></crowd-input>
</crowd-form>`;

describe('kinds of tasks', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => { fixture = await LabelingFixture.start(); });
  afterAll(() => fixture.stop());

  const createFunction = async (name: string, code: string) => {
    const lambda = new LambdaClient(fixture.engine.clientConfig);
    const { FunctionArn } = await lambda.send(new CreateFunctionCommand({
      FunctionName: name,
      Handler: 'index.handler',
      Runtime: 'nodejs20.x',
      Role: 'arn:aws:iam::123456789012:role/function',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(code) }) },
    }));
    lambda.destroy();
    return FunctionArn!;
  };

  test('a custom workflow runs the user\'s functions and form', async () => {
    const [preArn, acsArn] = [await createFunction('moods-pre', PRE_ANNOTATION), await createFunction('moods-acs', CONSOLIDATION)];
    await fixture.put('moods.liquid.html', FORM);
    await fixture.putManifest('manifest.jsonl', [{ source: 'one' }, { source: 'two', broken: true }, { source: 'three', skip: true }, { source: 'four' }]);
    await fixture.create({ LabelingJobName: 'custom', LabelCategoryConfigS3Uri: undefined }, {
      UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/moods.liquid.html` },
      PreHumanTaskLambdaArn: preArn,
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acsArn },
      NumberOfHumanWorkersPerDataObject: 2,
    });

    const job = await fixture.ended('custom');
    expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 2, FailedNonRetryableError: 1, Unlabeled: 1 } });
    const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(lines.slice(1, 3)).toEqual([{ source: 'two', broken: true }, { source: 'three', skip: true }]);
    const answer = {
      calm: { calm: expect.any(Boolean) },
      angry: { angry: expect.any(Boolean) },
      flags: { rude: expect.any(Boolean) },
      heat: expect.any(Number),
      note: expect.any(String),
    };
    expect(lines[0].kind).toEqual({ content: 'one', role: 'arn:aws:iam::123456789012:role/labeling', categories: null, answers: [answer, answer] });
    expect(lines[0]['kind-metadata']).toEqual({
      'job_name': 'custom', 'type': 'groundTruth/custom', 'human-annotated': 'yes', 'creation_date': expect.stringMatching(/^\d{4}-/),
    });
  });

  test('a custom workflow without functions points to the workers\' answers', async () => {
    await fixture.put('plain.liquid.html', '<crowd-form><p>{{ task.input.source }}</p><crowd-input name="note"></crowd-input></crowd-form>');
    await fixture.putManifest('manifest.jsonl', texts(1));
    await fixture.create({ LabelingJobName: 'bare', LabelCategoryConfigS3Uri: undefined }, {
      UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/plain.liquid.html` }, PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined,
    });
    const job = await fixture.ended('bare');
    const [line] = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(line.kind).toEqual({});
    const response = JSON.parse(await fixture.read(line['kind-metadata']['worker-response-ref'])) as { answers: object[] };
    expect(response.answers).toHaveLength(1);
  });

  test('multi-label text: indexes of all chosen labels, class-map and confidence-map', async () => {
    await fixture.put('multi.liquid.html', `<crowd-form><crowd-classifier-multi-select name="crowd-classifier-multi-select"
      categories="{{ task.input.labels | to_json | escape }}" header="All"><classification-target>{{ task.input.taskObject }}</classification-target>
      </crowd-classifier-multi-select></crowd-form>`);
    await fixture.putLabels('topics.json', ['sport', 'politics', 'art "and" craft']);
    await fixture.putManifest('manifest.jsonl', texts(12));
    await fixture.create({ LabelingJobName: 'multi', LabelCategoryConfigS3Uri: `s3://${BUCKET}/topics.json` }, {
      UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/multi.liquid.html` },
      PreHumanTaskLambdaArn: pre('TextMultiClassMultiLabel'),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs('TextMultiClassMultiLabel') },
    });
    const job = await fixture.ended('multi');
    expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 12 } });
    for (const line of await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!)) {
      const { 'class-map': classes, 'confidence-map': confidences, type } = line['kind-metadata'];
      expect(type).toBe('groundtruth/text-classification-multilabel');
      expect(line.kind.map(String).sort()).toEqual(Object.keys(classes).sort());
      expect(Object.keys(confidences).sort()).toEqual(Object.keys(classes).sort());
      line.kind.forEach((label: number) => expect(classes[label]).toBe(['sport', 'politics', 'art "and" craft'][label]));
    }
  });

  test('images need CORS at creation, and to be there when the job runs', async () => {
    await fixture.put('image.liquid.html', `<crowd-form><crowd-image-classifier name="crowd-image-classifier" src="{{ task.input.taskObject | grant_read_access }}"
      categories="{{ task.input.labels | to_json | escape }}" header="Which"></crowd-image-classifier></crowd-form>`);
    await fixture.put('images/a.png', 'a');
    await fixture.putManifest('manifest.jsonl', [{ 'source-ref': `s3://${BUCKET}/images/a.png` }, { 'source-ref': `s3://${BUCKET}/images/absent.png` }]);
    const create = () => fixture.create({ LabelingJobName: 'images' }, {
      UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/image.liquid.html` },
      PreHumanTaskLambdaArn: pre('ImageMultiClass'),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs('ImageMultiClass') },
    });
    await expect(create()).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('CORS') });

    await fixture.s3.send(new PutBucketCorsCommand({
      Bucket: BUCKET, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
    }));
    await create();
    const job = await fixture.ended('images');
    expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 1, FailedNonRetryableError: 1 } });
    const [line] = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(line['kind-metadata'].type).toBe('groundtruth/image-classification');
  });
});
