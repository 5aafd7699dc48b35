import { Aws, CfnOutput } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { LabelsExportProps } from './labels-export-props';
import { EVENT_SOURCE } from './private/completion-webhook-contract';
import { EXPORT_FILES, ExportRequest, LABELS_EXPORTED } from './private/labels-export-contract';
import { exportFunction } from './private/labels-export-function';
import { exportStates } from './private/labels-export-states';
import { labelsExportProblems } from './private/labels-export-validation';
import { LabelingBucket } from '../groundtruth/labeling-bucket';
import { jobRule } from '../groundtruth/private/job-events';
import { refuse } from '../private/errors';
import { handlerLogGroup } from '../private/handler-function';

/**
 * Makes an augmented manifest in Ground Truth's form of what was labeled on a Supervisely server: a line for each image, and the label on those that are
 * finished and not rejected. Ground Truth's own jobs, `groundtruth.InputManifest` and training read it. Started by whoever is allowed to, with the
 * command in the outputs for instance.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
export class LabelsExport extends Construct {
  /** URI of the manifest, JSON Lines. */
  public readonly labelsUri: string;
  /** URI of the same as a table, CSV. */
  public readonly tableUri: string;
  /** URI of the summary, JSON: images labeled, failed and unlabeled, the classes, and the jobs. Written last. */
  public readonly summaryUri: string;
  /** What does the work; its executions need no input. */
  public readonly stateMachine: sfn.StateMachine;
  /** The bucket of the result. */
  public readonly bucket: s3.IBucket;
  /**
   * Keys of the result, a pattern.
   *
   * @internal
   */
  public readonly _keys: string;

  /**
   * @param scope the construct that owns the export
   * @param id the export's id in its scope
   * @param props which labels, in which form, and where the result goes
   */
  constructor(scope: Construct, id: string, props: LabelsExportProps) {
    refuse(`${scope.node.path}/${id}`, labelsExportProblems(props));
    super(scope, id);
    const { prefix = 'labels', dataset } = props;
    const groups = [...props.jobs ?? [], ...props.fleets ?? []];
    this.bucket = props.bucket ?? new LabelingBucket(this, 'Bucket');
    this._keys = `${prefix}/*`;
    const uri = (file: string) => this.bucket.s3UrlForObject(`${prefix}/${file}`);
    this.labelsUri = uri(EXPORT_FILES.labels);
    this.tableUri = uri(EXPORT_FILES.table);
    this.summaryUri = uri(EXPORT_FILES.summary);

    const exporter = exportFunction(this, props, { bucket: this.bucket, keys: this._keys });
    const states = exportStates(this, exporter, {
      connection: props.connection._properties,
      groups: groups.map(({ _ledger }) => _ledger),
      jobIds: props.jobIds ?? [],
      queueIds: props.queueIds ?? [],
      dataset: dataset?._properties,
      resultUri: this.bucket.s3UrlForObject(prefix),
      labelAttributeName: props.labelAttributeName,
      format: props.format?._spec,
      labels: props.labels,
      escapeFormulas: props.escapeFormulas ?? true,
    } satisfies Record<keyof ExportRequest, unknown>);
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(states),
      comment: 'Exports labels from Supervisely; needs no input',
      tracingEnabled: true,
      logs: { destination: handlerLogGroup(this, 'RunLogs'), level: sfn.LogLevel.ALL, includeExecutionData: true },
    });
    new CfnOutput(this, 'ExportCommand', {
      description: 'Exports the labels now',
      value: `aws stepfunctions start-execution --region ${Aws.REGION} --state-machine-arn ${this.stateMachine.stateMachineArn}`,
    });
    new CfnOutput(this, 'ShowCommand', { description: 'Shows what was exported last', value: `aws s3 cp --region ${Aws.REGION} ${this.summaryUri} -` });
  }

  /** Allows somebody to read the result. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.bucket.grantRead(grantee, this._keys);
  }

  /** Allows somebody to start the export. */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /** A rule for the end of an export, once the manifest can be read: the event's detail tells where it lies and what is in it. It may come twice. */
  public onExported(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, { source: [EVENT_SOURCE], detailType: [LABELS_EXPORTED], detail: { labels: [this.labelsUri] } }, options);
  }
}
