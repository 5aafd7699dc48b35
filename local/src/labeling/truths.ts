import { createHash } from 'node:crypto';
import type { Truth } from './judgement';

/** A short stand-in for an object's content, which may be long. */
export function contentKey(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 24);
}

/**
 * What is true of objects. Of an object that nobody told the truth about, the truth is drawn from the options by the object's content:
 * the same for every annotator, every job and every run with the same seed.
 */
export class Truths {
  private readonly labels = new Map<string, readonly string[]>();
  private readonly unwanted = new Set<string>();

  constructor(private readonly random: (name: string) => () => number) {}

  get size(): number {
    return this.labels.size;
  }

  /** `content` is the text of `source` or the URI of `source-ref`. */
  tell(content: string, labels: readonly string[]): void {
    this.labels.set(contentKey(content), labels);
  }

  /** Every annotator declines the object's tasks, or none does any more. */
  refuse(content: string, declined: boolean): void {
    this.unwanted[declined ? 'add' : 'delete'](contentKey(content));
  }

  isRefused(key: string): boolean {
    return this.unwanted.has(key);
  }

  of(key: string): Truth {
    const stated = this.labels.get(key) ?? [];
    return {
      text: stated[0],
      level: this.random(`truth/${key}/level`)(),
      among: (options, many) => {
        const known = options.filter((option) => stated.includes(option));
        return known.length > 0 ? known.slice(0, many ? undefined : 1) : this.draw(key, options, many);
      },
    };
  }

  private draw(key: string, options: readonly string[], many: boolean): string[] {
    const random = this.random(`truth/${key}/${options.join('\n')}`);
    const first = Math.floor(random() * options.length);
    const second = many && random() < 0.3 ? Math.floor(random() * options.length) : first;
    return options.filter((_, index) => index === first || index === second);
  }
}
