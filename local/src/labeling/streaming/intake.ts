import type { JobQueue } from './job-queue';
import { readStreamMessage, seedObject, type StreamedObject } from './stream-message';
import type { StreamRecords } from './stream-records';

/** Where the objects of a streaming job come from: first the seed manifest, then the queue. An id that was there before is passed over. */
export class Intake {
  /** The next one last. */
  private readonly seed: StreamedObject[];

  /** `heard` is told of every message. */
  constructor(
    private readonly records: StreamRecords,
    private readonly queue: JobQueue,
    seedLines: readonly string[],
    private readonly attribute: string,
    private readonly heard: () => void,
  ) {
    this.seed = seedLines.map((line, index) => seedObject(line, index, attribute)).reverse();
  }

  /** The numbers of some new objects, as many as there is room for; none when nothing waits. */
  async next(room: number): Promise<number[]> {
    if (room <= 0) {
      return [];
    }
    const added: number[] = [];
    while (added.length < room && this.seed.length > 0) {
      added.push(...this.add(this.seed.pop()!));
    }
    return added.length > 0 ? added : this.nextStreamed(room);
  }

  private async nextStreamed(room: number): Promise<number[]> {
    for (;;) {
      const messages = await this.queue.receive(room);
      const added: number[] = [];
      for (const message of messages) {
        this.heard();
        added.push(...readStreamMessage(message.Body, message.MessageId, this.attribute).flatMap((object) => this.add(object)));
        await this.queue.delete(message);
      }
      if (added.length > 0 || messages.length === 0) {
        return added;
      }
    }
  }

  private add({ id, line }: StreamedObject): number[] {
    const index = this.records.add(id, line);
    return index === undefined ? [] : [index];
  }
}
