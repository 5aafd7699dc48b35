/** What may happen to a call: it is refused, or its answer is lost, or its caller ends before or after it. */
export type Fault = 'throttled' | 'answer lost' | 'crash before' | 'crash after';

export class Crash extends Error {}

function throttle(): Error {
  return Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
}

/** One run of a function: when it has crashed, nothing that it does has an effect any more. */
export class Invocation {
  calls = 0;
  private dead = false;

  /** `faults`: by the number of the call. */
  constructor(private readonly turns: Turns, private readonly faults: ReadonlyMap<number, Fault> = new Map()) {}

  get hasCrashed(): boolean {
    return this.dead;
  }

  async call<T>(effect: () => T): Promise<T> {
    await this.turns.next();
    if (this.dead) throw new Crash();
    const fault = this.faults.get(this.calls++);
    if (fault === 'crash before') return this.crash();
    if (fault === 'throttled') throw throttle();
    const result = effect();
    if (fault === 'crash after') return this.crash();
    if (fault === 'answer lost') throw throttle();
    return result;
  }

  private crash(): never {
    this.dead = true;
    throw new Crash();
  }
}

/** Lets the calls of all invocations happen in an order that is chosen from outside. */
export class Turns {
  private readonly waiting: Array<() => void> = [];

  next(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** `choose` picks one of so many. */
  async drive(work: Promise<unknown>, choose: (most: number) => number): Promise<void> {
    let over = false;
    const end = () => { over = true; };
    void work.then(end, end);
    while (!over) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.waiting.length > 0) this.waiting.splice(choose(this.waiting.length), 1)[0]();
    }
  }
}
