import { SuperviselyBusy, SuperviselyError, withoutSecret } from '../../../../runtime/shared/supervisely/errors';

test('a refusal that quotes a secret is told without it', async () => {
  const failing = (error: Error) => withoutSecret('pa55word', () => Promise.reject(error));
  await expect(failing(new SuperviselyError('users.add', 400, 'the password "pa55word" is too simple'))).rejects.toThrow('users.add: the password "***" is too simple (HTTP 400)');
  const busy = new SuperviselyBusy('users.add', 'busy');
  await expect(failing(busy)).rejects.toBe(busy);
  await expect(withoutSecret('', () => Promise.reject(new SuperviselyError('users.add', 400, 'empty')))).rejects.toThrow('users.add: empty');
});
