import { LabelingJobProps } from '../labeling-job-props';
import { StreamObjects } from './stream-objects';
import { topicProblems } from './stream-validation';
import { TaskTypeRules } from './task-type-definition';

export const STREAM_IN_FLEET = '\'input\' is a stream, and a fleet\'s jobs come to an end: give the stream to a LabelingJob';

/** What streaming jobs cannot have, and why. */
export function streamingProblems(props: LabelingJobProps): string[] {
  if (!props.input._streams) return props.outputTopic ? ['\'outputTopic\' is for streaming jobs, leave it out or give an InputManifest.streaming()'] : [];
  const forbidden: ReadonlyArray<readonly [keyof LabelingJobProps, string]> = [
    ['maxHumanLabeledObjectCount', 'Ground Truth ignores it for streaming jobs: leave it out, and stop the stream with DesiredState'],
    ['maxPercentageOfInputDatasetLabeled', 'Ground Truth ignores it for streaming jobs: leave it out, and stop the stream with DesiredState'],
    ['waitForCompletion', 'a streaming job never completes: leave it out, and listen with onLabeled()'],
    ['overlap', 'both jobs would get every data object, and label it twice: leave it out'],
  ];
  return [
    ...forbidden.flatMap(([name, why]) => (props[name] === undefined || props[name] === false ? [] : [`'${name}' must not be set for a stream, got ${JSON.stringify(props[name])}: ${why}`])),
    ...topicProblems('outputTopic', props.outputTopic),
    ...props.adopt !== undefined && props.input._hasIntake ? ['\'adopt\' must not be set with an intake, which gives its objects to jobs on a topic of its own: '
      + 'take the job over on its own topic with InputManifest.fromTopic()'] : [],
  ];
}

/** Why objects of a bucket cannot be what this task type labels. */
export function objectSourceProblems({ id, source, auditLabelAttributeName }: TaskTypeRules, { bucket }: StreamObjects): string[] {
  const what = `objects of the bucket ${bucket.node.path}`;
  if (source === 'source') return [`${what} become records with 'source-ref', and task type ${id} reads texts from 'source': publish records on the topic`];
  if (auditLabelAttributeName !== undefined) return [`${what} become records without labels, and task type ${id} works on labels: publish records on the topic`];
  return /3DPointCloud(ObjectDetection|SemanticSegmentation)$/.test(id)
    ? [`${what} become records with 'source-ref' alone, and task type ${id} needs 'source-ref-metadata' as well: publish records on the topic`] : [];
}
