import { App, aws_sqs as sqs, aws_events_targets as targets, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { readers } from './readers';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow } from '../../src';

/** Mails arrive for months, whenever they like. Each is read by three people, once, however many labeling jobs that takes. */
class MailStreamStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const intake = new groundtruth.StreamIntake(this, 'Mails', { deduplicationKey: 'mail' });
    intake.addAlarms();

    const workflow = new LabelingWorkflow(this, 'Spam', {
      backend: LabelingBackend.groundTruth({
        taskType: groundtruth.TaskType.textClassification(),
        workteam: readers(this),
        title: 'Spam or ham?',
        description: 'Read the mail and say whether it is spam.',
        workersPerDataObject: 3,
      }),
      labels: LabelCategories.of('ham', 'spam'),
      input: LabelingInput.streaming(intake),
    });

    // whoever needs the labels hears of each as it is made; a Lambda function or another event bus would do as well
    const labeled = new sqs.Queue(this, 'Labeled', { enforceSSL: true });
    workflow.onLabeled('OnLabeled', { target: new targets.SqsQueue(labeled) });

    new CfnOutput(this, 'InputTopic', { description: 'Publish mails here', value: intake.inputTopic.topicArn });
    new CfnOutput(this, 'LabeledQueue', { description: 'Labels, as they are made', value: labeled.queueUrl });
    new CfnOutput(this, 'DeadLetters', { description: 'What was refused, and why', value: intake.deadLetterQueue.queueUrl });
  }
}

const app = new App();
new MailStreamStack(app, 'MailStream');
