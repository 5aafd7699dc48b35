import { LabelingFixture, texts } from '../sagemaker/fixture';

const ALGORITHM = 'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/text-classification';

describe('automated data labeling', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => { fixture = await LabelingFixture.start(); });
  afterAll(() => fixture.stop());

  const create = (name: string, changes: object = {}) => fixture.create(
    { LabelingJobName: name, LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: ALGORITHM }, ...changes },
    { NumberOfHumanWorkersPerDataObject: 1 },
  );

  test('people label a sample and what the model is not sure of, the model the rest', async () => {
    await fixture.putManifest('manifest.jsonl', texts(1250));
    await create('auto', { StoppingConditions: { MaxPercentageOfInputDatasetLabeled: 75 } });
    const job = await fixture.ended('auto');
    const { TotalLabeled, HumanLabeled, MachineLabeled, Unlabeled } = job.LabelCounters!;
    expect(job.LabelingJobStatus).toBe('Stopped');
    expect(TotalLabeled).toBe(Math.ceil(1250 * 0.75));
    expect(HumanLabeled! + MachineLabeled!).toBe(TotalLabeled);
    expect(HumanLabeled).toBeGreaterThanOrEqual(250);
    expect(MachineLabeled).toBeGreaterThan(450);
    expect(Unlabeled).toBe(1250 - TotalLabeled!);
    const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    const machine = lines.filter((line) => line['kind-metadata']?.['human-annotated'] === 'no');
    expect(machine).toHaveLength(MachineLabeled!);
    expect(job.LabelingJobOutput!.FinalActiveLearningModelArn).toBe('arn:aws:sagemaker:us-east-1:123456789012:model/auto');
    machine.forEach((line) => expect(line['kind-metadata'].confidence).toBeGreaterThanOrEqual(0.8));
    expect(lines.slice(0, 250).every((line) => line['kind-metadata']['human-annotated'] === 'yes')).toBe(true);
  });

  test('fails with fewer objects than a model needs', async () => {
    await fixture.putManifest('manifest.jsonl', texts(1249));
    await create('few');
    expect(await fixture.ended('few')).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('at least 1250') });
  });

  test('fails where more than a tenth of the sample fails', async () => {
    await fixture.putManifest('manifest.jsonl', [...Array.from({ length: 30 }, (_, index) => ({ text: index })), ...texts(1250)]);
    await create('spoilt');
    expect(await fixture.ended('spoilt')).toMatchObject({
      LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('at most a tenth fails'), LabelCounters: { FailedNonRetryableError: 30, MachineLabeled: 0 },
    });
  });
});
