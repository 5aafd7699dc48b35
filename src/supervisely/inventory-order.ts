/** What an inventory is sorted by. */
export enum InventorySortBy {
  /** The job's id, which is the order in which jobs were made. */
  ID = 'id',
  /** The job's name. */
  NAME = 'name',
  /** The labeler's id. */
  ASSIGNED_TO = 'userId',
  /** The reviewer's id. */
  REVIEWER = 'reviewerId',
  /** The id of whoever made the job. */
  CREATED_BY = 'createdBy',
  /** The project's id. */
  PROJECT = 'projectId',
  /** The dataset's id. */
  DATASET = 'datasetId',
  /** The queue's id. */
  QUEUE = 'labelingQueueId',
  /** The job's status. */
  STATUS = 'status',
  /** The job's priority. */
  PRIORITY = 'priority',
  /** When the job was made. */
  CREATED_AT = 'createdAt',
  /** When the job was changed last. */
  UPDATED_AT = 'updatedAt',
  /** When the labeler began. */
  STARTED_AT = 'startedAt',
  /** When the labeler finished. */
  ANNOTATION_FINISHED_AT = 'annotationFinishedAt',
  /** When the reviewer finished. */
  REVIEW_FINISHED_AT = 'reviewFinishedAt',
  /** When the job ended. */
  FINISHED_AT = 'finishedAt',
}

/** In which order an inventory is sorted. */
export enum InventorySortOrder {
  /** Smallest, or oldest, first. */
  ASCENDING = 'asc',
  /** Greatest, or newest, first. */
  DESCENDING = 'desc',
}

/** How an inventory asks for pages. */
export enum InventoryPaging {
  /** By their numbers, which every server knows. */
  BY_NUMBER = 'PAGE',
  /** By the server's tokens: a job that is made or removed meanwhile does not make another one be listed twice or missed. */
  BY_TOKEN = 'TOKEN',
}
