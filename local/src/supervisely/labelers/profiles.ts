import { closed, COUNT, list, oneOf, type Schema, TEXT } from '../schema';

/** How somebody labels. */
export interface LabelerProfile {
  /** Share of objects drawn where and as what they are. */
  readonly accuracy: number;
  /** Mean; one image takes half as long to half as long again. */
  readonly secondsPerImage: number;
  /** Until a waiting job is opened. */
  readonly secondsToStart: number;
  /** Most objects in an image; each image has at least one, or none where this is 0. */
  readonly objectsPerImage: number;
}

/** How somebody reviews. */
export interface ReviewerProfile {
  readonly secondsPerImage: number;
  /** Share of images sent back whatever they look like. */
  readonly rejects: number;
  /** Share of images with mistakes that are found out. */
  readonly finds: number;
  /** What becomes of rejected images: the same job goes back to its labeler, a new job is made of them, or nothing. */
  readonly rework: 'return' | 'restart' | 'leave';
}

const SHARE: Schema = { type: 'number', minimum: 0, maximum: 1 };
const SECONDS: Schema = { type: 'number', exclusiveMinimum: 0, maximum: 1e9 };

/** The body of `POST /_local/supervisely/labelers`; without a login: everybody who has no profile of the own. */
export const PEOPLE: Schema = closed({}, {
  labelers: list(closed({}, { login: TEXT, accuracy: SHARE, secondsPerImage: SECONDS, secondsToStart: SECONDS, objectsPerImage: COUNT })),
  reviewers: list(closed({}, { login: TEXT, secondsPerImage: SECONDS, rejects: SHARE, finds: SHARE, rework: oneOf(['return', 'restart', 'leave']) })),
});

interface Given {
  readonly labelers?: ReadonlyArray<Partial<LabelerProfile> & { readonly login?: string }>;
  readonly reviewers?: ReadonlyArray<Partial<ReviewerProfile> & { readonly login?: string }>;
}

/** Who works how. */
export class Profiles {
  private labelers = new Map<string | undefined, LabelerProfile>([[undefined, { accuracy: 0.9, secondsPerImage: 40, secondsToStart: 60, objectsPerImage: 3 }]]);
  private reviewers = new Map<string | undefined, ReviewerProfile>([[undefined, { secondsPerImage: 10, rejects: 0.05, finds: 0.8, rework: 'return' }]]);

  configure({ labelers = [], reviewers = [] }: Given): object {
    for (const { login, ...given } of labelers) this.labelers.set(login, { ...this.labeler(login), ...given });
    for (const { login, ...given } of reviewers) this.reviewers.set(login, { ...this.reviewer(login), ...given });
    return { labelers: listed(this.labelers), reviewers: listed(this.reviewers) };
  }

  labeler(login: string | undefined): LabelerProfile {
    return this.labelers.get(login) ?? this.labelers.get(undefined)!;
  }

  reviewer(login: string | undefined): ReviewerProfile {
    return this.reviewers.get(login) ?? this.reviewers.get(undefined)!;
  }
}

function listed(profiles: ReadonlyMap<string | undefined, object>): object[] {
  return [...profiles].map(([login, profile]) => ({ ...(login !== undefined && { login }), ...profile }));
}
