import { StopLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { LabelingFixture, texts } from './fixture';

describe('the quota of labeling jobs', () => {
  let fixture: LabelingFixture;
  afterEach(() => fixture.stop());

  test('documented: one job at a time, until it has ended', async () => {
    fixture = await LabelingFixture.start({ quota: 'documented', annotators: 'off' });
    await fixture.putManifest('manifest.jsonl', texts(1));
    await fixture.create({ LabelingJobName: 'one' });
    await expect(fixture.create({ LabelingJobName: 'two' })).rejects.toMatchObject({
      name: 'ResourceLimitExceeded',
      message: "The account-level service limit 'Maximum number of Ground Truth labeling jobs' is 1, with current utilization of 1 and a request delta of 1. "
        + 'Please use AWS Service Quotas to request an increase for this quota.',
    });
    await fixture.until('one', 'InProgress');
    await fixture.sagemaker.send(new StopLabelingJobCommand({ LabelingJobName: 'one' }));
    await fixture.ended('one');
    await fixture.create({ LabelingJobName: 'two' });
  });

  test('a quota that was set counts whatever the engine was started with', async () => {
    fixture = await LabelingFixture.start({ annotators: 'off' });
    await fixture.putManifest('manifest.jsonl', texts(1));
    await fixture.engine.control('POST', 'quotas', { labelingJobs: 3 });
    for (const name of ['one', 'two', 'three']) await fixture.create({ LabelingJobName: name });
    await expect(fixture.create({ LabelingJobName: 'four' })).rejects.toMatchObject({ name: 'ResourceLimitExceeded', message: expect.stringContaining('is 3,') });
    await fixture.engine.control('POST', 'quotas', { labelingJobs: null });
    await fixture.create({ LabelingJobName: 'four' });
  });
});
