import { SuperviselyError } from '../../../../runtime/shared/supervisely/errors';
import { findAccount } from '../../../../runtime/shared/supervisely/lookups';

const MEMBERS = [{ id: 7, login: 'ann', roleId: 3, role: 'annotator' }];

function refusing(status: number) {
  const call = async (method: string) => {
    throw new SuperviselyError(method, status, 'not for you');
  };
  return { serverUrl: 'https://supervisely.test', call };
}

test('whoever may not look accounts up by login finds those of the team, and hears what to do for others', async () => {
  expect(await findAccount(refusing(403), { login: 'ann' }, MEMBERS)).toMatchObject({ id: 7 });
  await expect(findAccount(refusing(403), { login: 'bob' }, MEMBERS)).rejects.toThrow(/"bob" is not in the team, and https:\/\/supervisely.test lets only .*by its id.*; members of the team: ann/);
  await expect(findAccount(refusing(400), { login: 'bob' }, MEMBERS)).rejects.toThrow('users.list: not for you (HTTP 400)');
});
