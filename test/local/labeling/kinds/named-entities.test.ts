import { acs, BUCKET, LabelingFixture, pre } from '../../sagemaker/fixture';

const UI = 'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/NamedEntityRecognition';
const TEXT = '😀 Ada Lovelace wrote to Charles Babbage in London';

describe('named entity recognition', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => {
    fixture = await LabelingFixture.start();
    await fixture.put('names.json', JSON.stringify({
      'document-version': '2018-11-28',
      'labels': [{ label: 'Person', shortDisplayName: 'per' }, { label: 'Place' }],
      'instructions': { shortInstruction: '<p>Mark names.</p>', fullInstruction: '<p>Mark all names.</p>' },
    }));
  });
  afterAll(() => fixture.stop());

  const label = async (name: string, workers: number) => {
    await fixture.create({ LabelingJobName: name, LabelAttributeName: 'names', LabelCategoryConfigS3Uri: `s3://${BUCKET}/names.json` }, {
      UiConfig: { HumanTaskUiArn: UI },
      PreHumanTaskLambdaArn: pre('NamedEntityRecognition'),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs('NamedEntityRecognition') },
      NumberOfHumanWorkersPerDataObject: workers,
    });
    const job = await fixture.ended(name);
    expect(job.LabelingJobStatus).toBe('Completed');
    return fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
  };

  test('clusters the workers\' spans; offsets count code points', async () => {
    const entities = [{ label: 'Person', startOffset: 2, endOffset: 14 }, { label: 'Person', startOffset: 24, endOffset: 39 }, { label: 'Place', startOffset: 43, endOffset: 49 }];
    expect(entities.map(({ startOffset, endOffset }) => [...TEXT].slice(startOffset, endOffset).join(''))).toEqual(['Ada Lovelace', 'Charles Babbage', 'London']);
    await fixture.engine.control('POST', 'annotators', { truth: [{ source: TEXT, entities }] });
    await fixture.putManifest('manifest.jsonl', [{ source: TEXT, id: 7 }, ...Array.from({ length: 5 }, (_, index) => ({ source: `Something about people and places, part ${index}` }))]);
    const lines = await label('names', 5);
    expect(lines[0].names).toEqual({ annotations: { labels: [{ label: 'Person', shortDisplayName: 'per' }, { label: 'Place' }], entities } });
    expect(lines[0].id).toBe(7);
    for (const { source, names: { annotations }, 'names-metadata': metadata } of lines) {
      expect(metadata).toEqual({
        'job-name': 'labeling-job/names',
        'type': 'groundtruth/text-span',
        'creation-date': expect.any(String),
        'human-annotated': 'yes',
        'entities': annotations.entities.map(() => ({ confidence: expect.any(Number) })),
      });
      for (const { label: name, startOffset, endOffset } of annotations.entities) {
        expect(['Person', 'Place']).toContain(name);
        expect([...source].slice(startOffset, endOffset).join('').trim()).not.toBe('');
      }
    }
    expect(lines.slice(1).flatMap((line) => line.names.annotations.entities).length).toBeGreaterThan(0);
    expect(lines[0]['names-metadata'].entities.every((entity: { confidence: number }) => entity.confidence > 0)).toBe(true);
  });

  test('a single worker is taken at their word, with confidence 0', async () => {
    await fixture.putManifest('manifest.jsonl', [{ source: TEXT }]);
    const [line] = await label('alone', 1);
    line['names-metadata'].entities.forEach((entity: object) => expect(entity).toEqual({ confidence: 0 }));
    const [key] = await fixture.keys('output/alone/annotations/worker-response/iteration-1/0/');
    const { answers: [{ answerContent }] } = JSON.parse(await fixture.read(`s3://${BUCKET}/${key}`));
    const sorted = [...answerContent['crowd-entity-annotation'].entities].sort((a, b) => a.startOffset - b.startOffset);
    expect(sorted).toEqual(line.names.annotations.entities);
  });
});
