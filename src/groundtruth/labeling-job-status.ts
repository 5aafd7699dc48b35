/**
 * The state of a labeling job, in Ground Truth's words.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeLabelingJob.html
 */
export enum LabelingJobStatus {
  /** Being prepared; not to be stopped yet. */
  INITIALIZING = 'Initializing',
  /** Workers label. */
  IN_PROGRESS = 'InProgress',
  /** Ended: nothing is left to be labeled. */
  COMPLETED = 'Completed',
  /** Ended: the service gave up. */
  FAILED = 'Failed',
  /** Being stopped. */
  STOPPING = 'Stopping',
  /** Ended: stopped before all was labeled. */
  STOPPED = 'Stopped',
}

/** Statements about a job's data that Ground Truth wants to hear before it shows the data to strangers. */
export enum ContentClassifier {
  /** The data has no personally identifiable information. */
  FREE_OF_PERSONALLY_IDENTIFIABLE_INFORMATION = 'FreeOfPersonallyIdentifiableInformation',
  /** The data has no adult content. */
  FREE_OF_ADULT_CONTENT = 'FreeOfAdultContent',
}
