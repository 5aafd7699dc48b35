import { App, aws_cognito as cognito, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { chooseMails } from './mails';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow } from '../../src';

/** Is a mail spam or ham? Three people read each; Ground Truth consolidates their answers. */
class SpamStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new LabelingWorkflow(this, 'Spam', {
      backend: LabelingBackend.groundTruth({
        taskType: groundtruth.TaskType.textClassification(),
        workteam: this.readers(),
        title: 'Spam or ham?',
        description: 'Read the mail and say whether it is spam.',
        workersPerDataObject: 3,
      }),
      labels: LabelCategories.of('ham', 'spam'),
      input: LabelingInput.fromRecords(chooseMails().map((mail) => ({ source: mail.text, mail: mail.id }))),
    });
  }

  /** The team named in the context (`-c workteam=my-team`), else one of its own on a new Cognito pool. */
  private readers(): groundtruth.IWorkteam {
    const existing = this.node.tryGetContext('workteam');
    if (existing) return groundtruth.Workteam.fromWorkteamName(this, 'Readers', existing);

    const userPool = new cognito.UserPool(this, 'Pool', { selfSignUpEnabled: false });
    userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: `readers-${this.account}-${this.region}` } });
    const userPoolClient = userPool.addClient('Client', { generateSecret: true });
    const group = new cognito.CfnUserPoolGroup(this, 'Group', { userPoolId: userPool.userPoolId, groupName: 'mail-readers' });

    const team = new groundtruth.Workteam(this, 'Readers', {
      members: groundtruth.WorkteamMembers.cognito({ userPool, userPoolClient, groups: ['mail-readers'] }),
      description: 'People who read mails',
    });
    team.node.addDependency(group);
    return team;
  }
}

const app = new App();
new SpamStack(app, 'SpamQuickstart');
