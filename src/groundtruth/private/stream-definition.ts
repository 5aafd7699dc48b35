import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { rangeProblems } from './labeling-job-validation';
import { topicProblems } from './stream-validation';
import { SourceKey } from '../../model/groundtruth/manifest';
import type { BoundInputManifest, InputManifest, ManifestData, StreamingInputOptions, TopicInputOptions } from '../input-manifest';
import type { StreamIntake } from '../stream-intake';

/** Where the objects of a streaming job come from. */
export type BoundStream =
  | { readonly kind: 'INTAKE'; readonly intake: StreamIntake; readonly maxAttempts: number }
  | { readonly kind: 'TOPIC'; readonly topic: sns.ITopic };

/** An input whose objects go on coming. */
export interface StreamDefinition {
  readonly hasIntake: boolean;
  problems(source: SourceKey): string[];
  bind(scope: Construct): BoundInputManifest;
}

const DEFAULT_MAX_ATTEMPTS = 3;
const ATTEMPTS = { min: 1, max: 10 };

export function intakeDefinition(intake: StreamIntake, { dataBuckets = [], maxAttempts = DEFAULT_MAX_ATTEMPTS }: StreamingInputOptions): StreamDefinition {
  return {
    hasIntake: true,
    problems: (source) => [...intake._problems(source), ...rangeProblems('maxAttempts', maxAttempts, ATTEMPTS)],
    bind: () => ({ uri: intake.storeUri, identity: intake.storeUri, data: dataBuckets.map(everythingIn), stream: { kind: 'INTAKE', intake, maxAttempts } }),
  };
}

export function topicDefinition(topic: sns.ITopic, { dataBuckets = [], seed }: TopicInputOptions): StreamDefinition {
  const { topicArn } = topic;
  return {
    hasIntake: false,
    problems: (source) => [...topicProblems('topic', topic), ...seed ? seedProblems(seed, source) : []],
    bind: (scope) => {
      const bound = seed?._bind(scope);
      return {
        uri: topicArn,
        location: bound?.location,
        identity: bound ? `${topicArn} ${bound.identity}` : topicArn,
        data: [...dataBuckets.map(everythingIn), ...bound?.data ?? []],
        stream: { kind: 'TOPIC', topic },
      };
    },
  };
}

function seedProblems(seed: InputManifest, source: SourceKey): string[] {
  return seed._streams ? ['\'seed\' must be a manifest that is there already, not a stream'] : seed._problems(source).map((problem) => `seed: ${problem}`);
}

function everythingIn(bucket: s3.IBucket): ManifestData {
  return { bucket, keys: '*' };
}
