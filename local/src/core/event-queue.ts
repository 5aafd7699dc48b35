import type { EventKind } from './clock';

export interface QueuedEvent {
  readonly time: number;
  readonly kind: EventKind;
  readonly label: string;
  readonly action: () => void | Promise<void>;
  readonly sequence: number;
  cancelled: boolean;
}

function before(left: QueuedEvent, right: QueuedEvent): boolean {
  return left.time < right.time || (left.time === right.time && left.sequence < right.sequence);
}

/** Events by time, then in the order of their scheduling: one binary heap for all kinds, and one for each that is asked for by itself. */
export class EventQueue {
  private readonly all = new Heap();
  private readonly byKind: Record<EventKind, Heap> = { work: new Heap(), expiry: new Heap(), tick: new Heap() };
  private sequence = 0;

  add(time: number, kind: EventKind, label: string, action: () => void | Promise<void>): QueuedEvent {
    const event: QueuedEvent = { time, kind, label, action, sequence: this.sequence++, cancelled: false };
    this.all.push(event);
    this.byKind[kind].push(event);
    return event;
  }

  remove(event: QueuedEvent): void {
    if (event.cancelled) return;
    event.cancelled = true;
    this.all.forget();
    this.byKind[event.kind].forget();
  }

  peek(): QueuedEvent | undefined {
    return this.all.peek();
  }

  firstTime(kind: EventKind): number | undefined {
    return this.byKind[kind].peek()?.time;
  }

  /** All events of that one instant, in order. */
  takeDue(time: number): QueuedEvent[] {
    const due: QueuedEvent[] = [];
    for (let next = this.all.peek(); next && next.time <= time; next = this.all.peek()) {
      due.push(this.all.pop()!);
      this.byKind[next.kind].drop(next);
    }
    return due;
  }
}

/** Below this a heap is not worth clearing. */
const SMALL = 64;

/**
 * A binary heap whose cancelled or dropped events vanish when they reach the top, or when they have become the most: time-outs that are set and
 * cancelled with every message would else fill the memory until their far time comes.
 */
class Heap {
  private items: QueuedEvent[] = [];
  private readonly dropped = new Set<QueuedEvent>();
  /** Cancelled since the last clearing, those included that had left before. */
  private forgotten = 0;

  push(event: QueuedEvent): void {
    this.items.push(event);
    let at = this.items.length - 1;
    while (at > 0) {
      const parent = Math.floor((at - 1) / 2);
      if (!before(this.items[at], this.items[parent])) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  peek(): QueuedEvent | undefined {
    while (this.items.length > 0 && (this.items[0].cancelled || this.dropped.has(this.items[0]))) this.dropped.delete(this.pop()!);
    return this.items[0];
  }

  drop(event: QueuedEvent): void {
    this.dropped.add(event);
    this.peek();
  }

  /** An event here has been cancelled. */
  forget(): void {
    if (++this.forgotten < Math.max(SMALL, this.items.length / 2)) return;
    this.forgotten = 0;
    // what is in order is a heap as well
    this.items = this.items.filter((event) => !event.cancelled && !this.dropped.has(event)).sort((left, right) => (before(left, right) ? -1 : 1));
    this.dropped.clear();
  }

  pop(): QueuedEvent | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (top === undefined || last === undefined || last === top) return top;
    this.items[0] = last;
    this.sink();
    return top;
  }

  private sink(): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < this.items.length && before(this.items[left], this.items[least])) least = left;
      if (left + 1 < this.items.length && before(this.items[left + 1], this.items[least])) least = left + 1;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private swap(left: number, right: number): void {
    [this.items[left], this.items[right]] = [this.items[right], this.items[left]];
  }
}
