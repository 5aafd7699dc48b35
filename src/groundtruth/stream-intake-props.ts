import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { InputManifest } from './input-manifest';

/** Properties of a `StreamIntake`. */
export interface StreamIntakeProps {
  /**
   * Topic on which producers publish records: a standard topic of the same account and region. The output topic of another stream is one.
   *
   * @default - a new `StreamTopic`
   */
  readonly inputTopic?: sns.ITopic;

  /**
   * Member of a record whose value is the record's key: of records with the same key the first is labeled, for as long as the stream lives.
   *
   * @default - the member that the record names in `dataset-objectid-attribute-name`, else the record itself
   */
  readonly deduplicationKey?: string;

  /**
   * What is there already when the stream begins. Each manifest is read once, when a job has been made; another manifest added later is read too.
   *
   * @default - none
   */
  readonly seeds?: InputManifest[];

  /**
   * Bucket in which the records lie.
   *
   * @default - a new one: private, encrypted, and kept when the stack goes
   */
  readonly storeBucket?: s3.IBucket;

  /**
   * Prefix of the records' keys, without a slash at its ends. The stream is defined by where its records lie: elsewhere another one begins.
   *
   * @default - none in a bucket of its own; in `storeBucket` the stream's name
   */
  readonly storePrefix?: string;

  /**
   * Key that encrypts the topics, queues and bucket that the stream makes.
   *
   * @default - a new key for the topics; queues and bucket are encrypted with the services' own keys
   */
  readonly encryptionKey?: kms.IKey;
}

/** Options of `StreamIntake.addObjectsOf()`. */
export interface StreamObjectsOptions {
  /**
   * What the objects' keys begin with, for example `incoming/`.
   *
   * @default - every object of the bucket
   */
  readonly prefix?: string;

  /**
   * What the objects' keys end with, for example `.jpg`.
   *
   * @default - any ending
   */
  readonly suffix?: string;

  /**
   * Whether the objects count too that are there when the stream begins. They are listed once.
   *
   * @default false
   */
  readonly includeExisting?: boolean;
}
