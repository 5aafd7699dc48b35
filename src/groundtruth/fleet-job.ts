import { InputManifest } from './input-manifest';
import { LabelingTaskOptions } from './labeling-task-options';
import { TaskType } from './task-type';
import { IWorkteam } from './workteam';
import { DesiredState } from '../desired-state';
import { LabelCategories } from '../label-categories';
import { ResumeOptions } from '../resume-options';

/** One job of a fleet. What it does not say it takes from the fleet. */
export interface FleetJob extends LabelingTaskOptions {
  /** The data objects to be labeled. */
  readonly input: InputManifest;

  /**
   * The labels to choose from.
   *
   * @default - the fleet's
   */
  readonly labels?: LabelCategories;

  /**
   * What workers do, and how their answers become a label.
   *
   * @default - the fleet's
   */
  readonly taskType?: TaskType;

  /**
   * Who labels.
   *
   * @default - the fleet's
   */
  readonly workteam?: IWorkteam;

  /**
   * What is wanted of this job.
   *
   * @default - what is wanted of the fleet
   */
  readonly desiredState?: DesiredState;

  /**
   * Which ends of this job are followed by a next one on what is left.
   *
   * @default - as the fleet says
   */
  readonly resume?: ResumeOptions;

  /**
   * Another number asks for a next generation that labels what is left, for example after a failure.
   *
   * @default - none is asked for
   */
  readonly attempt?: number;

  /**
   * Name of an existing job of this account and region that becomes the first generation, whoever made it.
   *
   * @default - a new job is made
   */
  readonly adopt?: string;

  /**
   * Tags of this job, besides those of the fleet.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What a work team gets of a dataset, and how it labels. What it does not say it takes from the fleet. */
export interface WorkteamShare extends LabelingTaskOptions {
  /** Who labels. */
  readonly workteam: IWorkteam;

  /**
   * How much of the dataset the team gets, in proportion to the other teams' numbers.
   *
   * @default 1
   */
  readonly weight?: number;
}
