import { Aws, CustomResource, ITaggableV2, Lazy, Stack, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BatchJobBase } from './batch-job-base';
import { IBatchJob } from './batch-job-interface';
import { BatchJobProps } from './batch-job-props';
import { BatchJobRemoval, Confirmation } from './batch-job-status';
import { BoundCompletionReport, CompletionReport } from './completion-report';
import { ReconcileOn } from '../reconcile-on';
import { resumePolicy } from '../resume-options';
import { batchJobArn } from './private/batch-job-arn';
import {
  BATCH_JOB_CONTRACT_VERSION, BATCH_JOB_RESOURCE_TYPE, BatchJobAttribute, BatchJobProperties, MANIFESTS_FOLDER,
} from './private/batch-job-contract';
import { batchJobEvents, ENDED, warnOfEvents } from './private/batch-job-events';
import { allowBatchJob, allowDrift, batchJobProvider, batchJobWaker } from './private/batch-job-provider';
import { jobIdentity, jobRevision } from './private/batch-job-request';
import { batchJobProblems, objectProblems } from './private/batch-job-validation';
import { ImportedBatchJob } from './private/imported-batch-job';
import { allowRole, newJobRole, operationStatements } from './private/job-role';
import { readManifest, writeStatements } from './private/manifest-statements';
import { PATTERNS } from '../model/s3batch/limits';
import { batchJobRequest } from '../model/s3batch/request';
import { refuse } from '../private/errors';
import { jobNames } from '../private/job-names';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { renderTags } from '../private/job-tags';
import { ownLogicalId } from '../private/own-logical-id';
import { OWNER_TAGS } from '../private/owner-tags-contract';
import { STACK_GUID, StateBucket } from '../private/state-bucket';
import { isKnown } from '../private/tokens';

/** What the console of S3 proposes. */
const DEFAULT_PRIORITY = 10;
const DEFAULT_TIMEOUT_SECONDS = 1800;

/**
 * A job of Amazon S3 Batch Operations: one operation on each object of a list. It is deployed when S3 has made it ready, or when it is complete
 * if you ask for that.
 *
 * Jobs cannot be edited or deleted, so the resource is a line of generations of which the newest is meant by all attributes. No object that
 * is done is done again, unless `rerun` says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops.html
 */
export class BatchJob extends BatchJobBase implements ITaggableV2 {
  /**
   * An existing job of this account and region.
   *
   * @param scope the construct that uses the job
   * @param id the job's id in its scope
   * @param batchJobId the id that S3 has given the job
   */
  public static fromBatchJobId(scope: Construct, id: string, batchJobId: string): IBatchJob {
    const valid = !isKnown(batchJobId) || (PATTERNS.jobId.test(batchJobId) && batchJobId.length >= 5 && batchJobId.length <= 36);
    refuse(`${scope.node.path}/${id}`, valid ? [] : [`'batchJobId' must have 5 to 36 letters, digits, hyphens and underscores, got ${JSON.stringify(batchJobId)}`]);
    return new ImportedBatchJob(scope, id, batchJobId);
  }

  /** The id that S3 has given the newest generation. */
  public readonly batchJobId: string;
  /** The ARN of the newest generation. */
  public readonly batchJobArn: string;
  /** The library's name of the newest generation, at the end of the job's description. */
  public readonly batchJobName: string;
  /** The newest generation's state in S3's words, as of the last deployment: a `BatchJobStatus`. */
  public readonly batchJobStatus: string;
  /** The newest generation's state in the words common to all job systems, as of the last deployment: a `JobState`. */
  public readonly state: string;
  /** The number of the newest generation, from 1. */
  public readonly generation: number;
  /** Tasks, that is objects, of all generations, as of the last deployment. */
  public readonly totalTasks: number;
  /** Tasks done, as of the last deployment. */
  public readonly succeededTasks: number;
  /** Tasks that have failed in the newest generation, as of the last deployment. */
  public readonly failedTasks: number;
  /** Seconds in which S3 has worked, as of the last deployment. */
  public readonly activeSeconds: number;
  /** The URI of the completion report's `manifest.json`, which is there once the job has ended; empty without a report. */
  public readonly reportManifestS3Uri: string;
  /** The URI of the manifest that the job reads; empty as long as it is not known. */
  public readonly manifestS3Uri: string;
  /** Why S3 has failed the newest generation; empty if it has not. */
  public readonly failureReasons: string;
  /** What the last deployment has to say about the job, for people. */
  public readonly message: string;
  /** A command for your terminal that lets a job begin that waits for confirmation. */
  public readonly confirmCommand: string;
  /** The role in which S3 Batch Operations works. */
  public readonly role: iam.IRole;
  /** The bucket of the completion report; `undefined` without one. */
  public readonly reportBucket?: s3.IBucket;
  /** The job's tags, which change in place. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, BATCH_JOB_RESOURCE_TYPE);

  protected readonly arnPattern: string;
  protected readonly tagConditions: { [key: string]: string };

  /**
   * @param scope the construct that owns the job
   * @param id the job's id in its scope
   * @param props what is to be done, and to which objects
   */
  constructor(scope: Construct, id: string, props: BatchJobProps) {
    refuse(`${scope.node.path}/${id}`, batchJobProblems(props));
    super(scope, id);
    const operation = props.operation._definition;
    const objects = props.manifest._definition.objects(this);
    refuse(this, objectProblems(this, operation, objects));

    const report: BoundCompletionReport | undefined = (props.report ?? CompletionReport.allTasks())._bind(this);
    const manifest = props.manifest._definition.bind(this, { report: report?.bucket });
    this.reportBucket = report?.bucket;
    this.role = props.role ?? newJobRole(this, 'Role');

    const stateBucket = props.stateBucket ?? StateBucket.of(this);
    const logicalId = ownLogicalId(this, () => resource);
    const manifestPrefix = `${STACK_GUID}/${logicalId}/${MANIFESTS_FOLDER}`;
    const provider = batchJobProvider(this);
    allowBatchJob(this, provider, {
      stateBuckets: [stateBucket, ...props.formerStateBuckets ?? []],
      role: this.role,
      read: [...manifest.location ? [manifest.location] : [], ...report ? [report] : []],
    });
    const reconcileOn = (props.reconcileOn ?? ReconcileOn.CHANGE)._bind(this, {
      ended: batchJobEvents(ENDED),
      wake: (driftParameter) => batchJobWaker(provider, { stateBucket: stateBucket.bucketName, key: `${STACK_GUID}/${logicalId}/ledger.json`, driftParameter }),
    });
    if (reconcileOn.listens) warnOfEvents(this);
    if (reconcileOn.driftParameter !== undefined) allowDrift(this, provider, reconcileOn.driftParameter);

    const properties: Omit<Record<keyof BatchJobProperties, unknown>, 'ServiceToken'> = {
      ContractVersion: BATCH_JOB_CONTRACT_VERSION,
      StateBucket: stateBucket.bucketName,
      NameBase: jobNames(this).base,
      Identity: jobIdentity(this, operation, manifest.identity, props.rerun),
      Revision: Stack.of(this).toJsonString(jobRevision(this, props)),
      Request: Stack.of(this).toJsonString(batchJobRequest({
        operation: operation.name,
        parameters: operation.parameters,
        generator: manifest.generator,
        report: report?.report,
        roleArn: this.role.roleArn,
        confirmationRequired: props.confirmation === Confirmation.MANUAL,
      })),
      Manifest: manifest.manifest,
      ManifestBucket: stateBucket.bucketName,
      ManifestPrefix: manifestPrefix,
      Description: props.description,
      Priority: props.priority ?? DEFAULT_PRIORITY,
      Tags: Lazy.any({ produce: () => renderTags(this.node.path, this.cdkTagManager.tagValues()) }),
      RemovalMode: props.removal ?? BatchJobRemoval.CANCEL,
      TimeoutSeconds: props.timeout?.toSeconds() ?? DEFAULT_TIMEOUT_SECONDS,
      WaitForCompletion: props.waitForCompletion ? 'true' : undefined,
      MaxFailedTasks: props.maxFailedTasks,
      MaxFailedPercentage: props.maxFailedPercentage,
      Resume: props.resume && JSON.stringify(resumePolicy(props.resume)),
      ReconcileNonce: reconcileOn.nonce,
    };
    const resource: CustomResource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: BATCH_JOB_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    const permissions = allowRole(this.role, [
      ...operationStatements(operation, objects),
      ...manifest.statements,
      // the handler writes rows in code there, and those that are left for a next generation
      ...readManifest({ bucket: stateBucket, keys: `${manifestPrefix}*` }),
      ...report ? writeStatements(report) : [],
    ]);
    resource.node.addDependency(stateBucket, this.role, ...permissions, ...provider.permissions, ...reconcileOn.before);
    const buckets = [report?.bucket, manifest.location?.bucket, objects.bucket, operation.target?.bucket];
    resource.node.addDependency(...buckets.filter((bucket) => bucket !== undefined));

    this.arnPattern = batchJobArn(this, '*');
    this.tagConditions = { [`aws:ResourceTag/${OWNER_TAGS.stackId}`]: Aws.STACK_ID, [`aws:ResourceTag/${OWNER_TAGS.logicalId}`]: logicalId };
    const text = (name: BatchJobAttribute) => resource.getAttString(name);
    const number = (name: BatchJobAttribute) => Token.asNumber(resource.getAtt(name));
    this.batchJobId = text('JobId');
    this.batchJobArn = text('JobArn');
    this.batchJobName = text('JobName');
    this.batchJobStatus = text('JobStatus');
    this.state = text('State');
    this.generation = number('Generation');
    this.totalTasks = number('TotalTasks');
    this.succeededTasks = number('SucceededTasks');
    this.failedTasks = number('FailedTasks');
    this.activeSeconds = number('ActiveSeconds');
    this.reportManifestS3Uri = text('ReportManifestS3Uri');
    this.manifestS3Uri = text('ManifestS3Uri');
    this.failureReasons = text('FailureReasons');
    this.message = text('Message');
    const { account, region } = Stack.of(this);
    this.confirmCommand = `aws s3control update-job-status --account-id ${account} --region ${region} --job-id ${this.batchJobId} --requested-job-status Ready`;
  }

  /** Allows somebody to read the completion report. */
  public grantReadReport(grantee: iam.IGrantable): iam.Grant {
    refuse(this, this.reportBucket ? [] : ['the job writes no completion report, so nobody can read one']);
    return this.reportBucket!.grantRead(grantee);
  }
}
