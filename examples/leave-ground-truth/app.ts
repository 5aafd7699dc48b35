import { App, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { JOBS, LABELS } from './estate';
import { LabelingInput, supervisely } from '../../src';

const { Connection, DatasetImport, LabelingJob, Project, TeamMember } = supervisely;

/** An estate of Ground Truth jobs leaves for Supervisely: images, labels, and the work that is left. */
class LeaveGroundTruthStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const setting = (name: string, otherwise: string): string => this.node.tryGetContext(name) ?? otherwise;
    const serverUrl = setting('server', 'https://app.supervisely.com');

    const connection = new Connection(this, 'Server', {
      serverUrl,
      apiToken: secretsmanager.Secret.fromSecretNameV2(this, 'ApiToken', setting('tokenSecret', 'supervisely/api-token')),
      // a server on this machine: the token leaves it neither way
      allowPlainHttp: serverUrl.startsWith('http://127.0.0.1:'),
    });
    const project = Project.fromProjectName(Number(setting('workspaceId', '349')), setting('project', 'Moved from Ground Truth'));
    const labels = s3.Bucket.fromBucketName(this, 'Labels', setting('labelsBucket', LABELS));
    const labeler = new TeamMember(this, 'Labeler', { connection, teamId: Number(setting('teamId', '8')), login: setting('labeler', 'labeler_1') });

    for (const job of JOBS) {
      const imported = new DatasetImport(this, `Import-${job.name}`, {
        connection,
        project,
        datasetName: job.dataset,
        input: LabelingInput.fromManifest(labels, `${job.name}/manifests/output/output.manifest`),
        labels: [job.labels],
      });
      new CfnOutput(this, `Imported-${job.name}`, { description: `Written when "${job.dataset}" is there`, value: imported.importUri });
      if (!job.isUnfinished) continue;
      // images with labels have the tag that came with them
      const rest = new LabelingJob(this, `Rest-${job.name}`, {
        connection,
        dataset: imported.dataset,
        title: `${job.dataset}, the rest`,
        classes: ['car', 'person'],
        labelers: [labeler],
        excludeImagesWithTags: ['ground-truth'],
      });
      new CfnOutput(this, 'RestStatus', { description: 'The job on what is not labeled', value: rest.status });
    }
  }
}

const app = new App();
new LeaveGroundTruthStack(app, 'LeaveGroundTruth');
