import { roleCaller, serviceCaller } from '../core/acting-as';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';

const LOG_GROUP = '/aws/sagemaker/LabelingJobs';
const METRIC_NAMESPACE = 'AWS/Sagemaker/LabelingJobs';
const END_METRICS: Readonly<Record<string, string>> = { Completed: 'JobsSucceeded', Failed: 'JobsFailed', Stopped: 'JobsStopped' };

interface EventsService {
  emit(event: { 'source': string; 'detail-type': string; 'resources': string[]; 'detail': object }): void;
}

interface MetricsService {
  record(metric: { namespace: string; name: string; dimensions: Record<string, string>; value: number }): void;
}

interface LogsService {
  write(logGroup: string, logStream: string, message: string): void;
}

/** Tells the other services what becomes of labeling jobs; an engine without one of them goes without. */
export class JobObservers {
  constructor(private readonly core: EngineCore) {}

  /** Only the three end states make an event. */
  ended(job: LabelingJob): void {
    this.log(job, `The labeling job is ${job.status}${job.failureReason ? `: ${job.failureReason}` : ''}`);
    this.metric(END_METRICS[job.status], 1, {});
    this.service<EventsService>('events')?.emit({
      'source': 'aws.sagemaker',
      'detail-type': 'SageMaker Ground Truth Labeling Job State Change',
      'resources': [job.arn],
      'detail': { LabelingJobStatus: job.status },
    });
  }

  counted(job: LabelingJob): void {
    const { TotalLabeled, HumanLabeled, MachineLabeled, FailedNonRetryableError } = job.counters;
    const dimensions = { LabelingJobName: job.name };
    this.metric('TotalDatasetObjectsLabeled', TotalLabeled, dimensions);
    this.metric('DatasetObjectsHumanAnnotated', HumanLabeled, dimensions);
    this.metric('DatasetObjectsAutoAnnotated', MachineLabeled, dimensions);
    this.metric('DatasetObjectsLabelingFailed', FailedNonRetryableError, dimensions);
  }

  /** The log stream of a job is its name. */
  log(job: LabelingJob, message: string): void {
    this.service<LogsService>('logs')?.write(LOG_GROUP, job.name, message);
  }

  /** Publishes to a topic; a topic that is gone stops no job. */
  async publish(job: LabelingJob, TopicArn: string, message: { readonly Subject?: string; readonly Message: string }): Promise<void> {
    const { RoleArn, OutputConfig } = job.request;
    // to its output topic in the job's role; to workers in the service's own name
    const caller = TopicArn === OutputConfig.SnsTopicArn ? roleCaller(this.core, RoleArn, 'SageMaker') : serviceCaller('sagemaker.amazonaws.com', job.arn);
    try {
      await this.core.call('sns', 'Publish', { TopicArn, ...message }, caller);
    } catch (error) {
      this.log(job, `A message to ${TopicArn} was not delivered: ${(error as Error).message}`);
    }
  }

  private metric(name: string, value: number, dimensions: Record<string, string>): void {
    this.service<MetricsService>('cloudwatch')?.record({ namespace: METRIC_NAMESPACE, name, dimensions, value });
  }

  private service<T>(name: string): T | undefined {
    try {
      return this.core.service<T>(name);
    } catch {
      return undefined;
    }
  }
}
