import fc from 'fast-check';
import { ServiceError } from './fake-service';
import { FakeStack, otherManifest, properties } from './fake-stack';
import { BatchJobs } from '../../../runtime/batch-job/ports';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';

/** Everything the framework around the handler may do wrong, in one life of a resource. */
const fault = fc.record({
  call: fc.constantFrom<keyof BatchJobs>('create', 'describe', 'cancel', 'list', 'tags', 'putTags', 'prioritise'),
  error: fc.constantFrom('TooManyRequestsException', 'TimeoutError', 'SlowDown'),
  afterwards: fc.boolean(),
});

const step = fc.record({
  manifest: fc.constantFrom('manifest.csv', 'manifest.csv', 'other.csv'),
  priority: fc.constantFrom('1', '2'),
  revision: fc.constantFrom('1', '2'),
  faults: fc.array(fault, { maxLength: 4 }),
  repeats: fc.nat(2),
  losesLedger: fc.constantFrom(false, false, false, true),
});

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

function bySubject(stack: FakeStack): Record<string, string[]> {
  const lives: Record<string, string[]> = {};
  for (const [id, status] of Object.entries(stack.service.statuses())) (lives[['Cancelled', 'Failed'].includes(status) ? 'over' : 'live'] ??= []).push(id);
  return lives;
}

test('whatever is throttled, repeated, lost or cut off: one job lives, a foreign one is not touched, and nothing is left at the end', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
    const stack = new FakeStack();
    for (const [index, { manifest, priority, revision, faults, repeats, losesLedger }] of steps.entries()) {
      if (losesLedger) stack.ledgers.clear('state');
      for (const { call, error, afterwards } of faults) stack.service.fail(call, new ServiceError(error, 'bad day', 503), afterwards);
      const wanted = properties({ ...otherManifest(manifest), Priority: priority, Revision: `{"attempt":${revision}}`, ReconcileNonce: String(index) });
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
      expect(bySubject(stack).live).toEqual([data.JobId]);
      expect(stack.service.get(data.JobId).priority).toBe(Number(priority));
      expect(new Set(stack.service.jobs.map(({ request }) => request.ClientRequestToken)).size).toBe(stack.service.jobs.length);
      if (index === 0) {
        await stack.service.create({ ...stack.service.jobs[0].request, ClientRequestToken: 'foreign', Tags: [{ Key: OWNER_TAGS.stackId, Value: 'another' }] })
          .then((id) => stack.service.end(id, 'Failed'), () => undefined);
      }
    }
    await stack.delete();
    expect(bySubject(stack).live ?? []).toEqual([]);
  }), { numRuns: 60 });
});
