import { CONTRACT_VERSION, LabelingJobIdentity, LabelingJobProperties, LabelingJobStream, MAX_TIMEOUT_SECONDS, ReconcileMode, RemovalMode } from './labeling-job-contract';
import { flag, integer, oneOf, restoreIntegers, seconds } from './property-decoding-contract';
import { DEFAULT_RESUME_POLICY, DesiredState, ResumePolicy } from '../../model/resume-policy';

/** The properties as the handler uses them: what CloudFormation made strings is restored. */
export interface LabelingJobInput {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly identity: LabelingJobIdentity;
  readonly revision: string;
  /** The create request without name and tags. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly labelsOnlyUnlabeled: boolean;
  readonly relabel?: string;
  readonly overlap: boolean;
  readonly timeoutSeconds: number;
  readonly waitForStatus: 'InProgress' | 'Completed';
  readonly adopt?: string;
  readonly awaitsInput: boolean;
  readonly resume?: ResumePolicy;
  readonly desiredState: DesiredState;
  readonly mode: ReconcileMode;
  readonly stream?: StreamInput;
}

/** Of a streaming job: its store with an intake, nothing more on a topic of the user's. */
export type StreamInput =
  | { readonly kind: 'INTAKE'; readonly bucket: string; readonly prefix: string }
  | { readonly kind: 'TOPIC' };

/** All that a Delete needs: every shape ever released has it, and nothing in it is refused. */
export interface LabelingJobRemoval {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly removalMode: RemovalMode;
  readonly drainTimeoutSeconds: number;
  readonly drainThen: 'STOP' | 'RETAIN';
  readonly timeoutSeconds: number;
  readonly mode: ReconcileMode;
  readonly adopt?: string;
  readonly stream?: StreamInput;
}

export function decodeLabelingJobProperties(properties: LabelingJobProperties): LabelingJobInput {
  if (properties.ContractVersion !== CONTRACT_VERSION) {
    throw new Error(`ContractVersion: expected "${CONTRACT_VERSION}", got ${JSON.stringify(properties.ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  const { LabelAttributeName } = properties.Identity;
  const request = restoreIntegers(properties.Request, 'Request') as Record<string, unknown>;
  return {
    stateBucket: properties.StateBucket,
    nameBase: properties.NameBase,
    identity: properties.Identity,
    revision: properties.Revision,
    request: { ...request, LabelAttributeName },
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    labelsOnlyUnlabeled: flag('LabelsOnlyUnlabeled', properties.LabelsOnlyUnlabeled, false),
    relabel: properties.Relabel,
    overlap: flag('Overlap', properties.Overlap, false),
    timeoutSeconds: seconds('TimeoutSeconds', properties.TimeoutSeconds, MAX_TIMEOUT_SECONDS),
    waitForStatus: oneOf('WaitForStatus', properties.WaitForStatus, ['InProgress', 'Completed'], 'InProgress'),
    adopt: properties.Adopt,
    awaitsInput: flag('AwaitsInput', properties.AwaitsInput, false),
    resume: properties.Resume === undefined ? undefined : decodeResumePolicy(properties.Resume),
    desiredState: oneOf('DesiredState', properties.DesiredState, ['RUNNING', 'DRAINED', 'STOPPED'], 'RUNNING'),
    mode: oneOf('Mode', properties.Mode, ['ENFORCE', 'REPORT_ONLY'], 'ENFORCE'),
    stream: decodeStream(properties.Stream),
  };
}

function decodeStream(stream: LabelingJobStream | undefined): StreamInput | undefined {
  if (stream === undefined) return undefined;
  return stream.Bucket === undefined ? { kind: 'TOPIC' } : { kind: 'INTAKE', bucket: stream.Bucket, prefix: stream.Prefix ?? '' };
}

function decodeResumePolicy(json: string): ResumePolicy {
  const { maxAttempts, failed, stopped, aged, incomplete } = JSON.parse(json) as Partial<Record<keyof ResumePolicy, string>>;
  const otherwise = DEFAULT_RESUME_POLICY;
  return {
    maxAttempts: integer('Resume.maxAttempts', maxAttempts ?? otherwise.maxAttempts),
    failed: oneOf('Resume.failed', failed, ['TRANSIENT', 'ALWAYS', 'NEVER'], otherwise.failed),
    stopped: oneOf('Resume.stopped', stopped, ['RESUME', 'LEAVE'], otherwise.stopped),
    aged: oneOf('Resume.aged', aged, ['RESUME', 'LEAVE'], otherwise.aged),
    incomplete: oneOf('Resume.incomplete', incomplete, ['RETRY', 'REPORT'], otherwise.incomplete),
  };
}

export function decodeLabelingJobRemoval(properties: Partial<LabelingJobProperties>): LabelingJobRemoval {
  const lenient = (value: string | undefined) => (/^[0-9]+$/.test(value ?? '') ? Math.min(Number(value), MAX_TIMEOUT_SECONDS) : MAX_TIMEOUT_SECONDS);
  return {
    stateBucket: properties.StateBucket ?? '',
    nameBase: properties.NameBase ?? '',
    removalMode: removalMode(properties),
    drainTimeoutSeconds: lenient(properties.DrainTimeoutSeconds),
    drainThen: properties.DrainThen === 'RETAIN' ? 'RETAIN' : 'STOP',
    timeoutSeconds: lenient(properties.TimeoutSeconds),
    mode: properties.Mode === 'REPORT_ONLY' ? 'REPORT_ONLY' : 'ENFORCE',
    adopt: properties.Adopt,
    stream: decodeStream(properties.Stream),
  };
}

/** Whoever takes the declaration of an adopted job back has not started it, and does not mean to end people's work by that. */
function removalMode(properties: Partial<LabelingJobProperties>): RemovalMode {
  const { RemovalMode: mode, Adopt: adopted } = properties;
  if (mode === 'RETAIN' || mode === 'DRAIN') return mode;
  return mode === undefined && adopted !== undefined ? 'RETAIN' : 'STOP';
}
