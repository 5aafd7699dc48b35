import { BATCH_JOB_CONTRACT_VERSION, BatchJobIdentity, BatchJobManifest, BatchJobProperties, BatchRemovalMode } from './batch-job-contract';
import { DEFAULT_RESUME_POLICY, ResumePolicy } from '../../model/resume-policy';
import { LIMITS } from '../../model/s3batch/limits';
import { FailureThreshold } from '../../model/s3batch/task-counts';
import { flag, integer, oneOf, seconds } from '../../private/property-decoding-contract';

/** CloudFormation waits one hour for a resource; below that a clear message is still ours. */
const MAX_TIMEOUT_SECONDS = 3300;

/** The properties as the handler uses them: what CloudFormation made strings is restored. */
export interface BatchJobInput {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly identity: BatchJobIdentity;
  readonly revision: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly manifest?: BatchJobManifest;
  readonly manifestBucket: string;
  readonly manifestPrefix: string;
  readonly description?: string;
  readonly priority: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly waitForCompletion: boolean;
  readonly threshold: FailureThreshold;
  readonly resume?: ResumePolicy;
}

/** All that a Delete needs: every shape ever released has it, and nothing in it is refused. */
export interface BatchJobRemoval {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly removalMode: BatchRemovalMode;
  readonly timeoutSeconds: number;
  readonly manifestBucket: string;
  readonly manifestPrefix: string;
}

export function decodeBatchJobProperties(properties: BatchJobProperties): BatchJobInput {
  if (properties.ContractVersion !== BATCH_JOB_CONTRACT_VERSION) {
    throw new Error(`ContractVersion: expected "${BATCH_JOB_CONTRACT_VERSION}", got ${JSON.stringify(properties.ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  return {
    stateBucket: properties.StateBucket,
    nameBase: properties.NameBase,
    identity: properties.Identity,
    revision: properties.Revision,
    request: decodeRequest(properties.Request),
    manifest: properties.Manifest,
    manifestBucket: properties.ManifestBucket,
    manifestPrefix: properties.ManifestPrefix,
    description: properties.Description,
    priority: decodePriority(properties.Priority),
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    timeoutSeconds: seconds('TimeoutSeconds', properties.TimeoutSeconds, MAX_TIMEOUT_SECONDS),
    waitForCompletion: flag('WaitForCompletion', properties.WaitForCompletion, false),
    threshold: {
      ...(properties.MaxFailedTasks !== undefined && { tasks: integer('MaxFailedTasks', properties.MaxFailedTasks) }),
      ...(properties.MaxFailedPercentage !== undefined && { percentage: percentage('MaxFailedPercentage', properties.MaxFailedPercentage) }),
    },
    resume: properties.Resume === undefined ? undefined : decodeResumePolicy(properties.Resume),
  };
}

/** Texts that only the deployment knows stand in it; one with a quote in it breaks it, and should say so. */
function decodeRequest(json: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new Error(`Request: expected JSON text, got ${JSON.stringify(json.slice(0, 200))}: ${(error as Error).message}; `
      + 'does the value of a parameter or an import contain a quote, a backslash or a line break?');
  }
}

function decodePriority(value: string): number {
  const { min, max } = LIMITS.priority;
  const priority = integer('Priority', value);
  if (priority > max) throw new Error(`Priority: expected ${min} to ${max}, got ${value}`);
  return priority;
}

function percentage(name: string, value: string): number {
  const number = Number(value);
  if (!/^[0-9]+(\.[0-9]+)?$/.test(value) || number > 100) throw new Error(`${name}: expected 0 to 100 percent, got ${JSON.stringify(value)}`);
  return number;
}

function decodeResumePolicy(json: string): ResumePolicy {
  const { maxAttempts, failed, stopped, incomplete } = JSON.parse(json) as Partial<Record<keyof ResumePolicy, string>>;
  const otherwise = DEFAULT_RESUME_POLICY;
  return {
    ...otherwise,
    maxAttempts: integer('Resume.maxAttempts', maxAttempts ?? otherwise.maxAttempts),
    failed: oneOf('Resume.failed', failed, ['TRANSIENT', 'ALWAYS', 'NEVER'], otherwise.failed),
    stopped: oneOf('Resume.stopped', stopped, ['RESUME', 'LEAVE'], otherwise.stopped),
    incomplete: oneOf('Resume.incomplete', incomplete, ['RETRY', 'REPORT'], otherwise.incomplete),
  };
}

export function decodeBatchJobRemoval(properties: Partial<BatchJobProperties>): BatchJobRemoval {
  const { TimeoutSeconds = '' } = properties;
  return {
    stateBucket: properties.StateBucket ?? '',
    nameBase: properties.NameBase ?? '',
    removalMode: properties.RemovalMode === 'RETAIN' ? 'RETAIN' : 'CANCEL',
    timeoutSeconds: /^[0-9]+$/.test(TimeoutSeconds) ? Math.min(Number(TimeoutSeconds), MAX_TIMEOUT_SECONDS) : MAX_TIMEOUT_SECONDS,
    manifestBucket: properties.ManifestBucket ?? '',
    manifestPrefix: properties.ManifestPrefix ?? '',
  };
}
