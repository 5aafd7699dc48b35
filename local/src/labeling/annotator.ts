/** How a simulated annotator works. */
export interface AnnotatorProfile {
  readonly name: string;
  /** Share of judgements that agree with the truth. */
  readonly accuracy: number;
  /** Mean; a single task takes half as long to half as long again. */
  readonly secondsPerTask: number;
  /** The answer this annotator falls for when wrong. */
  readonly bias?: string;
  /** Chance, task by task, of leaving for good. */
  readonly dropout: number;
  /** Chance, task by task, of declining it. */
  readonly decline: number;
}

export const PROFILE_DEFAULTS = { accuracy: 0.9, secondsPerTask: 20, dropout: 0, decline: 0 } as const;

/** Who works in a team that nobody has described; nobody in it leaves or declines, so that its jobs end. */
const DEFAULT_CREW: ReadonlyArray<Pick<AnnotatorProfile, 'name' | 'accuracy' | 'secondsPerTask'>> = [
  { name: 'ada', accuracy: 0.97, secondsPerTask: 24 },
  { name: 'bela', accuracy: 0.92, secondsPerTask: 16 },
  { name: 'chris', accuracy: 0.85, secondsPerTask: 10 },
  { name: 'dara', accuracy: 0.94, secondsPerTask: 20 },
  { name: 'eli', accuracy: 0.9, secondsPerTask: 18 },
  { name: 'fumi', accuracy: 0.88, secondsPerTask: 12 },
  { name: 'gita', accuracy: 0.95, secondsPerTask: 22 },
  { name: 'hugo', accuracy: 0.91, secondsPerTask: 15 },
  { name: 'ines', accuracy: 0.87, secondsPerTask: 14 },
];

/** Three people, or as many as an object asks for. */
export function defaultCrew(size: number): AnnotatorProfile[] {
  return DEFAULT_CREW.slice(0, Math.max(3, size)).map((profile) => ({ ...PROFILE_DEFAULTS, ...profile }));
}
