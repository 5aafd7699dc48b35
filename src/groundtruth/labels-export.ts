import { Aws, CfnOutput } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { LabelingBucket } from './labeling-bucket';
import { LabelingJob } from './labeling-job';
import { ILabelingJob } from './labeling-job-interface';
import { LabelsExport as ExportFunction } from './private/labels-export';
import { EXPORT_FILES } from './private/labels-export-contract';
import { allowExport, exportStates } from './private/labels-export-states';
import { refuse } from '../private/errors';
import { handlerLogGroup } from '../private/handler-function';
import { isKnown } from '../private/tokens';

/** Properties of a `LabelsExport`. */
export interface LabelsExportProps {
  /** The jobs whose labels are merged, in this order, each with all its generations. */
  readonly jobs: ILabelingJob[];

  /**
   * Bucket of the result.
   *
   * @default - a new LabelingBucket
   */
  readonly bucket?: s3.IBucket;

  /**
   * Prefix of the result's keys, without slashes at its ends.
   *
   * @default 'export'
   */
  readonly prefix?: string;

  /**
   * Buckets with inputs and outputs of jobs that were not made by this app: what a job made here reads and writes is known.
   *
   * @default - none
   */
  readonly dataBuckets?: s3.IBucket[];

  /**
   * Whether texts in the CSV file that a spreadsheet would take for formulas get an apostrophe in front, so that they stay texts. The
   * JSON Lines have the texts as they are, always.
   *
   * @default true
   */
  readonly escapeFormulas?: boolean;
}

/**
 * Merges the labels of jobs into one manifest in which every object stands exactly once, and into a table. Started by whoever is allowed
 * to, with the command in the outputs for instance; a `JobFleet` has its own.
 */
export class LabelsExport extends Construct {
  /** URI of the merged manifest, JSON Lines. */
  public readonly labelsUri: string;
  /** URI of the table, CSV. */
  public readonly tableUri: string;
  /** URI of the summary, JSON: objects labeled, failed and unlabeled, in all and for each job. Written last. */
  public readonly summaryUri: string;
  /** What does the work. */
  public readonly stateMachine: sfn.StateMachine;
  /** The bucket of the result. */
  public readonly bucket: s3.IBucket;
  private readonly keys: string;

  /**
   * @param scope the construct that owns the export
   * @param id the export's id in its scope
   * @param props which jobs, and where the result goes
   */
  constructor(scope: Construct, id: string, props: LabelsExportProps) {
    const { prefix = 'export' } = props;
    refuse(`${scope.node.path}/${id}`, [
      ...props.jobs.length === 0 ? ['\'jobs\' must not be empty, give at least one job'] : [],
      ...isKnown(prefix) && (prefix === '' || /^\/|\/$|[*?$]/.test(prefix))
        ? [`'prefix' must be a text without slashes at its ends and without '*', '?' and '$', got ${JSON.stringify(prefix)}`] : [],
    ]);
    super(scope, id);
    this.bucket = props.bucket ?? new LabelingBucket(this, 'Bucket');
    this.keys = `${prefix}/*`;
    const uri = (file: string) => this.bucket.s3UrlForObject(`${prefix}/${file}`);
    this.labelsUri = uri(EXPORT_FILES.labels);
    this.tableUri = uri(EXPORT_FILES.table);
    this.summaryUri = uri(EXPORT_FILES.summary);

    const exporter = this.allowedFunction(props);
    const states = exportStates(this, exporter, {
      bucket: this.bucket,
      resultUri: this.bucket.s3UrlForObject(prefix),
      escapeFormulas: props.escapeFormulas ?? true,
      jobs: props.jobs.map(({ labelingJobName }) => labelingJobName),
    });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(states),
      comment: 'Merges the labels of labeling jobs; needs no input',
      tracingEnabled: true,
      logs: { destination: handlerLogGroup(this, 'RunLogs'), level: sfn.LogLevel.ALL, includeExecutionData: true },
    });
    allowExport(this.stateMachine, this.bucket);
    new CfnOutput(this, 'ExportCommand', {
      description: 'Merges the labels now',
      value: `aws stepfunctions start-execution --region ${Aws.REGION} --state-machine-arn ${this.stateMachine.stateMachineArn}`,
    });
    new CfnOutput(this, 'ShowCommand', { description: 'Shows what was merged last', value: `aws s3 cp --region ${Aws.REGION} ${this.summaryUri} -` });
  }

  /** Allows somebody to read the result. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.bucket.grantRead(grantee, this.keys);
  }

  /** Allows somebody to start the export. */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  private allowedFunction({ jobs, dataBuckets = [] }: LabelsExportProps): ExportFunction {
    const exporter = ExportFunction.of(this);
    exporter.allowResult({ bucket: this.bucket, keys: this.keys });
    for (const bucket of dataBuckets) exporter.allowRead({ bucket }, '*');
    for (const job of jobs) {
      job.grantDescribe(exporter.handler);
      if (!(job instanceof LabelingJob)) continue;
      job.grantReadOutput(exporter.handler);
      exporter.allowRead({ bucket: job.outputBucket }, '*');
      exporter.allowReadUri(job.inputManifestUri);
    }
    // generations are found by what their names have in common
    exporter.handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['sagemaker:ListLabelingJobs'], resources: ['*'] }));
    return exporter;
  }
}
