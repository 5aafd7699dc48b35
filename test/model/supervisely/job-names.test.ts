import * as fc from 'fast-check';
import { jobTitle, longestTitle, ownerOf, titleOf, titleProblems } from '../../../src/model/supervisely/job-names';
import { LIMITS } from '../../../src/model/supervisely/limits';

const jobName = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/);
const userId = fc.integer({ min: 1, max: 10 ** LIMITS.idDigits - 1 });

test('whose a job is can be read from its name, whatever the user calls it', () => {
  fc.assert(fc.property(fc.string(), jobName, userId, (title, name, id) => {
    const full = jobTitle(title, { jobName: name, userId: id });
    expect([ownerOf(full), titleOf(full)]).toEqual([{ jobName: name, userId: id }, title]);
  }));
});

test('a title without problems makes a name that the server takes', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), jobName, userId, (title, name, id) => {
    fc.pre(titleProblems(title, name).length === 0);
    const full = jobTitle(title, { jobName: name, userId: id });
    expect(full.length).toBeLessThanOrEqual(LIMITS.jobNameLength);
    expect(full).not.toMatch(/[/\\]/);
  }));
});

test('names of others are theirs', () => {
  for (const name of ['labeler1_lemons_task', 'fruit [x-u0]', 'fruit [x-u1] again', 'fruit[x-u1]', '[x-u1]']) expect([ownerOf(name), titleOf(name)]).toEqual([undefined, name]);
});

test('problems name the limit', () => {
  const longest = longestTitle('fruit-1a2b-r1');
  expect(titleProblems('x'.repeat(longest), 'fruit-1a2b-r1')).toEqual([]);
  expect(titleProblems('x'.repeat(longest + 1), 'fruit-1a2b-r1')[0]).toContain(`has ${longest + 1} characters, at most ${longest} fit`);
  expect(titleProblems('a/b', 'x')).toEqual(['\'title\' "a/b" has a slash or a backslash, which names of jobs must not have']);
  expect(titleProblems(' ', 'x')[0]).toContain('is empty');
});
