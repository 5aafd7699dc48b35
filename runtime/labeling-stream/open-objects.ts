import { StreamStore } from './ports';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { parseObjectId } from '../../src/model/stream/object-id';
import type { JobDescription } from '../labeling-job/ports';

/** What is open for a job: Ground Truth takes 5,000 at most. */
export class OpenObjects {
  static async of(job: JobDescription, store: StreamStore): Promise<OpenObjects> {
    const open = new OpenObjects(job.name, labelAttributeOf(job));
    for await (const { key, modifiedAt } of store.list(open.prefix)) open.add(key.slice(open.prefix.length), modifiedAt);
    return open;
  }

  private readonly since = new Map<string, number>();
  private readonly attempts = new Map<string, Set<number>>();

  private constructor(readonly job: string, readonly labelAttributeName: string) {}

  get prefix(): string {
    return `${STREAM_KEYS.open}${this.job}/`;
  }

  get size(): number {
    return this.since.size;
  }

  get ids(): string[] {
    return [...this.since.keys()];
  }

  key(id: string): string {
    return `${this.prefix}${id}`;
  }

  has(id: string): boolean {
    return this.since.has(id);
  }

  openedBefore(time: number): string[] {
    return [...this.since].filter(([, at]) => at < time).map(([id]) => id);
  }

  attemptsOf(digest: string): ReadonlySet<number> {
    return this.attempts.get(digest) ?? new Set();
  }

  add(id: string, at: number): void {
    const of = parseObjectId(id);
    if (!of) return;
    this.since.set(id, at);
    this.attempts.set(of.digest, (this.attempts.get(of.digest) ?? new Set()).add(of.attempt));
  }

  delete(id: string): void {
    const of = parseObjectId(id);
    this.since.delete(id);
    if (of) this.attempts.get(of.digest)?.delete(of.attempt);
  }
}

/** As the job itself was asked: a former one may have had another. */
export function labelAttributeOf({ request }: JobDescription): string {
  return String(request!.LabelAttributeName);
}
