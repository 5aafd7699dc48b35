import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { newStreamKey } from './private/stream-encryption';
import { topicNameProblems } from './private/stream-validation';
import { refuse } from '../private/errors';

/** Properties of a `StreamTopic`. */
export interface StreamTopicProps {
  /**
   * Name of the topic, 1 to 256 letters, digits, hyphens and underscores. Not one that ends in `.fifo`: Ground Truth reads standard topics only.
   *
   * @default - CloudFormation generates one
   */
  readonly topicName?: string;

  /**
   * Key that encrypts the messages. Publishers and jobs are allowed to use it; a key of another app must allow that to this account's IAM.
   *
   * @default - a new key, which goes with the topic
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A topic fit for a streaming labeling job, as its input or its output: a standard topic, encrypted with a key that others can be allowed to
 * use (AWS's own key for SNS cannot be), and TLS only. `grantPublish()` lets producers in, to the topic and the key.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-create-sns-input-topic.html
 */
export class StreamTopic extends sns.Topic {
  /** The key that encrypts the messages. */
  public readonly encryptionKey: kms.IKey;

  /**
   * @param scope the construct that owns the topic
   * @param id the topic's id in its scope
   * @param props how it differs from the defaults
   */
  constructor(scope: Construct, id: string, props: StreamTopicProps = {}) {
    refuse(`${scope.node.path}/${id}`, topicNameProblems('topicName', props.topicName));
    const encryptionKey = props.encryptionKey ?? newStreamKey(scope, `${id}Key`);
    super(scope, id, { topicName: props.topicName, masterKey: encryptionKey, enforceSSL: true });
    this.encryptionKey = encryptionKey;
  }
}
