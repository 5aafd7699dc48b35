import { FleetData } from './fleet-data';
import { FleetJob, WorkteamShare } from './fleet-job';
import type { JobDeclaration } from './private/declarations-contract';
import { readDeclarations } from './private/declarations-file';
import { keyProblems, shareProblems } from './private/fleet-jobs-validation';
import { refuse } from '../private/errors';

/** Options of a dataset that is split. */
export interface SplitOptions {
  /**
   * The most data objects that one job gets.
   *
   * @default - the service's limit: 20,000 for semantic segmentation, 100,000 for all others
   */
  readonly maxObjectsPerJob?: number;
}

/**
 * A dataset with those who share it.
 *
 * @internal
 */
export interface SplitDataset extends SplitOptions {
  readonly data: FleetData;
  readonly shares: ReadonlyArray<readonly [key: string, share: WorkteamShare]>;
}

/**
 * What a fleet's jobs are made from: exactly one of them is there.
 *
 * @internal
 */
export interface FleetJobsParts {
  readonly declared?: ReadonlyArray<readonly [key: string, job: FleetJob]>;
  readonly dataset?: SplitDataset;
  readonly declarations?: readonly JobDeclaration[];
}

/** Which jobs a fleet has. */
export class FleetJobs {
  /**
   * Jobs declared one by one.
   *
   * @param jobs the jobs by keys of your own: 1 to 128 letters, digits and `._-`. A key stands for its job for ever; another key is another job.
   */
  public static declared(jobs: { [key: string]: FleetJob }): FleetJobs {
    refuse('FleetJobs.declared', Object.keys(jobs).flatMap(keyProblems));
    return new FleetJobs({ declared: Object.entries(jobs) });
  }

  /**
   * One dataset, shared out over work teams: every object is labeled by exactly one team.
   *
   * @param data the dataset
   * @param teams the teams by keys of your own: 1 to 64 letters, digits and `._-`
   * @param options how many objects one job gets at most
   */
  public static perWorkteam(data: FleetData, teams: { [key: string]: WorkteamShare }, options: SplitOptions = {}): FleetJobs {
    refuse('FleetJobs.perWorkteam', shareProblems(teams));
    return new FleetJobs({ dataset: { ...options, data, shares: Object.entries(teams) } });
  }

  /**
   * One dataset, split into as few jobs as the limit of objects in a job allows.
   *
   * @param data the dataset
   * @param options how many objects one job gets at most
   */
  public static split(data: FleetData, options: SplitOptions = {}): FleetJobs {
    return new FleetJobs({ dataset: { ...options, data, shares: [] } });
  }

  /**
   * Existing jobs, taken over as they are: nothing of them is labeled again.
   *
   * @param file a file of JSON Lines that a `LabelingJobInventory` with `declarations: true` has written; edit it as you like
   */
  public static fromDeclarations(file: string): FleetJobs {
    return new FleetJobs({ declarations: readDeclarations(file) });
  }

  /** @internal */
  public readonly _parts: FleetJobsParts;

  private constructor(parts: FleetJobsParts) {
    this._parts = parts;
  }
}
