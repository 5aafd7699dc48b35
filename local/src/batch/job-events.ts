import type { BatchSettings } from './settings';
import type { EngineCore } from '../core/engine';
import { randomHex, randomUuid } from '../core/random';
import type { ServiceEventBus } from '../services/s3/events';
import type { Job } from '../services/s3control/job';

const S3 = 's3.amazonaws.com';

/** Tells EventBridge what CloudTrail records of a job: its making, and every change of its status. */
export class JobEvents {
  private readonly random: () => number;

  constructor(private readonly core: EngineCore, private readonly settings: BatchSettings) {
    this.random = core.random('batch-events');
  }

  emit(eventName: 'JobCreated' | 'JobStatusChanged', job: Job): void {
    if (!this.settings.trail) return;
    const { region, accountId } = this.core.settings;
    const detail = {
      eventVersion: '1.08',
      userIdentity: { accountId, invokedBy: S3 },
      eventTime: new Date(this.core.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      eventSource: S3,
      eventName,
      awsRegion: region,
      sourceIPAddress: S3,
      userAgent: S3,
      requestParameters: null,
      responseElements: null,
      eventID: randomUuid(this.random),
      readOnly: false,
      eventType: 'AwsServiceEvent',
      recipientAccountId: accountId,
      serviceEventDetails: {
        jobId: job.id,
        jobArn: job.arn,
        status: job.status,
        jobEventId: randomHex(this.random, 32),
        failureCodes: job.failures.map(({ FailureCode }) => FailureCode),
        statusChangeReason: job.statusUpdateReason === undefined ? [] : [job.statusUpdateReason],
      },
    };
    this.core.service<ServiceEventBus>('events').emit({ 'source': 'aws.s3', 'detail-type': 'AWS Service Event via CloudTrail', 'resources': [], detail });
  }
}
