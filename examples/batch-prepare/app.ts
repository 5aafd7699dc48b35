import * as path from 'node:path';
import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ARCHIVE, ARCHIVED_MAILS } from './mails';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, s3batch } from '../../src';

const { DataPreparation } = s3batch;

/** Old mails lie in an archive as they came. People are to label them as pages, and it is to be known later what exactly they saw. */
class ArchiveStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const archive = s3.Bucket.fromBucketName(this, 'Archive', this.node.tryGetContext('archive') ?? ARCHIVE);
    const labels = new groundtruth.LabelingBucket(this, 'Labels', { bucketName: `mail-labels-${this.account}-${this.region}` });
    new LabelingWorkflow(this, 'Mails', {
      input: LabelingInput.fromRecords(ARCHIVED_MAILS.map(({ key }) => ({ 'source-ref': `s3://${archive.bucketName}/${key}`, 'mail': key })), { dataBuckets: [archive] }),
      prepare: [
        DataPreparation.restore({ expiration: Duration.days(3) }),
        DataPreparation.copy({ targetKeyPrefix: 'mails' }),
        DataPreparation.forEachObject(this.toPage(), { userArguments: { folder: 'pages' } }),
        DataPreparation.checksum({ checksumAlgorithm: s3batch.ChecksumAlgorithm.SHA256 }),
      ],
      backend: LabelingBackend.groundTruth({
        taskType: groundtruth.TaskType.custom({
          template: groundtruth.WorkerTemplate.fromAsset(path.join(__dirname, 'page.html')),
          consolidation: this.function('Majority', 'majority.handler'),
        }),
        workteam: groundtruth.Workteam.fromWorkteamName(this, 'Readers', this.node.tryGetContext('workteam') ?? 'mail-readers'),
        workersPerDataObject: 3,
        labelAttributeName: 'kind',
        title: 'Spam or ham?',
        description: 'Read the mail and say whether it is spam.',
        outputBucket: labels,
      }),
      labels: LabelCategories.of('ham', 'spam'),
      tagLabeledObjects: { labeled: 'kind' },
    });
  }

  /** The author's function takes one mail; all that S3 Batch Operations wants to hear is the library's business. */
  private toPage(): s3batch.ObjectFunction {
    return new s3batch.ObjectFunction(this, 'ToPage', { lambdaFunction: this.function('MailToPage', 'mail-to-page.handler') });
  }

  private function(id: string, handler: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.NODEJS_22_X, code: lambda.Code.fromAsset(path.join(__dirname, 'functions')), handler, timeout: Duration.seconds(30),
    });
  }
}

const app = new App();
new ArchiveStack(app, 'MailArchive');
