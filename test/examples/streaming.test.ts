import { StreamStory, tellStreamStory } from '../../examples/streaming/story';

jest.setTimeout(600_000);

let story: StreamStory;
beforeAll(async () => { story = await tellStreamStory(); });

test('an idle end is followed by a next job', () => {
  expect(story.jobs.map(({ status }) => status).sort()).toEqual(['InProgress', 'Stopped']);
  expect(story.jobs.map(({ name }) => /-r\d+$/.exec(name)![0]).sort()).toEqual(['-r1', '-r2']);
});

test('both jobs have labeled, and no mail was labeled twice, though ten came twice', () => {
  const labeled = story.jobs.flatMap((job) => job.labeled);
  expect(story.jobs.every((job) => job.labeled.length > 0)).toBe(true);
  expect(labeled.filter((mail, index) => labeled.indexOf(mail) < index)).toEqual([]);
});

test('whoever listens hears of each mail, with its label', () => {
  expect([...new Set(story.events.map(({ key }) => key))].sort()).toEqual(story.mails.map(({ id }) => id).sort());
  for (const { key, record, labelAttributeName, latencyMs } of story.events) {
    expect(record).toMatchObject({ mail: key, [labelAttributeName]: expect.any(Number) });
    expect(latencyMs).toBeGreaterThan(0);
  }
});

test('what is no record is among the dead letters, with the reason', () => {
  expect(story.deadLetters).toEqual([{ body: 'Dear Sir or Madam', attributes: { Reason: expect.stringContaining('JSON') } }]);
});
