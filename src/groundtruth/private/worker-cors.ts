import { Annotations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LabelingBucket } from '../labeling-bucket';

/** Workers see images only where the bucket lets their browsers in, and the library can only arrange that for a `LabelingBucket`. */
export function checkWorkerCors(scope: Construct, bucket: s3.IBucket): void {
  if (bucket instanceof LabelingBucket) return;
  Annotations.of(scope).addWarningV2('cdk-labeling-workflows:dataBucketCors',
    `the bucket ${bucket.node.path} is not a LabelingBucket: make sure that it allows GET from the origin '*' (CORS), or workers will see no images`);
}
