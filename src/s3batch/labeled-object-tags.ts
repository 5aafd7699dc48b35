import { Aws, Names, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Operation } from './operation';
import { allowRole, newJobRole, operationStatements } from './private/job-role';
import { readManifest, writeStatements } from './private/manifest-statements';
import { allowFolder, allowJobs, allowReading, allowToPass, preparationProvider, STEP, stepFunction } from './private/preparation-provider';
import { PreparationStates } from './private/preparation-states';
import { LabelingJob } from '../groundtruth/labeling-job';
import { DEFAULT_OUTPUT_PREFIX } from '../groundtruth/private/job-output';
import { OWNER_TAGS } from '../private/owner-tags-contract';
import { STACK_GUID } from '../private/state-bucket';

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

const PRIORITY = 10;

/**
 * Tags the objects that a labeling job has labeled, when it has ended: a job of S3 Batch Operations over the labeled lines of its output. Each generation's
 * objects are tagged when that generation ends, however it ends.
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
    const bucket = job.outputBucket;
    const prefix = `tagged/${STACK_GUID}/${this.node.addr.slice(0, 8)}/`;
    this.reportUri = bucket.s3UrlForObject(prefix);
    const operation = Operation.replaceTags({ tags: props.tags })._definition;

    const provider = preparationProvider(this);
    const folder = { bucket, keys: `${prefix}*` };
    const outputPrefix = props.outputPrefix ?? DEFAULT_OUTPUT_PREFIX;
    const keyPrefix = outputPrefix === '' ? '' : `${outputPrefix}/`;
    allowJobs(this, provider);
    allowFolder(provider, folder, [STEP]);
    allowReading(provider, { bucket, keys: `${keyPrefix}*` });
    const role = newJobRole(this, 'Role');
    const onObjects = job._dataBuckets.flatMap((each) => operationStatements(operation, { bucket: each, versions: false, generated: false }));
    allowRole(role, [...readManifest(folder), ...writeStatements(folder), ...onObjects]);
    allowToPass(provider, role);

    const states = new PreparationStates(this, stepFunction(provider));
    const own = sfn.JsonPath.objectAt('$.folder');
    const begin = states.call('ReadLabels', {
      action: 'labels',
      folder: { bucket: bucket.bucketName, prefix },
      jobArn: sfn.JsonPath.stringAt('$.jobArn'),
      labelAttributeName: job.labelAttributeName,
      outputUri: bucket.s3UrlForObject(`${keyPrefix}<job>/manifests/output/output.manifest`),
    });
    const step = {
      number: 0, kind: 'tag', operation: operation.name, parameters: Stack.of(this).toJsonString(operation.parameters), roleArn: role.roleArn, priority: PRIORITY,
    };
    const tags = { [OWNER_TAGS.stackId]: Aws.STACK_ID, [OWNER_TAGS.logicalId]: Names.uniqueResourceName(this, { maxLength: 128 }) };
    const machine = states.machine('StateMachine', 'Tags the objects of a labeling job that has ended', sfn.Chain.start(begin)
      .next(new sfn.Pass(this, 'OwnFolder', { parameters: { folder: sfn.JsonPath.objectAt('$.answer.folder') } }))
      .next(states.step('Tag', { folder: own, step, tags }))
      .next(states.call('Report', { action: 'tagged', folder: own })));
    this.stateMachine = machine;
    job.onStateChange('Ended', {
      crossStackScope: this,
      description: 'Tags the objects that a labeling job has labeled',
      target: new targets.SfnStateMachine(machine, { input: events.RuleTargetInput.fromObject({ jobArn: events.EventField.fromPath('$.resources[0]') }) }),
    });
  }
}
