import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { jobProps } from './fixtures';
import { groundtruth } from '../../src';

export interface SynthesisedStream {
  readonly stack: Stack;
  readonly intake: groundtruth.StreamIntake;
  readonly job: groundtruth.LabelingJob;
  readonly template: Template;
  /** Properties of the job's custom resource. */
  readonly properties: Record<string, any>;
}

interface StreamOverrides {
  readonly intake?: groundtruth.StreamIntakeProps;
  readonly job?: Partial<groundtruth.LabelingJobProps>;
  readonly input?: groundtruth.StreamingInputOptions;
  readonly stack?: Stack;
  /** Between making the stream and synthesising it. */
  readonly more?: (stream: { intake: groundtruth.StreamIntake; job: groundtruth.LabelingJob }) => void;
}

/** A stack with a stream and its job. */
export function synthStream(overrides: StreamOverrides = {}): SynthesisedStream {
  const { stack = new Stack(new App(), 'Labels') } = overrides;
  const intake = new groundtruth.StreamIntake(stack, 'Intake', overrides.intake);
  const job = new groundtruth.LabelingJob(stack, 'Job', jobProps(stack, { input: groundtruth.InputManifest.streaming(intake, overrides.input), ...overrides.job }));
  overrides.more?.({ intake, job });
  const template = Template.fromStack(stack);
  const [{ Properties: properties }] = Object.values(template.findResources('Custom::GroundTruthLabelingJob'));
  return { stack, intake, job, template, properties };
}

/** What a function of a stream is told, with each token as `<its JSON>`. */
export function configurationOf(template: Template, handler: 'intake' | 'forward' | 'collect'): Record<string, any> {
  const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Handler: `index.${handler}` } }));
  const text = Properties.Environment.Variables.LABELING_STREAM;
  const parts: unknown[] = typeof text === 'string' ? [text] : text['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : `<${JSON.stringify(part).replace(/"/g, '\'')}>`)).join(''));
}
