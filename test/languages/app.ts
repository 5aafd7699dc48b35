import { App, Duration, Stack } from 'aws-cdk-lib';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, ReconcileOn } from '../../src';

/** The same stack as app.py beside it: both must synthesise to the same template. */
const app = new App();
const stack = new Stack(app, 'Spam');
const workflow = new LabelingWorkflow(stack, 'Spam', {
  backend: LabelingBackend.groundTruth({
    taskType: groundtruth.TaskType.textClassification(),
    workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Readers', 'mail-readers'),
    title: 'Spam or ham?',
    taskTimeLimit: Duration.minutes(3),
    removal: groundtruth.JobRemoval.drain({ timeout: Duration.minutes(10) }),
  }),
  labels: LabelCategories.of('ham', 'spam'),
  input: LabelingInput.fromRecords([{ source: 'Cheap watches!' }, { source: 'Lunch at noon?' }]),
  reconcileOn: ReconcileOn.PARAMETER,
});
stack.exportValue(workflow.groundTruthJob.totalLabeled, { name: 'Labeled' });
app.synth();
