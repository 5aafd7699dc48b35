import * as fc from 'fast-check';
import { fleetProperties, type FleetStack, fleetOn } from './fleet-stack';
import { recordOfTitle } from '../../../src/model/supervisely/group-names';
import type { JobFleetProperties } from '../../../src/supervisely/private/job-fleet-contract';
import { Crash, type Fault } from '../supervisely-labeling-job/fake-server';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

const LOGINS = ['labeler_1', 'labeler_2', 'labeler_3'];
const IDS = [101, 102, 103];
const RUNS = 40;
/** Each time that a handler ends without an answer, CDK's framework or its waiter calls again. */
const PATIENCE = 60;

const fault = fc.constantFrom<Fault | undefined>(undefined, undefined, undefined, 'lost answer', 'not received', 'crash before', 'crash after');
const change = fc.record({ labelers: fc.subarray(LOGINS, { minLength: 1 }), heavy: fc.nat(2), readme: fc.constantFrom('a', 'a', 'b'), arrivals: fc.nat(3) });
const person = fc.record({ job: fc.nat(8), does: fc.constantFrom('label', 'label', 'review', 'reject', 'nothing') });

const day = fc.tuple(change, person, person, fc.array(fault, { maxLength: 14 }), fc.array(fc.boolean(), { maxLength: 6 }));

async function deploy(stack: FleetStack, changes: Partial<JobFleetProperties>): Promise<void> {
  const former = stack.current;
  const resource = { ...former ?? fleetProperties(), ...changes };
  const event = former
    ? stack.event('Update', resource, { PhysicalResourceId: stack.id, OldResourceProperties: former }) : stack.event('Create', resource);
  const begun = await patiently(stack, () => stack.onEvent(event));
  await patiently(stack, async () => {
    const answer = await stack.poll(begun);
    if (!answer.IsComplete) throw new Crash('not yet');
  });
  Object.assign(stack, { id: begun.PhysicalResourceId, current: resource });
}

async function patiently<T>(stack: FleetStack, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === PATIENCE || String(error).includes('two jobs at work')) throw error;
      // a crash leaves the lease: whoever comes next waits for its end
      stack.now += 400_000;
    }
  }
}

function act({ server }: FleetStack, { job: index, does }: { job: number; does: string }): void {
  const job = server.list()[index];
  if (!job || job.status === 'stopped' || job.status === 'completed') return;
  if (does === 'label') server.label(job.id, 2);
  if (does === 'review') Object.assign(job, { status: 'on_review', startedAt: '2026-11-22T00:00:00.000Z' });
  if (does !== 'reject') return;
  Object.assign(job, { status: 'completed', startedAt: '2026-11-22T00:00:00.000Z' });
  job.entities.forEach((image, place) => { image.reviewStatus = place % 3 === 0 ? 'rejected' : 'accepted'; });
}

test('whatever is lost on the way: each image is in one job, none exists twice, and what is done is never given out again', async () => {
  await fc.assert(fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 4 }), async (days) => {
    const { stack, server } = fleetOn(7);
    let last = 7;
    for (const [{ labelers, heavy, readme, arrivals }, one, other, faults, delays] of days) {
      const queue = [...faults];
      const done = server.done();
      const before = new Set(server.list().map(({ id }) => id));
      server.addImages(10555, Array.from({ length: arrivals }, () => ++last));
      server.fault = () => queue.shift();
      server.delays = () => delays.pop() ?? false;
      await deploy(stack, {
        Labelers: labelers.map((Login, index) => ({ Login, Weight: index === heavy ? '2' : '1' })),
        Settings: { Title: 'Lemons', Readme: readme },
        TimeoutSeconds: '3300',
      });
      server.fault = () => undefined;
      server.delays = () => false;
      // a call that everybody has given up arrives when all is done: the next look finds what it has made
      await server.arrive();
      await patiently(stack, () => stack.reconcile());

      const names = server.list().map(({ name }) => recordOfTitle(name));
      expect(new Set(names).size).toBe(names.length);
      expect(server.list().every(({ customData }) => 'cdkLabelingWorkflows' in customData)).toBe(true);
      const holders = server.holders();
      const present = labelers.map((login) => IDS[LOGINS.indexOf(login)]);
      expect([...holders.values()].filter((userId) => !present.includes(userId))).toEqual([]);
      expect(server.list().filter(({ id }) => !before.has(id)).flatMap(({ entities }) => entities).filter(({ id }) => done.has(id))).toEqual([]);
      // all of them are somewhere: with a labeler, with a reviewer, or done
      const reviewed = server.alive().filter(({ status }) => status === 'on_review').flatMap(({ entities }) => entities.map(({ id }) => id));
      const everywhere = new Set([...holders.keys(), ...reviewed, ...server.done()]);
      expect(Array.from({ length: last }, (_, index) => index + 1).filter((id) => !everywhere.has(id))).toEqual([]);
      expect((await stack.reconcile()).steps).toEqual([]);
      act(stack, one);
      act(stack, other);
    }
    await patiently(stack, () => stack.delete());
    expect(server.alive()).toEqual([]);
    expect([...stack.ledgers.keys('state'), ...stack.buckets.keys('state')]).toEqual([]);
  }), { numRuns: RUNS, endOnFailure: true });
});
