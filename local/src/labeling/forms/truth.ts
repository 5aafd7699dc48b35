import type { Box, Span } from './shapes';

/** What is true of one object: stated, or drawn once for all annotators alike. */
export interface Truth {
  /** The right text, where one was stated. */
  readonly text?: string;
  /** The right rectangles, where they were stated. */
  readonly boxes?: readonly Box[];
  /** The right parts of the text, where they were stated. */
  readonly entities?: readonly Span[];
  /** A number in [0, 1) that stands for everything else about the object. */
  readonly level: number;
  /** The right ones among the options, in their order; never empty unless there are no options. */
  among(options: readonly string[], many: boolean): string[];
  /** Chance that belongs to the object alone: whoever asks for the same gets the same sequence. */
  drawn(what: string): () => number;
}
