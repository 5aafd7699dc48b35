import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';

/**
 * Labeling by a model that learns from the workers: people label a sample, the model what it is sure of, people the rest. An empty
 * object is enough to ask for it.
 *
 * It is for classification with one category, boxes and segmentation, for 1,250 objects and more. Training and inference are paid for, on
 * machines that the account must have a quota for. A job on fewer objects fails, so a next generation on less than that is left to people, and
 * so are the parts of a fleet's dataset that are smaller. A next generation starts from the model of the one before, where that has one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-automated-labeling.html
 */
export interface AutomatedLabelingOptions {
  /**
   * ARN of a SageMaker model that an earlier job has trained on labels of the same kind: its `finalActiveLearningModelArn`. The files of the model
   * lie among that job's labels, which this job's role must be able to read: `earlierJob.grantReadOutput(job.role)`.
   *
   * @default - the model starts from nothing
   */
  readonly initialModelArn?: string;

  /**
   * Key that encrypts the volumes of the machines. Its key policy must allow the job's role, by itself or by leaving that to IAM.
   *
   * @default - a key of the service's
   */
  readonly volumeKey?: kms.IKey;

  /**
   * Network of the machines. It needs a gateway endpoint of S3, and the team must not be a public one.
   *
   * @default - the service's own network
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets within `vpc`, 1 to 16.
   *
   * @default - the private subnets of `vpc`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the machines within `vpc`, 1 to 5.
   *
   * @default - a new one, into which nothing comes
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}
