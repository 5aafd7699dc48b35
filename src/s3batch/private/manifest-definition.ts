import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BatchJobManifest } from './batch-job-contract';
import { JobObjects, Members } from './operation-definition';

/** Objects below a pattern of keys. */
export interface ObjectPattern {
  readonly bucket: s3.IBucket;
  readonly keys: string;
  /** Key that encrypts them, where the bucket does not do it by itself. */
  readonly key?: kms.IKey;
}

/** A manifest in its place. */
export interface BoundManifest {
  /** What defines it: the content where synthesis knows it, else what was declared. */
  readonly identity: string;
  /** Absent where S3 generates it. */
  readonly manifest?: BatchJobManifest;
  readonly generator?: Members;
  /** Where it lies, for those who read it; absent where a handler writes it, or nobody. */
  readonly location?: ObjectPattern;
  /** What the job's role needs to come by it. */
  readonly statements: iam.PolicyStatement[];
}

/** Where the library itself puts things of a job. */
export interface JobPlaces {
  /** The bucket of the completion report. */
  readonly report?: s3.IBucket;
}

/** A manifest by itself; constructs of its own are made on demand. */
export interface ManifestDefinition {
  /** What is known of its objects. */
  readonly objects: (scope: Construct) => JobObjects;
  readonly bind: (scope: Construct, places: JobPlaces) => BoundManifest;
}
