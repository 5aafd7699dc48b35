import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { taggingMachine } from './private/tagging-machine';
import { LabelingJob } from '../groundtruth/labeling-job';
import { DEFAULT_OUTPUT_PREFIX } from '../groundtruth/private/job-output';

/** Properties of `LabeledObjectTags`. */
export interface LabeledObjectTagsProps {
  /** The labeling job whose objects (`source-ref`) are tagged. */
  readonly job: LabelingJob;

  /** All tags that a labeled object has afterwards, at most 10. */
  readonly tags: { [key: string]: string };

  /**
   * The job's own `outputPrefix`.
   *
   * @default 'labels'
   */
  readonly outputPrefix?: string;
}

/**
 * Tags the objects that a labeling job has labeled, when it has ended: a job of S3 Batch Operations over the labeled lines of its output. Each generation's
 * objects are tagged when that generation ends, however it ends. When the stack goes, a tagging that goes on is cancelled, and its end waited for.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-put-object-tagging.html
 */
export class LabeledObjectTags extends Construct {
  /** URI of a folder with one folder a labeling job: `summary.json` with counts, `failed.jsonl` with what could not be tagged. */
  public readonly reportUri: string;
  /** Carries it out. */
  public readonly stateMachine: sfn.IStateMachine;

  /**
   * @param scope the construct that owns it
   * @param id its id in its scope
   * @param props the job, and the tags
   */
  constructor(scope: Construct, id: string, props: LabeledObjectTagsProps) {
    super(scope, id);
    const { job } = props;
    const outputPrefix = props.outputPrefix ?? DEFAULT_OUTPUT_PREFIX;
    const keyPrefix = outputPrefix === '' ? '' : `${outputPrefix}/`;
    const { machine, removal, reportUri } = taggingMachine(this, props.tags, {
      bucket: job.outputBucket,
      labelKeys: `${keyPrefix}*`,
      labelsUri: job.outputBucket.s3UrlForObject(`${keyPrefix}<job>/manifests/output/output.manifest`),
      labelAttributeName: job.labelAttributeName,
      dataBuckets: job._dataBuckets,
    });
    this.reportUri = reportUri;
    this.stateMachine = machine;
    const rule = job.onStateChange('Ended', {
      crossStackScope: this,
      description: 'Tags the objects that a labeling job has labeled',
      target: new targets.SfnStateMachine(machine, { input: events.RuleTargetInput.fromObject({ jobArn: events.EventField.fromPath('$.resources[0]') }) }),
    });
    // no tagging begins while those that go on are being ended
    rule.node.addDependency(removal);
  }
}
