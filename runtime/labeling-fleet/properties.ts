import { JOB_FLEET_CONTRACT_VERSION, JobFleetProperties } from '../../src/groundtruth/private/job-fleet-contract';
import { integer, MAX_TIMEOUT_SECONDS, oneOf, RemovalMode, seconds } from '../../src/groundtruth/private/labeling-job-contract';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { DesiredState } from '../../src/model/resume-policy';
import { UserError } from '../shared/errors';

/** The properties as the handlers use them: what CloudFormation made strings is restored. */
export interface FleetInput {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly path: string;
  readonly specUri: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly stateMachineArn: string;
  readonly reportOnly: boolean;
  readonly desiredState: DesiredState;
  readonly maxConcurrentJobs?: number;
  readonly relabel?: string;
  readonly failOnFailedJob: boolean;
  readonly timeoutSeconds: number;
  readonly driftParameter?: string;
}

export function decodeFleetProperties(properties: JobFleetProperties): FleetInput {
  if (properties.ContractVersion !== JOB_FLEET_CONTRACT_VERSION) {
    throw new UserError(`ContractVersion: expected "${JOB_FLEET_CONTRACT_VERSION}", got ${JSON.stringify(properties.ContractVersion)}: `
      + 'construct and handlers are of different releases of the library, deploy them together');
  }
  const { NameBase, Path, MaxConcurrentJobs } = properties;
  checkNameBase(NameBase);
  return {
    stateBucket: required('StateBucket', properties.StateBucket),
    nameBase: NameBase,
    path: required('Path', Path),
    specUri: required('SpecUri', properties.SpecUri),
    tokens: properties.Tokens ?? {},
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    stateMachineArn: required('StateMachineArn', properties.StateMachineArn),
    reportOnly: oneOf('Mode', properties.Mode, ['ENFORCE', 'REPORT_ONLY'], 'ENFORCE') === 'REPORT_ONLY',
    desiredState: oneOf('DesiredState', properties.DesiredState, ['RUNNING', 'DRAINED', 'STOPPED'], 'RUNNING'),
    maxConcurrentJobs: MaxConcurrentJobs === undefined ? undefined : integer('MaxConcurrentJobs', MaxConcurrentJobs),
    relabel: properties.Relabel,
    failOnFailedJob: properties.FailOn !== undefined && oneOf('FailOn', properties.FailOn, ['JOB_FAILED'], 'JOB_FAILED') === 'JOB_FAILED',
    timeoutSeconds: seconds('TimeoutSeconds', properties.TimeoutSeconds, MAX_TIMEOUT_SECONDS),
    driftParameter: properties.DriftParameter,
  };
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UserError(`${name}: expected a text, got ${JSON.stringify(value)}`);
  return value;
}

/** Members append two hashes and a number; what comes out must be a job's name in our form. */
function checkNameBase(nameBase: string): void {
  if (!parseResourceId(`${nameBase}-00000000-000000000000`)) {
    throw new UserError(`NameBase: ${JSON.stringify(nameBase)} does not have the form of a job's name`);
  }
}

/** All that a Delete needs: every shape ever released has it, and nothing in it is refused. */
export interface FleetRemoval {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly stateMachineArn: string;
  /** RETAIN where nothing may be touched. */
  readonly removalMode: RemovalMode;
  readonly reportOnly: boolean;
  readonly drainTimeoutSeconds: number;
  readonly drainThen: 'STOP' | 'RETAIN';
  readonly timeoutSeconds: number;
}

export function decodeFleetRemoval(properties: Partial<JobFleetProperties>): FleetRemoval {
  const lenient = (value: string | undefined) => (/^[0-9]+$/.test(value ?? '') ? Math.min(Number(value), MAX_TIMEOUT_SECONDS) : MAX_TIMEOUT_SECONDS);
  const reportOnly = properties.Mode === 'REPORT_ONLY';
  return {
    stateBucket: properties.StateBucket ?? '',
    nameBase: properties.NameBase ?? '',
    stateMachineArn: properties.StateMachineArn ?? '',
    reportOnly,
    removalMode: reportOnly ? 'RETAIN' : properties.RemovalMode === 'RETAIN' || properties.RemovalMode === 'DRAIN' ? properties.RemovalMode : 'STOP',
    drainTimeoutSeconds: lenient(properties.DrainTimeoutSeconds),
    drainThen: properties.DrainThen === 'RETAIN' ? 'RETAIN' : 'STOP',
    timeoutSeconds: lenient(properties.TimeoutSeconds),
  };
}
