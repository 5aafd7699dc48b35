import fc from 'fast-check';
import { ServiceError } from './fake-service';
import { FakeStack, NAME_BASE, otherIdentity, properties } from './fake-stack';
import { LabelingJobs } from '../../../runtime/labeling-job/ports';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';

/** Everything the framework around the handler may do wrong, in one life of a resource. */
type Call = keyof LabelingJobs;
const fault = fc.record({
  call: fc.constantFrom<Call>('create', 'describe', 'stop', 'namesContaining', 'addTags'),
  error: fc.constantFrom('ThrottlingException', 'TimeoutError', 'ServiceUnavailable'),
  afterwards: fc.boolean(),
});

const step = fc.record({
  attribute: fc.constantFrom('spam', 'spam', 'phishing'),
  revision: fc.constantFrom('1', '2'),
  faults: fc.array(fault, { maxLength: 4 }),
  repeats: fc.nat(2),
  losesLedger: fc.constantFrom(false, false, false, true),
});

const FOREIGN = `${NAME_BASE}-ffffffffffff-r1`;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

async function stackWithForeignJob(): Promise<FakeStack> {
  const stack = new FakeStack();
  const { Request } = properties();
  const Tags = [{ Key: OWNER_TAGS.stackId, Value: 'another stack' }, { Key: OWNER_TAGS.logicalId, Value: 'SpamJob' }];
  await stack.service.create({ ...Request, LabelAttributeName: 'spam', LabelingJobName: FOREIGN, Tags } as unknown as Parameters<LabelingJobs['create']>[0]);
  return stack;
}

test('whatever is throttled, repeated, lost or cut off: one job lives, a foreign one is not touched, and nothing is left at the end', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
    const stack = await stackWithForeignJob();
    for (const [index, { attribute, revision, faults, repeats, losesLedger }] of steps.entries()) {
      if (losesLedger) stack.ledgers.clear('state');
      for (const { call, error, afterwards } of faults) stack.service.fail(call, new ServiceError(error, 'bad day'), afterwards);
      const wanted = properties({ ...otherIdentity(attribute), Revision: `{"attempt":${revision}}`, ReconcileNonce: String(index) });
      const event = stack.id === undefined ? stack.event('Create', wanted)
        : stack.event('Update', wanted, { PhysicalResourceId: stack.id, OldResourceProperties: stack.current });
      for (let repeat = 0; repeat < repeats; repeat++) await stack.onEvent(event);
      const waiting = await stack.onEvent(event);
      for (let repeat = 0; repeat < repeats; repeat++) await stack.poll(waiting);
      const { data } = await stack.wait(waiting);
      const former = { id: stack.id, properties: stack.current };
      stack.id = waiting.PhysicalResourceId;
      stack.current = wanted;
      if (former.id !== undefined && former.id !== stack.id) await stack.delete(former.id, former.properties);

      const live = Object.entries(stack.service.statuses()).filter(([name, status]) => name !== FOREIGN && status === 'InProgress');
      expect(live).toEqual([[data.LabelingJobName, 'InProgress']]);
    }
    await stack.delete();
    const left = Object.entries(stack.service.statuses()).filter(([, status]) => status !== 'Stopped');
    expect(left).toEqual([[FOREIGN, 'InProgress']]);
    expect(stack.service.calls.filter((call) => call.startsWith('stop') && call.includes(FOREIGN))).toEqual([]);
  }), { numRuns: 150 });
});
