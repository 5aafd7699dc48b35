import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FLEET_MAILS, MAILS_PER_JOB } from './mails';
import { EndedJobs, FailedJobs, groundtruth, LabelCategories, ReconcileOn } from '../../src';

/** A dataset that is too large for one job, here 240 mails of which a job takes 30, under an account's quota of three jobs at once. */
class FleetStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const mails = groundtruth.InputManifest.fromRecords(FLEET_MAILS.map((mail) => ({ source: mail.text, mail: mail.id })));
    const fleet = new groundtruth.JobFleet(this, 'Mails', {
      jobs: groundtruth.FleetJobs.split(groundtruth.FleetData.fromManifest(mails), { maxObjectsPerJob: MAILS_PER_JOB }),
      taskType: groundtruth.TaskType.textClassification(),
      labels: LabelCategories.of('ham', 'spam'),
      workteam: groundtruth.Workteam.fromWorkteamName(this, 'Readers', this.node.tryGetContext('workteam') ?? 'mail-readers'),
      title: 'Spam or ham?',
      description: 'Read the mail and say whether it is spam.',
      // ten mails at a time are with people, so that labels are made as the work goes on
      maxConcurrentTaskCount: 10,
      // whatever ends a job early, the next one labels what is left, and only that
      resume: { failed: FailedJobs.ALWAYS, stopped: EndedJobs.RESUME, aged: EndedJobs.RESUME },
      reconcileOn: ReconcileOn.anyOf(ReconcileOn.STATE_CHANGE, ReconcileOn.PARAMETER),
    });
    fleet.addAlarms();
    fleet.addDashboard();
  }
}

const app = new App();
new FleetStack(app, 'MailFleet');
