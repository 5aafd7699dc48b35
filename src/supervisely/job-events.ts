/**
 * The `detail` of the event `Supervisely Labeling Job State Change` of source `cdk-labeling-workflows.supervisely`: the jobs of a `LabelingJob` have come to
 * another status. A target gets it with `LabelingJob.onStateChange()` and its siblings; in Python, as in every language, the names are those that stand
 * here: `event['detail']['jobName']`.
 *
 * The server announces nothing but completed jobs, so a change is told when somebody looks: a deployment, a schedule, a message of the server. It is told at
 * least once; `change` tells whether it is known already.
 */
export interface LabelingJobStateChangeDetail {
  /** Which of the resource's changes it is, from 1: one that is told twice has the same number. */
  readonly change: number;
  /** The jobs' name, without their generation: `LabelingJob.jobName`. */
  readonly jobName: string;
  /** Address of the server. */
  readonly serverUrl: string;
  /** What all jobs have reached: a `LabelingJobStatus`, `preparing` while the dataset is being made, or `failed` when a look has failed. */
  readonly status: string;
  /**
   * What they had reached before.
   *
   * @default - absent for the first change
   */
  readonly formerStatus?: string;
  /** The same in the words common to all job systems: a `JobState`. */
  readonly state: string;
  /** How many jobs there have been in a row for the labeler who has had most; from 1. */
  readonly generation: number;
  /** The newest job of each labeler. */
  readonly jobs: ChangedLabelingJob[];
  /** Images of all jobs. */
  readonly imagesCount: number;
  /** Images that labelers have finished. */
  readonly finishedImagesCount: number;
  /** Images that the reviewer has accepted. */
  readonly acceptedImagesCount: number;
  /** Images that the reviewer has rejected. */
  readonly rejectedImagesCount: number;
  /**
   * Id of the team.
   *
   * @default - absent while it is not known
   */
  readonly teamId?: number;
  /**
   * Id of the project.
   *
   * @default - absent while the dataset is being made
   */
  readonly projectId?: number;
  /**
   * Id of the dataset.
   *
   * @default - absent while it is being made
   */
  readonly datasetId?: number;
  /**
   * Why a look has failed.
   *
   * @default - absent unless `status` is `failed`
   */
  readonly reason?: string;
}

/** A job in a `LabelingJobStateChangeDetail`. */
export interface ChangedLabelingJob {
  /** Id of the job. */
  readonly jobId: number;
  /** Id of its labeler. */
  readonly labelerId: number;
  /** Its status: a `LabelingJobStatus`. */
  readonly status: string;
}
