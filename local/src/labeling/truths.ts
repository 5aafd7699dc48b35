import { createHash } from 'node:crypto';
import type { Box, Span } from './forms/shapes';
import type { Truth } from './forms/truth';

/** A short stand-in for an object's content, which may be long. */
export function contentKey(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 24);
}

/** What somebody stated about one object. */
export interface StatedTruth {
  readonly labels?: readonly string[];
  readonly boxes?: readonly Box[];
  readonly entities?: readonly Span[];
  /** Nobody takes its tasks. */
  readonly declined?: boolean;
}

/**
 * What is true of objects. Of an object that nobody told the truth about, the truth is drawn from the options by the object's content:
 * the same for every annotator, every job and every run with the same seed.
 */
export class Truths {
  private readonly stated = new Map<string, StatedTruth>();

  constructor(private readonly random: (name: string) => () => number) {}

  get size(): number {
    return this.stated.size;
  }

  /** `content` is the text of `source` or the URI of `source-ref`. */
  tell(content: string, truth: StatedTruth): void {
    this.stated.set(contentKey(content), truth);
  }

  /** Every annotator declines the object's tasks. */
  isDeclined(key: string): boolean {
    return this.stated.get(key)?.declined === true;
  }

  of(key: string): Truth {
    const { labels = [], boxes, entities } = this.stated.get(key) ?? {};
    return {
      text: labels[0],
      boxes,
      entities,
      level: this.random(`truth/${key}/level`)(),
      among: (options, many) => {
        const known = options.filter((option) => labels.includes(option));
        return known.length > 0 ? known.slice(0, many ? undefined : 1) : this.draw(key, options, many);
      },
      drawn: (what) => this.random(`truth/${key}/${what}`),
    };
  }

  private draw(key: string, options: readonly string[], many: boolean): string[] {
    const random = this.random(`truth/${key}/${options.join('\n')}`);
    const first = Math.floor(random() * options.length);
    const second = many && random() < 0.3 ? Math.floor(random() * options.length) : first;
    return options.filter((_, index) => index === first || index === second);
  }
}
