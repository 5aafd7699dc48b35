import { declareJob, JobVariation, Lifecycle } from './harness';

/** What a deployment does to labels that people have made: it never has an object labeled twice by itself. */
const MAILS = Array.from({ length: 200 }, (_, index) => ({ source: `Mail ${index}` }));

let life: Lifecycle;
let first: string;
/** The only person in the team declines many a task, so that objects are left. */
beforeEach(async () => {
  life = await Lifecycle.start({ annotators: 'on' });
  await life.control('annotators', { workteam: 'readers', annotators: [person('choosy', 0.1)] });
  await deploy();
  [first] = Object.keys(await life.jobs());
  await life.until('labels', async () => (await life.describe(first)).LabelCounters!.TotalLabeled! >= 10);
});
afterEach(() => life.stop());

test('another identity is refused before anything is stopped, and goes through with relabel', async () => {
  const records = [{ source: 'Another mail' }];

  const { stacks: { Life: refused } } = await deploy({ records });

  expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(refused.reason).toMatch(/has \d+ labeled objects.*set "relabel"/);
  expect(await life.jobs()).toEqual({ [first]: expect.stringMatching(/^(InProgress|Completed)$/) });
  expect(await life.calls('sagemaker', 'StopLabelingJob')).toEqual([]);

  const { stacks: { Life: allowed } } = await deploy({ records, props: { relabel: 'new guideline' } });

  expect(allowed.status).toBe('UPDATE_COMPLETE');
  const { [first]: old, ...others } = await life.jobs();
  expect(old).not.toBe('InProgress');
  expect(Object.values(others)).toHaveLength(1);
});

test('a job that was stopped in the middle goes on with what is left: no object is labeled twice', async () => {
  await life.stopByHand(first);
  const before = await life.labels(first);
  const labeled = before.filter((line) => 'label' in line);
  expect(labeled.length).toBeGreaterThanOrEqual(10);
  expect(labeled.length).toBeLessThan(MAILS.length);
  await life.control('annotators', { workteam: 'readers', annotators: [person('eager', 0)] });

  const { stacks: { Life } } = await deploy({ props: { attempt: 1 } });

  expect(Life.status).toBe('UPDATE_COMPLETE');
  const second = first.replace(/-r1$/, '-r2');
  expect(await life.ended(second)).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { HumanLabeled: MAILS.length - labeled.length } });
  const after = await life.labels(second);
  expect(after.map((line) => line.source)).toEqual(MAILS.map(({ source }) => source));
  const made = after.map((line) => (line['label-metadata'] as Record<string, string>)['job-name']);
  expect(made.filter((job) => job === `labeling-job/${first}`)).toHaveLength(labeled.length);
  expect(made.filter((job) => job === `labeling-job/${second}`)).toHaveLength(MAILS.length - labeled.length);
  expect(after).toEqual(expect.arrayContaining(labeled));
});

async function deploy({ props, records = MAILS }: JobVariation = {}): ReturnType<Lifecycle['deploy']> {
  return life.deploy((stack) => declareJob(stack, { records, props: { workersPerDataObject: 1, ...props } }));
}

function person(name: string, decline: number): object {
  return { name, accuracy: 1, decline };
}
