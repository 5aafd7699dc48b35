import * as fc from 'fast-check';
import { Crash, type FakeServer, type Fault } from './fake-server';
import { properties, QueueStack } from './queue-stack';
import { recordOfQueue } from '../../../src/model/supervisely/queue-names';
import type { LabelingQueueProperties } from '../../../src/supervisely/private/labeling-queue-contract';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

const LOGINS = ['labeler_1', 'labeler_2', 'labeler_3'];
const RUNS = 60;
/** Each time that a handler ends without an answer, CDK's framework or its waiter calls again. */
const PATIENCE = 40;

const fault = fc.constantFrom<Fault | undefined>(undefined, undefined, undefined, 'lost answer', 'not received', 'crash before', 'crash after');
const change = fc.record({ labelers: fc.subarray(LOGINS, { minLength: 1 }), readme: fc.constantFrom('a', 'b'), attempt: fc.constantFrom('0', '1') });
const day = fc.record({ takes: fc.nat(3), finishes: fc.nat(3), accepts: fc.nat(3), ends: fc.constantFrom('nothing', 'nothing', 'stopped', 'completed' as const) });

async function patiently<T>(stack: QueueStack, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === PATIENCE) throw error;
      // a crash leaves the lease: whoever comes next waits for its end
      stack.now += 400_000;
    }
  }
}

/** A deployment of which single calls are lost or kill the handler: whoever called it calls again, with the same event. */
async function deploy(stack: QueueStack, changes: Partial<LabelingQueueProperties>): Promise<void> {
  const former = stack.current;
  const resource = { ...former ?? properties(), ...changes };
  const event = former
    ? stack.event('Update', resource, { PhysicalResourceId: stack.id, OldResourceProperties: former }) : stack.event('Create', resource);
  const begun = await patiently(stack, () => stack.onEvent(event));
  await patiently(stack, async () => {
    const answer = await stack.poll(begun);
    if (!answer.IsComplete) throw new Crash('not yet');
  });
  stack.id = begun.PhysicalResourceId;
  stack.current = resource;
}

const isAtWork = ({ status }: { status: string }) => status !== 'stopped' && status !== 'completed';

function people(server: FakeServer, { takes, finishes, accepts, ends }: { takes: number; finishes: number; accepts: number; ends: string }): void {
  const queue = server.list().find(isAtWork);
  if (!queue) return;
  server.work(queue.id, takes, 'none');
  server.work(queue.id, finishes, 'done', 'none');
  server.work(queue.id, accepts, 'accepted', 'done');
  if (ends !== 'nothing') queue.status = ends as 'stopped';
}

test('whatever is lost on the way: at most one queue is at work, none has a name twice, and no image that was finished is queued again', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(change, day, fc.array(fault, { maxLength: 12 })), { minLength: 1, maxLength: 4 }), async (days) => {
    const stack = new QueueStack();
    const { server } = stack;
    for (const [{ labelers, readme, attempt }, whatPeopleDo, faults] of days) {
      const waiting = [...faults];
      server.fault = () => waiting.shift();
      await deploy(stack, {
        Labelers: labelers.map((Login) => ({ Login })), Settings: { Title: 'Lemons', Readme: readme }, Attempt: attempt, TimeoutSeconds: '3300',
      });
      server.fault = () => undefined;
      const queues = server.list();
      expect(queues.filter(isAtWork).length).toBeLessThanOrEqual(1);
      const names = queues.map(({ name }) => recordOfQueue(name)!.name);
      expect(new Set(names).size).toBe(names.length);
      expect((await stack.reconcile()).steps).toEqual([]);
      for (const later of queues) {
        const finished = queues.filter(({ id }) => id < later.id).flatMap(({ images }) => images).filter(({ stage }) => stage === 'done' || stage === 'accepted');
        expect(later.images.filter(({ id }) => finished.some((image) => image.id === id))).toEqual([]);
      }
      people(server, whatPeopleDo);
    }
    await patiently(stack, () => stack.delete());
    expect(server.list().filter(isAtWork)).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  }), { numRuns: RUNS });
});
