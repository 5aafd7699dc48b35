import * as fc from 'fast-check';
import { Crash, type FakeServer, type Fault } from './fake-server';
import { type GroupStack, onFakeServer, properties } from './group-stack';
import { silence } from './silence';
import { recordOfTitle } from '../../../src/model/supervisely/group-names';
import type { LabelingJobProperties } from '../../../src/supervisely/private/labeling-job-contract';

beforeEach(silence);

const LOGINS = ['labeler_1', 'labeler_2', 'labeler_3'];
const RUNS = 60;
/** Each time that a handler ends without an answer, CDK's framework or its waiter calls again. */
const PATIENCE = 40;

const fault = fc.constantFrom<Fault | undefined>(undefined, undefined, undefined, 'lost answer', 'not received', 'crash before', 'crash after');
const change = fc.record({
  labelers: fc.subarray(LOGINS, { minLength: 1 }),
  readme: fc.constantFrom('a', 'b'),
  reviewer: fc.constantFrom(undefined, '7'),
});
const person = fc.record({ job: fc.nat(5), does: fc.constantFrom('label', 'stop', 'complete', 'nothing') });

/** A deployment of which single calls are lost or kill the handler: whoever called it calls again, with the same event. */
async function deploy(stack: GroupStack, changes: Partial<LabelingJobProperties>): Promise<void> {
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

async function patiently<T>(stack: GroupStack, work: () => Promise<T>): Promise<T> {
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

function act(server: FakeServer, { job: index, does }: { job: number; does: string }): void {
  const job = server.list()[index];
  if (!job || job.status === 'stopped' || job.status === 'completed') return;
  if (does === 'label') server.label(job.id, 2);
  if (does === 'stop') job.status = 'stopped';
  if (does === 'complete') job.status = 'completed';
}

test('whatever is lost on the way: no labeler has two jobs at work, no job exists twice, and no image that was done is given out again', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(change, person, fc.array(fault, { maxLength: 12 })), { minLength: 1, maxLength: 4 }), async (days) => {
    const { stack, server } = onFakeServer();
    for (const [{ labelers, readme, reviewer }, whoever, faults] of days) {
      const queue = [...faults];
      server.fault = () => queue.shift();
      await deploy(stack, {
        Labelers: labelers.map((Login) => ({ Login })),
        Settings: { Title: 'Lemons', Readme: readme },
        Editable: reviewer === undefined ? {} : { Reviewer: { Id: reviewer } },
        TimeoutSeconds: '3300',
      });
      server.fault = () => undefined;
      const jobs = server.list();
      const names = jobs.map(({ name }) => recordOfTitle(name));
      expect(new Set(names).size).toBe(names.length);
      const atWork = jobs.filter(({ status }) => status !== 'stopped' && status !== 'completed').map(({ userId }) => userId);
      expect(new Set(atWork).size).toBe(atWork.length);
      expect(jobs.every(({ customData }) => 'cdkLabelingWorkflows' in customData)).toBe(true);
      expect((await stack.reconcile()).steps).toEqual([]);
      // a labeler's next job never has an image that their former ones have done
      for (const later of jobs) {
        for (const earlier of jobs.filter(({ id, userId }) => id < later.id && userId === later.userId)) {
          const done = earlier.entities.filter(({ reviewStatus }) => reviewStatus === 'done').map(({ id }) => id);
          expect(later.entities.filter(({ id }) => done.includes(id))).toEqual([]);
        }
      }
      act(server, whoever);
    }
    await patiently(stack, () => stack.delete());
    expect(server.list().filter(({ status }) => status !== 'stopped' && status !== 'completed')).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  }), { numRuns: RUNS });
});
