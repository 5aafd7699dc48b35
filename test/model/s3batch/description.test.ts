import * as fc from 'fast-check';
import { jobName, nameBase, resourceId, stackPrefix } from '../../../src/model/groundtruth/names';
import { jobDescription, MAX_USER_DESCRIPTION_LENGTH, parseJobDescription } from '../../../src/model/s3batch/description';
import { LIMITS } from '../../../src/model/s3batch/limits';

const names = fc.tuple(fc.string(), fc.string(), fc.stringMatching(/^[0-9a-f]{12}$/), fc.integer({ min: 1, max: 9_999 }))
  .map(([stack, label, identity, generation]) => jobName(resourceId(nameBase(stackPrefix(stack, stack), label, label), identity), generation));
const NAME = jobName(resourceId(nameBase(stackPrefix('Mails', 'Mails'), 'Copy', 'Mails/Copy'), '0123456789ab'), 2);

test('any text and name fit into a description and come back', () => {
  const texts = fc.oneof(fc.string({ minLength: 1, maxLength: MAX_USER_DESCRIPTION_LENGTH }), fc.constant('x'.repeat(MAX_USER_DESCRIPTION_LENGTH)), fc.constant('a [b] [c]'));
  fc.assert(fc.property(texts, names, (text, name) => {
    const description = jobDescription(text, name);
    expect(description.length).toBeLessThanOrEqual(LIMITS.descriptionLength);
    expect(parseJobDescription(description)).toMatchObject({ userText: text, jobName: name });
  }));
});

test('the user need not say anything', () => {
  expect(jobDescription(undefined, NAME)).toBe(`[${NAME}]`);
  expect(parseJobDescription(`[${NAME}]`)).toMatchObject({ userText: undefined, jobName: NAME, parts: { generation: 2 } });
});

test.each([undefined, '', 'copies', 'copies [it]', `copies [${NAME}] `, `copies ${NAME}`, `copies[${NAME}]`])('%j is not ours', (description) => {
  expect(parseJobDescription(description)).toBeUndefined();
});

test('a text that is too long is refused', () => {
  expect(() => jobDescription('x'.repeat(191), NAME)).toThrow('has 191 characters, at most 190 are allowed');
});

test('a job\'s name is a token that S3 takes', () => {
  expect(NAME.length).toBeLessThanOrEqual(LIMITS.clientRequestTokenLength);
});
