import fc from 'fast-check';
import type { EventKind } from '../../../local/src/core/clock';
import { EventQueue, type QueuedEvent } from '../../../local/src/core/event-queue';

const EVENT = fc.record({ time: fc.nat(50), kind: fc.constantFrom<EventKind>('work', 'expiry', 'tick'), isCancelled: fc.boolean() });

const order = (left: QueuedEvent, right: QueuedEvent): number => left.time - right.time || left.sequence - right.sequence;

test('events come by time and in order, whatever was cancelled, and however many', () => {
  fc.assert(fc.property(fc.array(EVENT, { maxLength: 400 }), fc.array(fc.nat(50)), (plans, looks) => {
    const queue = new EventQueue();
    const events = plans.map(({ time, kind }) => queue.add(time, kind, 'event', () => undefined));
    const cancelled = events.filter((_, index) => plans[index].isCancelled);
    for (const event of [...cancelled, ...cancelled]) queue.remove(event);
    let left = events.filter(({ cancelled: isCancelled }) => !isCancelled).sort(order);
    for (const time of looks.sort((one, other) => one - other)) {
      for (const kind of ['work', 'expiry', 'tick'] as const) expect(queue.firstTime(kind)).toBe(left.find((event) => event.kind === kind)?.time);
      expect(queue.takeDue(time)).toEqual(left.filter((event) => event.time <= time));
      left = left.filter((event) => event.time > time);
      expect(queue.peek()).toBe(left[0]);
    }
  }));
});
