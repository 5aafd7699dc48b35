/**
 * What an author's function gets, once for each object; its second argument is Lambda's own context.
 *
 * `export async function handler(object: s3batch.BatchObject): Promise<object>`
 *
 * What it answers stands in the job's report: a text as it is, anything else as JSON, nothing as the empty text. An error fails the object:
 * for now where the error's `name` (in Python its class) is `TemporaryFailure` or where a service was throttled or out of reach, for good
 * where it is `PermanentFailure`, and otherwise as the function's `treatErrorsAs` says.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
 */
export interface BatchObject {
  /** Name of the object's bucket. */
  readonly bucket: string;
  /** The object's key, as S3 knows it: already decoded. */
  readonly key: string;
  /**
   * The object's version.
   *
   * @default - absent where the job's manifest names none
   */
  readonly versionId?: string;
  /** Id of the job. */
  readonly jobId: string;
  /** Id of the task: the same whenever this object is tried again. */
  readonly taskId: string;
  /** The job's user arguments; empty without any, and with schema version 1.0. */
  readonly arguments: { [key: string]: string };
}

/** How a failure of an object counts. */
export enum ObjectFailure {
  /** S3 tries the object again, a few times. */
  TEMPORARY = 'TemporaryFailure',
  /** The object has failed for good. */
  PERMANENT = 'PermanentFailure',
}
