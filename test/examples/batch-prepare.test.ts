import { ARCHIVED_MAILS } from '../../examples/batch-prepare/mails';
import { ArchiveStory, tellArchiveStory } from '../../examples/batch-prepare/story';

jest.setTimeout(600_000);

const MAILS = ARCHIVED_MAILS.filter(({ label }) => label);

let story: ArchiveStory;
beforeAll(async () => { story = await tellArchiveStory(); });

test('the deployment does not wait for the data', () => {
  expect(story.statusAfterDeployment).toBe('Pending');
  // a restore takes some hours
  expect(story.hours).toBeGreaterThan(3);
});

test('every mail is labeled as a page, under its own line of the declared manifest', () => {
  expect(story.labels.map(({ mail }) => mail)).toEqual(MAILS.map(({ key }) => key));
  expect(story.labels.map(({ kind }) => kind!.label)).toEqual(MAILS.map(({ label }) => label));
  for (const line of story.labels) expect(line['source-ref']).toMatch(/^s3:\/\/mail-labels-[^/]+\/pages\/.+\.html$/);
});

test('what people saw has a checksum, and what the function found out stands beside it', () => {
  for (const { checksum, subject } of story.labels) {
    expect(checksum).toMatchObject({ algorithm: 'SHA256', hex: expect.stringMatching(/^[0-9a-f]{64}$/i) });
    expect(typeof subject).toBe('string');
  }
  expect(new Set(story.labels.map(({ checksum }) => checksum.hex)).size).toBe(MAILS.length);
});

test('what is no mail is reported and not labeled', () => {
  expect(story.unprepared).toEqual([{
    'line': ARCHIVED_MAILS.length, 'step': 'function', 'source-ref': expect.stringContaining('notes+thoughts.txt'), 'reason': expect.stringContaining('this is no mail: it has no subject'),
  }]);
});

test('labeled pages are tagged', () => {
  expect(Object.values(story.tags)).toEqual(MAILS.map(() => ({ labeled: 'kind' })));
});
