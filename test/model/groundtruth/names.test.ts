import fc from 'fast-check';
import { jobName, MAX_NAME_LENGTH, nameBase, parseJobName, parseResourceId, resourceId, stackPrefix } from '../../../src/model/groundtruth/names';

/** Ground Truth's own pattern for names. */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const hex12 = fc.stringMatching(/^[0-9a-f]{12}$/);

test('a name says whose it is, what it labels and which try it was', () => {
  const base = nameBase(stackPrefix('MailLabeling', 'App/MailLabeling'), 'SpamJob', 'MailLabeling/Spam/SpamJob');
  expect(base).toMatch(/^mail-label-[0-9a-f]{6}-spam-job-[0-9a-f]{8}$/);
  expect(jobName(resourceId(base, '0123456789ab'), 3)).toBe(`${base}-0123456789ab-r3`);
});

test('golden: names of every release stay the same', () => {
  expect(nameBase(stackPrefix('Mails', 'Mails'), 'Spam', 'Mails/Spam/Job')).toBe('mails-c0c62a-spam-065e27ba');
});

test('any stack name, label and path give a valid lower-case name that can be read back', () => {
  const generations = fc.integer({ min: 1, max: 999_999 });
  const texts = fc.tuple(fc.string(), fc.string(), fc.string(), fc.string());
  fc.assert(fc.property(texts, hex12, generations, ([stack, path, label, construct], identity, generation) => {
    const base = nameBase(stackPrefix(stack, path), label, construct);
    const id = resourceId(base, identity);
    const name = jobName(id, generation);
    expect(name).toMatch(NAME);
    expect(name).toBe(name.toLowerCase());
    expect(name.length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
    expect(parseResourceId(id)).toEqual({ base, identity });
    expect(parseJobName(name)).toEqual({ base, identity, id, generation });
  }));
});

test.each(['', 'job', 'mails-0a1b2c-spam-0123abcd', 'mails-0a1b2c-spam-0123abcd-r1', 'mails-0a1b2c-spam-0123abcd-0123456789ab-r0', 'x'.repeat(63)])(
  '%j is no name of ours', (name) => {
    expect(parseJobName(name)).toBeUndefined();
  });

test('a name cut in two differs by its hash', () => {
  expect(stackPrefix('a-very-long-stack-name-1', 'x')).not.toBe(stackPrefix('a-very-long-stack-name-2', 'x'));
  expect(nameBase('p-0a1b2c', 'LongReadableNameA', 'x/A')).not.toBe(nameBase('p-0a1b2c', 'LongReadableNameA', 'x/B'));
});

test('fails when a generation does not fit', () => {
  expect(() => jobName('x'.repeat(60), 10)).toThrow(/has 64 characters, at most 63 are allowed/);
});
