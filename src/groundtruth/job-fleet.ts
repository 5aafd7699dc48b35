import { Annotations, ITaggableV2, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { FleetJob } from './fleet-job';
import { JobFleetAlarms, JobFleetAlarmsOptions } from './job-fleet-alarms';
import { JobFleetBase } from './job-fleet-base';
import { JobFleetDashboard, JobFleetDashboardOptions } from './job-fleet-dashboard';
import { JobFleetProps } from './job-fleet-props';
import { JOB_FLEET_RESOURCE_TYPE, JobFleetAttribute } from './private/job-fleet-contract';
import { addFleetOutputs } from './private/job-fleet-outputs';
import { JobFleetResource } from './private/job-fleet-resource';
import { fleetJobProblems, jobFleetProblems } from './private/job-fleet-validation';
import { grantReadLabels } from './private/job-output';
import { labelingJobArn, spellings } from './private/labeling-job-arn';
import { warnOfLabelingJob } from './private/labeling-job-warnings';
import { refuse } from '../private/errors';

/**
 * Many labeling jobs of Amazon SageMaker Ground Truth as one: made in waves under the account's quota, resumed as a policy says, looked at
 * again whenever one has ended, and their labels merged into one result in which each data object stands exactly once.
 *
 * It is deployed when everything has been started that quotas allow; a state machine goes on from there.
 */
export class JobFleet extends JobFleetBase implements ITaggableV2 {
  /** How many jobs the fleet has, as of the last deployment. */
  public readonly jobs: number;
  /** How many of them have not been started, as of the last deployment. */
  public readonly notStarted: number;
  /** How many of them are being prepared, as of the last deployment. */
  public readonly pending: number;
  /** How many of them are being labeled, as of the last deployment. */
  public readonly running: number;
  /** How many of them are being stopped, as of the last deployment. */
  public readonly stopping: number;
  /** How many of them have ended with everything labeled or failed, as of the last deployment. */
  public readonly completed: number;
  /** How many of them have ended by a failure, as of the last deployment. */
  public readonly failed: number;
  /** How many of them were stopped, as of the last deployment. */
  public readonly stopped: number;
  /** Data objects of all jobs, as of the last deployment. */
  public readonly objectsTotal: number;
  /** Data objects labeled, as of the last deployment. */
  public readonly objectsLabeled: number;
  /** Data objects that could not be labeled, as of the last deployment. */
  public readonly objectsFailed: number;
  /** Data objects not labeled yet, as of the last deployment. */
  public readonly objectsLeft: number;
  /** Jobs that the last deployment's run has created, or would have with `ReconcileMode.REPORT_ONLY`. */
  public readonly created: number;
  /** Existing jobs that the last deployment's run has taken over. */
  public readonly adopted: number;
  /** Jobs that the last deployment's run has resumed, or would have. */
  public readonly resumed: number;
  /** Jobs that the last deployment's run has stopped, or would have. */
  public readonly stoppedNow: number;
  /** Adopted jobs that differ from their declarations, as of the last deployment. */
  public readonly drifted: number;
  /** Jobs that wait for a free place under the account's quota or `maxConcurrentJobs`, as of the last deployment. */
  public readonly waitingForQuota: number;
  /** The URI of the record of the last deployment's run. */
  public readonly runRecordUri: string;
  /** The URI of the newest run's summary, whoever started it: JSON. */
  public readonly currentUri: string;
  /** The URI below which the merged labels lie. */
  public readonly resultUri: string;
  /** What the last deployment has to say, for people. */
  public readonly message: string;
  /** The role in which Ground Truth works. */
  public readonly role: iam.IRole;
  /** The bucket of the labels. */
  public readonly outputBucket: s3.IBucket;
  /** The bucket of the merged labels. */
  public readonly resultBucket: s3.IBucket;
  /** The state machine that looks at the jobs: started without input, it does so at once. */
  public readonly stateMachine: sfn.IStateMachine;
  /** The tags of all jobs, which change in place. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, JOB_FLEET_RESOURCE_TYPE);

  protected readonly eventResources: string[];
  protected readonly fleetName: string;
  private readonly parts: JobFleetResource;

  /**
   * @param scope the construct that owns the fleet
   * @param id the fleet's id in its scope
   * @param props which jobs, and what they have in common
   */
  constructor(scope: Construct, id: string, private readonly props: JobFleetProps) {
    refuse(`${scope.node.path}/${id}`, jobFleetProblems(scope, props));
    super(scope, id);
    if (props.workteam) warnOfLabelingJob(this, { ...props, workteam: props.workteam });

    this.parts = new JobFleetResource(this, props, this.cdkTagManager);
    this.role = this.parts.output.role;
    this.outputBucket = this.parts.output.bucket;
    this.resultBucket = this.parts.result.bucket;
    this.stateMachine = this.parts.stateMachine;
    this.eventResources = this.parts.eventResources;
    this.fleetName = this.parts.names.base;

    const { resource } = this.parts;
    const text = (name: JobFleetAttribute) => resource.getAttString(name);
    const number = (name: JobFleetAttribute) => Token.asNumber(resource.getAtt(name));
    this.jobs = number('Jobs');
    this.notStarted = number('NotStarted');
    this.pending = number('Pending');
    this.running = number('Running');
    this.stopping = number('Stopping');
    this.completed = number('Completed');
    this.failed = number('Failed');
    this.stopped = number('Stopped');
    this.objectsTotal = number('ObjectsTotal');
    this.objectsLabeled = number('ObjectsLabeled');
    this.objectsFailed = number('ObjectsFailed');
    this.objectsLeft = number('ObjectsLeft');
    this.created = number('Created');
    this.adopted = number('Adopted');
    this.resumed = number('Resumed');
    this.stoppedNow = number('StoppedNow');
    this.drifted = number('Drifted');
    this.waitingForQuota = number('WaitingForQuota');
    this.runRecordUri = text('RunRecordUri');
    this.currentUri = text('CurrentUri');
    this.resultUri = text('ResultUri');
    this.message = text('Message');

    const { declared = [] } = props.jobs?._parts ?? {};
    for (const [key, job] of declared) this.addJob(key, job);
    if (props.outputs ?? true) addFleetOutputs(this);
  }

  /**
   * One more job.
   *
   * @param key the job's name within the fleet: 1 to 128 letters, digits and `._-`. It stands for its job for ever; another key is another job.
   * @param job what is to be labeled; what it does not say it takes from the fleet
   */
  public addJob(key: string, job: FleetJob): void {
    refuse(this, fleetJobProblems(this, this.props, key, job));
    if (job.adopt !== undefined && this.props.removal === undefined) {
      Annotations.of(this).addWarningV2('cdk-labeling-workflows:adoptedRemoval',
        'the fleet has adopted jobs that it did not start, and its removal stops them: say so with \'removal: JobRemoval.STOP\', or give them back with JobRemoval.RETAIN');
    }
    this.parts.addJob(key, job);
  }

  /**
   * Alarms of the fleet. The description of each links to what is to be done.
   *
   * @param options who hears of them, and when
   */
  public addAlarms(options: JobFleetAlarmsOptions = {}): JobFleetAlarms {
    return new JobFleetAlarms(this, 'Alarms', { ...options, fleet: this });
  }

  /**
   * A dashboard of the fleet. A `JobFleetDashboard` shows several fleets.
   *
   * @param options the dashboard's name
   */
  public addDashboard(options: JobFleetDashboardOptions = {}): JobFleetDashboard {
    return new JobFleetDashboard(this, 'Dashboard', { ...options, fleets: [this] });
  }

  /** Allows somebody to look at the jobs. Grant it after the last `addJob()` that adopts a job. */
  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:DescribeLabelingJob', 'sagemaker:ListTags'], resourceArns: this.arnPatterns });
  }

  /** Allows somebody to stop jobs. Grant it after the last `addJob()` that adopts a job. */
  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:StopLabelingJob'], resourceArns: this.arnPatterns });
  }

  /** Allows somebody to read the labels of the single jobs. */
  public grantReadOutput(grantee: iam.IGrantable): iam.Grant {
    const { bucket, keys, key } = this.parts.output;
    return grantReadLabels(grantee, bucket, keys, key);
  }

  /** Allows somebody to read the merged labels. */
  public grantReadResult(grantee: iam.IGrantable): iam.Grant {
    const { bucket, keys } = this.parts.result;
    return grantReadLabels(grantee, bucket, keys);
  }

  /** Allows somebody to make the fleet look at its jobs, and to merge their labels. */
  public grantReconcile(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  private get arnPatterns(): string[] {
    return [`${this.parts.names.base}-*`, ...this.parts.adopted.flatMap(spellings)].map((name) => labelingJobArn(this, name));
  }
}
