import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { BoundInputManifest } from '../input-manifest';
import { LabelingJobProps } from '../labeling-job-props';
import { InputLocation } from './execution-role';
import { JobOutput } from './job-output';
import type { LabelingJobStream } from './labeling-job-contract';
import { LabelingStream } from './labeling-stream';
import { objectSourceProblems } from './labeling-stream-validation';
import { refuseStreamLoops } from './stream-loops';
import { StreamObjects } from './stream-objects';
import { StreamTopics, streamStatements } from './stream-role';
import { loopProblems, ownOutputProblems } from './stream-validation';
import { refuse } from '../../private/errors';

/** What a job's stream is made from. */
export interface JobStreamProps {
  readonly props: LabelingJobProps;
  readonly manifest: BoundInputManifest;
  readonly labelAttributeName: string;
  readonly nameBase: string;
  readonly output: JobOutput;
  readonly ledger: { readonly bucket: s3.IBucket; readonly key: string };
  readonly jobArns: string[];
  readonly ended: events.EventPattern;
  /** More data has been declared after the job was. */
  readonly addData: (data: InputLocation) => void;
}

/** What a stream adds to its job. */
export interface JobStream {
  readonly topics: StreamTopics;
  /** For the job's handlers. */
  readonly property: LabelingJobStream;
  /** What the job's role reads. */
  readonly data: readonly InputLocation[];
  readonly roleStatements: readonly iam.PolicyStatement[];
  /** What must stand before the job and outlive its Delete. */
  readonly before: readonly IDependable[];
  /** In events and metrics. */
  readonly streamName?: string;
  readonly store?: { readonly bucket: s3.IBucket; readonly prefix: string };
}

/** Makes what a streaming job needs; nothing for other jobs. */
export function jobStream(scope: Construct, request: JobStreamProps): JobStream | undefined {
  const { props, manifest: { stream }, nameBase, output } = request;
  if (!stream) return undefined;
  refuse(scope, ownOutputProblems(stream.kind === 'TOPIC' ? stream.topic : stream.intake.inputTopic, props.outputTopic));
  const names = [`${nameBase}-*`, ...props.adopt === undefined ? [] : [props.adopt]];
  if (stream.kind === 'TOPIC') {
    const topics = { input: stream.topic, output: props.outputTopic };
    refuseStreamLoops(scope, { ...topics, objects: () => [], bucket: output.bucket, keys: `${output.keyPrefix}${nameBase}` });
    return { topics, property: { Kind: 'TOPIC' }, data: [], roleStatements: streamStatements(scope, names, topics), before: Object.values(topics).filter((topic) => topic !== undefined) };
  }
  const { intake, maxAttempts } = stream;
  const { source } = props.taskType._rules;
  const made = new LabelingStream(scope, 'Stream', {
    ...request,
    path: scope.node.path,
    intake,
    maxAttempts,
    outputTopic: props.outputTopic,
    source: source === 'either' ? undefined : source,
    objectProblems: (objects) => objectProblems(request, objects),
    allowObjects: (objects) => request.addData(objects.data),
  });
  const topics = { input: made.jobTopic, output: made.outputTopic };
  refuseStreamLoops(scope, {
    input: intake.inputTopic, objects: () => intake._objects, output: made.outputTopic, bucket: output.bucket, keys: `${output.keyPrefix}${nameBase}`,
  });
  return {
    topics,
    property: { Kind: 'INTAKE', Bucket: intake._store.bucket.bucketName, Prefix: intake._store.prefix },
    data: made.data,
    roleStatements: streamStatements(scope, names, topics),
    before: [intake, made, ...props.outputTopic ? [props.outputTopic] : []],
    streamName: intake.streamName,
    store: intake._store,
  };
}

/** Objects that this job could not label, or that it would make itself. */
function objectProblems({ props, output, nameBase }: Pick<JobStreamProps, 'props' | 'output' | 'nameBase'>, objects: StreamObjects): string[] {
  return [
    ...objectSourceProblems(props.taskType._rules, objects),
    ...[nameBase, 'resume/'].flatMap((folder) => loopProblems(objects, 'the job\'s output', output.bucket, `${output.keyPrefix}${folder}`)).slice(0, 1),
  ];
}
