import fc from 'fast-check';
import { ServiceError } from './fake-service';
import { FakeStack, properties } from './fake-stack';
import { FakeTopic } from './fake-topic';
import { LabelingJobs } from '../../../runtime/labeling-job/ports';
import { JobQueues } from '../../../runtime/labeling-job/streaming/ports';
import { LabelingJobProperties } from '../../../src/groundtruth/private/labeling-job-contract';

const DAY = 24 * 3600 * 1000;
const error = fc.constantFrom('ThrottlingException', 'TimeoutError', 'ServiceUnavailable');
const serviceFault = fc.record({ call: fc.constantFrom<keyof LabelingJobs>('create', 'describe', 'stop', 'namesContaining', 'addTags'), error, afterwards: fc.boolean() });
const queueFault = fc.record({ call: fc.constantFrom<keyof JobQueues>('receive', 'delete', 'depth', 'remove'), error, afterwards: fc.boolean() });

const step = fc.record({
  sends: fc.nat(25),
  takes: fc.nat(15),
  labels: fc.nat(15),
  happens: fc.constantFrom('settings change', 'settings change', 'idles', 'fails', 'pause'),
  serviceFaults: fc.array(serviceFault, { maxLength: 3 }),
  queueFaults: fc.array(queueFault, { maxLength: 4 }),
  repeats: fc.nat(2),
  losesLedger: fc.constantFrom(false, false, false, true),
});

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

function streaming(revision: number, changes: Partial<LabelingJobProperties> = {}): LabelingJobProperties {
  const { Request } = properties();
  const DataSource = { SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:mails' } };
  return properties({ Stream: { Kind: 'TOPIC' }, Request: { ...Request, InputConfig: { DataSource } }, Revision: String(revision), Resume: '{"maxAttempts":"99"}', ...changes });
}

/** What wakes the reconciler calls it again until it succeeds. */
async function reconciled(stack: FakeStack): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const done = await stack.reconcile().catch(() => undefined);
    stack.now += 60_000;
    if (done?.steps.length === 0 && done.status === 'InProgress') return;
  }
}

test('whatever is throttled, repeated, lost or cut off: each object of a topic is labeled once, one job lives, and no queue is left', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
    const stack = new FakeStack();
    await stack.create(streaming(0));
    const topic = new FakeTopic(stack);
    for (const [index, { sends, takes, labels, happens, serviceFaults, queueFaults, repeats, losesLedger }] of steps.entries()) {
      for (let sent = 0; sent < sends; sent++) await topic.send();
      await topic.work(takes, labels);
      const name = (await topic.running())!;
      if (losesLedger && happens === 'settings change') stack.ledgers.clear('state');
      for (const { call, error: kind, afterwards } of serviceFaults) stack.service.fail(call, new ServiceError(kind, 'bad day'), afterwards);
      for (const { call, error: kind, afterwards } of queueFaults) stack.queues.fail(call, new ServiceError(kind, 'bad day'), afterwards);
      if (happens === 'settings change') {
        const wanted = streaming(index + 1);
        const event = stack.event('Update', wanted, { PhysicalResourceId: stack.id, OldResourceProperties: stack.current });
        const waiting = await stack.onEvent(event);
        for (let repeat = 0; repeat < repeats; repeat++) await stack.poll(waiting);
        await stack.wait(waiting);
        stack.current = wanted;
      } else {
        // idle means that nothing waits
        if (happens === 'idles') await topic.work(1000, 0);
        stack.now += 11 * DAY;
        if (happens === 'idles') stack.service.end(name, 'Stopped');
        if (happens === 'fails') stack.service.end(name, 'Failed', 'InternalServerError: bad day');
      }
      await reconciled(stack);
      const live = Object.entries(stack.service.statuses()).filter(([, status]) => status === 'InProgress');
      expect(live).toHaveLength(1);
      expect(await topic.running()).toBe(live[0][0]);
      expect(stack.queues.names()).toEqual([live[0][0]]);
    }
    await topic.work(1000, 1000);
    expect([...topic.labels].filter(([, times]) => times !== 1)).toEqual([]);
    expect(topic.labels.size).toBe(topic.sent);
    await stack.delete();
    expect(stack.queues.names()).toEqual([]);
  }), { numRuns: 60 });
});
