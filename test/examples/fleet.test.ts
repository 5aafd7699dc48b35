import { FleetStory, tellFleetStory } from '../../examples/fleet/story';

jest.setTimeout(600_000);

let story: FleetStory;
beforeAll(async () => { story = await tellFleetStory(); });

/** The statuses of each part's generations, oldest first. */
function lives(): string[][] {
  const parts = new Map<string, string[]>();
  for (const { name, status } of story.jobs) {
    const part = name.replace(/-r\d+$/, '');
    parts.set(part, [...parts.get(part) ?? [], status]);
  }
  return [...parts.values()];
}

test('the dataset is split over eight jobs, of which three may be under way', () => {
  expect(lives()).toHaveLength(8);
  expect(story.mostAtOnce).toBe(3);
});

test('a failure, a stop by hand and an end by age are followed by jobs on what is left', () => {
  const firsts = lives().map(([first]) => first);
  expect(firsts.filter((status) => status === 'Failed')).toHaveLength(1);
  // whatever has taken the first two's places by then grows old beside the third
  expect(firsts.filter((status) => status === 'Stopped').length).toBeGreaterThanOrEqual(2);
  expect(lives().map((statuses) => statuses.at(-1))).toEqual(Array.from({ length: 8 }, () => 'Completed'));
});

test('the jobs that ended early had labels, which stay', () => {
  const early = story.jobs.filter(({ name, status }) => name.endsWith('-r1') && status !== 'Completed');
  expect(early.filter(({ labeled }) => labeled.length >= 30)).toEqual([]);
  expect(early.filter(({ labeled }) => labeled.length > 0).length).toBeGreaterThanOrEqual(3);
});

test('no mail is labeled twice', () => {
  const labeled = story.jobs.flatMap((job) => job.labeled);
  expect(labeled.filter((mail, index) => labeled.indexOf(mail) < index)).toEqual([]);
});

test('the result has each mail exactly once, with a label', () => {
  expect(story.result.map(({ mail }) => mail).sort()).toEqual(story.mails.map(({ id }) => id).sort());
  expect(story.result.filter(({ label }) => label === undefined)).toEqual([]);
});
