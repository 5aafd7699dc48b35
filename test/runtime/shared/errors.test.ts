import fc from 'fast-check';
import { cutToBytes, isNotFound, isRoleNotVisible, isTransient, UserError } from '../../../runtime/shared/errors';

function error(name: string, message = '', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  error('ThrottlingException'), error('SlowDown'), error('ServiceUnavailable'), error('TimeoutError'), error('Error', 'socket', { code: 'ECONNRESET' }),
  error('Unknown', '', { $metadata: { httpStatusCode: 429 } }), error('Unknown', '', { $metadata: { httpStatusCode: 503 } }),
])('%s is worth another try', (one) => expect(isTransient(one)).toBe(true));

test.each([error('ValidationException'), error('ResourceLimitExceeded'), error('AccessDeniedException', '', { $metadata: { httpStatusCode: 400 } }), undefined])(
  '%s is not', (one) => expect(isTransient(one)).toBe(false));

test('a missing job answers in one of two ways', () => {
  expect(isNotFound(error('ResourceNotFound'))).toBe(true);
  expect(isNotFound(error('ValidationException', 'Requested resource not found'))).toBe(true);
  expect(isNotFound(error('ValidationException', 'name is too long'))).toBe(false);
});

test('only a validation error about the role is one of a new role', () => {
  expect(isRoleNotVisible(error('ValidationException', 'Could not assume role arn:aws:iam::1:role/x'))).toBe(true);
  expect(isRoleNotVisible(error('ValidationException', 'The manifest is empty'))).toBe(false);
  expect(isRoleNotVisible(error('AccessDeniedException', 'not authorized to perform iam:PassRole on role'))).toBe(false);
});

test('text is cut by bytes and stays valid', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 40 }), (text, most) => {
    const cut = cutToBytes(text, most);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(most, 3));
    if (Buffer.byteLength(text) <= most) expect(cut).toBe(text);
    else expect(text.startsWith(cut.slice(0, -1))).toBe(true);
  }));
});

test('an error for the user is one line without a trace', () => {
  const { message, stack } = new UserError('first\n  second', new Error('cause'));
  expect(message).toBe('first second');
  expect(stack).toBe('UserError: first second');
});
