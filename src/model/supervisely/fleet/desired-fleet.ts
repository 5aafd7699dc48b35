import type { RejectedImagesPolicy } from './fleet-spec';

/** The version that a fleet should have, all names looked up and all images listed. */
export interface DesiredFleet {
  readonly id: string;
  readonly identity: string;
  readonly revision: string;
  /** See `attemptOf`. */
  readonly attempt: string;
  /** In the declared order. */
  readonly labelers: readonly FleetLabeler[];
  readonly sets: readonly FleetSet[];
  readonly rejectedImages: RejectedImagesPolicy;
  /** The rest has been shared out over these people with these weights before: nobody is stopped for it again. */
  readonly levelled: boolean;
  /** Hashes of what is changed in place. Without the first one the settings are left as they are: the reviewer is not in the team. */
  readonly settingsHash?: string;
  readonly customDataHash: string;
  readonly mayReplaceLabels: boolean;
  readonly returning: boolean;
  /** The identity with which the request came in. */
  readonly replaces?: string;
}

export interface FleetLabeler {
  readonly userId: number;
  readonly weight: number;
}

export interface FleetSet {
  readonly datasetId: number;
  /** The images that it selects now, in the order of ids. */
  readonly imageIds: readonly number[];
  /** Those that were named one by one. Without it more may come, and one that is selected no more has only lost a tag. */
  readonly listed?: ReadonlySet<number>;
}

/** Finds the set to which an image belongs: the first one that selects it, else the first one that might have. */
export class SetFinder {
  /** Images that are selected, with the first set that does. */
  readonly selected = new Map<number, number>();

  constructor(private readonly sets: readonly FleetSet[]) {
    sets.forEach(({ imageIds }, index) => imageIds.forEach((id) => this.selected.has(id) || this.selected.set(id, index)));
  }

  /** Undefined where no declared set is about it any more. */
  setOf(imageId: number, datasetId: number): number | undefined {
    const index = this.selected.get(imageId) ?? this.sets.findIndex((set) => set.datasetId === datasetId && (set.listed?.has(imageId) ?? true));
    return index < 0 ? undefined : index;
  }
}
