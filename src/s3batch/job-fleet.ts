import { CustomResource, Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BatchJob } from './batch-job';
import { Confirmation } from './batch-job-status';
import { FleetJobOptions, JobFleetProps } from './job-fleet-props';
import { Operation } from './operation';
import { batchJobProvider } from './private/batch-job-provider';
import { JOB_FLEET_CONTRACT_VERSION, JOB_FLEET_RESOURCE_TYPE, JobFleetAttribute, JobFleetMember, JobFleetProperties } from './private/job-fleet-contract';
import { jobFleetProblems } from './private/job-fleet-validation';
import { JobRole } from './private/job-role';
import { refuse } from '../private/errors';
import { SERVICE_TIMEOUT } from '../private/job-provider';

/**
 * Many jobs of S3 Batch Operations with what they have in common said once. Each job is a `BatchJob`: it has generations of its own, and its
 * next one does what the one before has left. S3 queues jobs by their priorities, so all of them are made at once.
 *
 * Jobs with the same operation share a role; all of them share the bucket that remembers them and, unless they say otherwise, that of reports.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-job-priority.html
 */
export class JobFleet extends Resource {
  /** The keys of all jobs, in the order declared. */
  public readonly keys: string[];
  /** How many jobs S3 prepares or has in its queue, as of the last deployment. */
  public readonly pending: number;
  /** How many of them wait for confirmation, as of the last deployment. */
  public readonly awaitingApproval: number;
  /** How many of them work on objects, as of the last deployment. */
  public readonly running: number;
  /** How many of them are on their way to an early end, as of the last deployment. */
  public readonly stopping: number;
  /** How many of them have ended with no task left, however many have failed, as of the last deployment. */
  public readonly completed: number;
  /** How many of them S3 has given up, as of the last deployment. */
  public readonly failed: number;
  /** How many of them were cancelled, as of the last deployment. */
  public readonly stopped: number;
  /** Tasks, that is objects, of all jobs, as of the last deployment. */
  public readonly totalTasks: number;
  /** Tasks done, of all jobs, as of the last deployment. */
  public readonly succeededTasks: number;
  /** Tasks that have failed in the newest generations of all jobs, as of the last deployment. */
  public readonly failedTasks: number;
  /** Seconds in which S3 has worked, summed over all jobs, as of the last deployment. */
  public readonly activeSeconds: number;
  /**
   * A command for a POSIX shell that lets all jobs begin that wait for confirmation; `undefined` if none is to be confirmed. A job that has
   * begun already is refused by S3, and the command goes on.
   */
  public readonly confirmCommand?: string;

  private readonly members: ReadonlyMap<string, BatchJob>;

  /**
   * @param scope the construct that owns the fleet
   * @param id the fleet's id in its scope
   * @param props its jobs, and what they have in common
   */
  constructor(scope: Construct, id: string, props: JobFleetProps) {
    refuse(`${scope.node.path}/${id}`, jobFleetProblems(props));
    super(scope, id);
    const { jobs, ...common } = props;
    const declared = Object.entries(jobs).map(([key, job]) => [key, { ...common, ...withoutUndefined(job) }] as const);
    const jobScope = new Construct(this, 'Jobs');
    this.members = new Map(declared.map(([key, job]) => {
      const operation = job.operation!;
      return [key, new BatchJob(jobScope, key, { ...job, operation, role: job.role ?? this.roleOf(operation) })];
    }));
    this.keys = [...this.members.keys()];
    this.confirmCommand = this.confirmation(declared.filter(([, job]) => job.confirmation === Confirmation.MANUAL).map(([key]) => key));

    const provider = batchJobProvider(this);
    const properties: Record<Exclude<keyof JobFleetProperties, 'ServiceToken'>, unknown> = {
      ContractVersion: JOB_FLEET_CONTRACT_VERSION,
      Members: [...this.members].map(([key, job]) => memberOf(key, job)),
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken, resourceType: JOB_FLEET_RESOURCE_TYPE, serviceTimeout: SERVICE_TIMEOUT, properties,
    });
    resource.node.addDependency(...provider.permissions);
    const number = (name: JobFleetAttribute) => Token.asNumber(resource.getAtt(name));
    this.pending = number('Pending');
    this.awaitingApproval = number('AwaitingApproval');
    this.running = number('Running');
    this.stopping = number('Stopping');
    this.completed = number('Completed');
    this.failed = number('Failed');
    this.stopped = number('Stopped');
    this.totalTasks = number('TotalTasks');
    this.succeededTasks = number('SucceededTasks');
    this.failedTasks = number('FailedTasks');
    this.activeSeconds = number('ActiveSeconds');
  }

  /**
   * The job with this key.
   *
   * @param key as in `jobs`
   */
  public job(key: string): BatchJob {
    const job = this.members.get(key);
    refuse(this, job ? [] : [`there is no job ${JSON.stringify(key)}, there are ${this.keys.map((each) => JSON.stringify(each)).join(', ')}`]);
    return job!;
  }

  /** One role an operation: it may do that to the objects of all its jobs, and nothing else. */
  private roleOf({ _definition: { name } }: Operation): iam.IRole {
    const id = `${name}Role`;
    return this.node.tryFindChild(id) as JobRole | undefined ?? new JobRole(this, id, `Role of jobs of S3 Batch Operations: ${name}`);
  }

  private confirmation(keys: readonly string[]): string | undefined {
    const { account, region } = Stack.of(this);
    const ids = keys.map((key) => this.job(key).batchJobId).join(' ');
    return keys.length === 0 ? undefined
      : `for id in ${ids}; do aws s3control update-job-status --account-id ${account} --region ${region} --job-id "$id" --requested-job-status Ready; done`;
  }
}

function memberOf(key: string, job: BatchJob): Record<keyof JobFleetMember, unknown> {
  return {
    Key: key,
    State: job.state,
    TotalTasks: job.totalTasks,
    SucceededTasks: job.succeededTasks,
    FailedTasks: job.failedTasks,
    ActiveSeconds: job.activeSeconds,
  };
}

/** Callers from other languages name what they leave out. */
function withoutUndefined(job: FleetJobOptions): FleetJobOptions {
  return Object.fromEntries(Object.entries(job).filter(([, value]) => value !== undefined)) as unknown as FleetJobOptions;
}
