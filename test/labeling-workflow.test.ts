import { Template } from 'aws-cdk-lib/assertions';
import { groundtruth, JobState, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, LabelingWorkflowProps, ReconcileOn } from '../src';
import { newStack } from './groundtruth/fixtures';

function workflow(overrides: Partial<LabelingWorkflowProps> = {}, options: Partial<groundtruth.LabelingJobOptions> = {}) {
  const stack = newStack();
  const made = new LabelingWorkflow(stack, 'Spam', {
    backend: LabelingBackend.groundTruth({
      taskType: groundtruth.TaskType.textClassification(), workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'), ...options,
    }),
    labels: LabelCategories.of('ham', 'spam'),
    input: LabelingInput.fromRecords([{ source: 'a' }]),
    ...overrides,
  });
  return { stack, made };
}

test('is a job, a list of the account\'s jobs taken after it, and outputs', () => {
  const { stack } = workflow();
  const template = Template.fromStack(stack);
  template.resourceCountIs('Custom::GroundTruthLabelingJob', 1);
  template.resourceCountIs('Custom::GroundTruthLabelingJobInventory', 1);
  const [[jobId, { Properties }]] = Object.entries(template.findResources('Custom::GroundTruthLabelingJob'));
  expect(Properties.NameBase).toMatch(/^labels-[0-9a-f]{6}-spam-job-[0-9a-f]{8}$/);
  const [{ DependsOn }] = Object.values(template.findResources('Custom::GroundTruthLabelingJobInventory'));
  expect(DependsOn).toContain(jobId);
});

test('has outputs that say what it is, one of them a command', () => {
  const outputs = Template.fromStack(workflow().stack).toJSON().Outputs;
  expect(Object.keys(outputs).map((id) => id.replace(/^Spam|[0-9A-F]{8}$/g, '')).sort()).toEqual([
    'DescribeCommand', 'InputUri', 'InventoryUri', 'JobArn', 'JobName', 'JobState', 'OutputUri',
  ]);
  const command = Object.entries(outputs).find(([id]) => id.includes('DescribeCommand'))![1] as any;
  expect(command.Value['Fn::Join'][1]).toEqual([
    'aws sagemaker describe-labeling-job --region ', { Ref: 'AWS::Region' }, ' --labeling-job-name ', { 'Fn::GetAtt': [expect.any(String), 'LabelingJobName'] },
  ]);
});

test('does without the list and the outputs', () => {
  const { stack, made } = workflow({ listJobs: false, outputs: false });
  const template = Template.fromStack(stack);
  template.resourceCountIs('Custom::GroundTruthLabelingJobInventory', 0);
  expect(template.toJSON().Outputs).toBeUndefined();
  expect(made.inventory).toBeUndefined();
});

test('shows the job in words for any system, and as a Ground Truth job', () => {
  const { stack, made } = workflow();
  const attribute = (value: unknown) => stack.resolve(value)['Fn::GetAtt'][1];
  expect([made.jobName, made.state, made.outputUri, made.labeledCount, made.unlabeledCount, made.failedCount].map(attribute)).toEqual([
    'LabelingJobName', 'State', 'OutputDatasetS3Uri', 'TotalLabeled', 'Unlabeled', 'FailedNonRetryableError',
  ]);
  expect(made.bucket).toBe(made.groundTruthJob.outputBucket);
  expect(made.inputUri).toBe(made.groundTruthJob.inputManifestUri);
});

test.each(['onStateChange', 'onCompleted', 'onFailed', 'onStopped'] as const)('%s is a rule on the job', (method) => {
  const { stack, made } = workflow();
  made[method]('Rule');
  Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 1);
});

test('hands the backend\'s options, the filters of the list and what reconciles on', () => {
  const stack = newStack();
  new LabelingWorkflow(stack, 'Spam', {
    backend: LabelingBackend.groundTruth({
      taskType: groundtruth.TaskType.textClassification(),
      workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
      title: 'Title',
      inventory: { nameContains: 'mail' },
    }),
    labels: LabelCategories.of('ham', 'spam'),
    input: LabelingInput.fromRecords([{ source: 'a' }]),
    reconcileOn: ReconcileOn.PARAMETER,
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::GroundTruthLabelingJob', { Request: { HumanTaskConfig: { TaskTitle: 'Title' } }, ReconcileNonce: { Ref: 'ReconcileNonce' } });
  template.hasResourceProperties('Custom::GroundTruthLabelingJobInventory', { Filters: { NameContains: 'mail' } });
});

test('fails as the job does, named by its path', () => {
  expect(() => workflow({ labels: LabelCategories.of('ham') })).toThrow("Labels/Spam/Job: 'labels' has 1 label");
});

test('the states are those of all job systems', () => {
  expect(Object.values(JobState)).toContain('AwaitingApproval');
});
