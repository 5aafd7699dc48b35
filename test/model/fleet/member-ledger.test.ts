import { FleetHead, MemberRecord } from '../../../src/model/fleet/fleet-ledger';
import { memberLedger, withLedger } from '../../../src/model/fleet/member-ledger';
import { accept, intend, learn } from '../../../src/model/ledger-transitions';
import { reconcile } from '../../../src/model/reconcile';
import { DESIRED, job, ledger } from '../planner-fixtures';

const HEAD: FleetHead = {
  format: 1,
  owner: { stackId: 'stack', logicalId: 'fleet' },
  requests: [{ id: 'request', type: 'Create', at: 0 }],
  desired: { requestId: 'request', properties: {}, pages: [] },
};
const MEMBER: MemberRecord = { key: 'mails', base: 'job', desired: DESIRED, generations: [], replacedIds: [], objects: 10 };

test('a member is planned as a single job is', () => {
  expect(reconcile(memberLedger(HEAD, MEMBER), [])).toEqual(reconcile(ledger(), []));
});

test('what its writer does comes back to the member, and only that', () => {
  const [generation] = ledger({}, {}).generations;
  const after = accept(intend(memberLedger(HEAD, MEMBER), { ...generation, arn: undefined }), generation.name, { arn: 'arn:job-a-r1' });
  expect(withLedger(MEMBER, after)).toEqual({ ...MEMBER, generations: [generation] });
});

test('a member to which nothing happens stays the very same', () => {
  expect(withLedger(MEMBER, learn(memberLedger(HEAD, MEMBER), []))).toBe(MEMBER);
});

test('a fleet that is deleted desires none of its members', () => {
  const member = { ...MEMBER, generations: ledger({}, {}).generations };
  expect(reconcile(memberLedger({ ...HEAD, desired: undefined }, member), [job()]).steps).toMatchObject([{ kind: 'stop', name: 'job-a-r1' }]);
  expect(reconcile(memberLedger(HEAD, { ...member, desired: undefined }), [job()]).steps).toMatchObject([{ kind: 'stop', name: 'job-a-r1' }]);
});
