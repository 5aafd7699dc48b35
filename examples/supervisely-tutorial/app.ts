import { App, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { readSettings } from './settings';
import { supervisely } from '../../src';

const {
  Connection, Dataset, JobRemoval, LabelingJob, LabelingJobInventory, LabelingJobStatus, ObjectClass, ProjectMeta, TagApplicability, TagMeta, TeamMember, User,
} = supervisely;

const TEXTS = {
  readme: 'annotation manual for fruits in markdown format here (optional)',
  description: 'short description is here (optional)',
};

/** Supervisely's tutorial on labeling jobs as one stack: two labelers, a project's classes and tags, a job each, and every list of it. */
class TutorialStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const settings = readSettings(this.node);
    const { teamId, projectId } = settings;

    const connection = new Connection(this, 'Server', {
      serverUrl: settings.server,
      apiToken: secretsmanager.Secret.fromSecretNameV2(this, 'ApiToken', settings.tokenSecret),
      // a server on this machine: the token leaves it neither way
      allowPlainHttp: settings.server.startsWith('http://127.0.0.1:'),
    });

    // prepare the project: classes and tags
    const kiwi = ObjectClass.bitmap('kiwi', { color: '#D0021B' });
    const lemon = ObjectClass.bitmap('lemon', { color: '#50E3C2' });
    const forFruit = { applicableTo: TagApplicability.OBJECTS_ONLY, applicableClasses: [kiwi, lemon] };
    const meta = new ProjectMeta(this, 'Fruit', {
      connection,
      projectId,
      classes: [kiwi, lemon],
      tags: [TagMeta.oneOf('size', ['small', 'medium', 'large'], forFruit), TagMeta.anyString('origin', forFruit)],
    });

    // step 1: annotators, in the team before they get jobs
    const labeler1 = new TeamMember(this, 'Labeler1', { connection, teamId, login: 'labeler_1' });
    const labeler2 = new TeamMember(this, 'Labeler2', { connection, teamId, login: 'labeler_2' });

    // steps 2 and 3: the dataset, and a job for each of them
    const dataset = Dataset.fromDatasetName(projectId, settings.datasetName);
    const lemons = new LabelingJob(this, 'Lemons', {
      ...TEXTS,
      connection,
      dataset,
      title: 'labeler1_lemons_task',
      labelers: [labeler1],
      classes: ['lemon'],
      desiredStatus: settings.chapter === 'start' ? undefined : LabelingJobStatus.STOPPED,
      removal: JobRemoval.ARCHIVE,
    });
    const kiwis = new LabelingJob(this, 'Kiwis', {
      ...TEXTS,
      connection,
      dataset,
      title: 'labeler2_kiwi_task_with_complex_settings',
      labelers: [labeler2],
      classes: ['kiwi'],
      objectsLimitPerImage: 10,
      tags: ['size', 'origin'],
      tagsLimitPerImage: 20,
      imageIds: settings.imageIds,
      waitForStatus: { start: undefined, labeled: LabelingJobStatus.ON_REVIEW, completed: LabelingJobStatus.COMPLETED }[settings.chapter],
      desiredStatus: settings.chapter === 'completed' ? LabelingJobStatus.COMPLETED : undefined,
      removal: JobRemoval.REMOVE,
    });
    const jobs = [lemons, kiwis];
    jobs.forEach((job) => job.node.addDependency(meta));

    // every list of the tutorial; its list of "active" jobs has no filter, this one has
    const user = User.fromLogin(settings.userLogin);
    const lists = {
      All: {},
      CreatedByUser: { createdBy: user },
      CreatedByUserForLabeler2: { createdBy: user, assignedTo: labeler2 },
      OfProject: { projectId },
      OfDataset: { datasetId: kiwis.datasetId },
      Active: { excludeStatuses: [LabelingJobStatus.COMPLETED, LabelingJobStatus.STOPPED] },
    };
    for (const [name, filters] of Object.entries(lists)) {
      const list = new LabelingJobInventory(this, name, { connection, teamId, jobs, reviewStates: true, ...filters });
      new CfnOutput(this, `${name}List`, { value: list.recordUri });
    }
    new CfnOutput(this, 'LemonsStatus', { value: lemons.status });
    new CfnOutput(this, 'KiwisStatus', { value: kiwis.status });
  }
}

const app = new App();
new TutorialStack(app, 'SuperviselyTutorial');
