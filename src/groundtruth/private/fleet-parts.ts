import { Construct } from 'constructs';
import { BoundLabelCategories } from '../../label-categories';
import { resumePolicy } from '../../resume-options';
import { AutomatedLabelingOptions } from '../automated-labeling-options';
import { FleetJob, WorkteamShare } from '../fleet-job';
import { SplitDataset } from '../fleet-jobs';
import { JobFleetProps } from '../job-fleet-props';
import { LabelingJobProps } from '../labeling-job-props';
import { bindAutomatedLabeling, BoundAutomatedLabeling } from './automated-labeling';
import type { JobDeclaration } from './declarations-contract';
import { effectiveProps } from './effective-props';
import { InputLocation } from './execution-role';
import { difference, FleetMember } from './fleet-member';
import type { DatasetSpec } from './job-fleet-contract';
import { maxObjectsPerJob } from './job-fleet-validation';
import { JobOutput } from './job-output';
import type { LabelingJobIdentity } from './labeling-job-contract';
import { jobRequest, jobRevision } from './labeling-job-request';
import { jobInputs } from './labeling-job-role';
import { DEFAULT_LABEL_ATTRIBUTE } from './labeling-job-validation';
import { BoundTaskType } from './task-type-definition';
import { CUSTOM_TASK_TYPE_ID } from '../../model/groundtruth/task-types';

/** A job of a fleet, and what its role needs. */
export interface BoundFleetJob {
  readonly member: FleetMember;
  readonly manifest: InputLocation;
  readonly inputs: InputLocation[];
  readonly labelFile?: InputLocation;
  readonly task: BoundTaskType;
  readonly automated?: BoundAutomatedLabeling;
}

/** A dataset of a fleet, and what handlers and role need. */
export interface BoundDataset {
  readonly spec: DatasetSpec;
  readonly job: Pick<FleetMember, 'request' | 'revision' | 'labelsOnlyUnlabeled' | 'identity'>;
  readonly inputs: InputLocation[];
  /** What the handlers read or list. */
  readonly source: InputLocation[];
  readonly task: BoundTaskType;
  readonly automated: BoundAutomatedLabeling[];
}

/** Makes members of what the user declares; what jobs share with the fleet is made once. */
export class FleetParts {
  private readonly labels?: BoundLabelCategories;
  private readonly task?: BoundTaskType;
  private readonly automated = new Map<AutomatedLabelingOptions, BoundAutomatedLabeling>();

  constructor(private readonly scope: Construct, private readonly props: JobFleetProps, private readonly output: JobOutput) {
    this.task = props.taskType?._bind(scope);
    this.labels = props.taskType && props.labels?._bind(scope, props.taskType._rules.labelDocument);
  }

  /** A job that is declared by itself. */
  public job(key: string, job: FleetJob): BoundFleetJob {
    const props = effectiveProps(this.props, job);
    const own = new Construct(jobScope(this.scope), key);
    const manifest = props.input._bind(own);
    const { task, labels } = this.taskOf(own, props);
    const automated = this.automatedLabeling(() => own, props);
    const bound = { props, manifestUri: manifest.uri, labels, task, automated, roleArn: this.output.role.roleArn, outputPath: this.output.path };
    return {
      member: {
        key,
        identity: identityOf(props, manifest.identity, labels),
        request: jobRequest(bound),
        revision: jobRevision(bound),
        labelsOnlyUnlabeled: props.taskType._rules.labelsOnlyUnlabeled,
        resume: job.resume && resumePolicy(job.resume, this.props.resume),
        desiredState: job.desiredState,
        attempt: job.attempt,
        tags: job.tags,
        adopt: job.adopt,
      },
      manifest: manifest.location!,
      inputs: jobInputs(manifest, labels, task),
      labelFile: labels?.location,
      task,
      automated,
    };
  }

  /** An existing job, as an inventory has written it down: it keeps its own role, page and output. */
  public declaration({ key, adopt, taskType, labelAttributeName, input, labelCategoriesUri, request, tags }: JobDeclaration): FleetMember {
    return {
      key,
      adopt,
      identity: { Input: input, LabelAttributeName: labelAttributeName, LabelCategories: labelCategoriesUri ?? 'none', TaskType: taskType },
      request,
      revision: {},
      labelsOnlyUnlabeled: taskType !== CUSTOM_TASK_TYPE_ID,
      tags: Object.keys(tags ?? {}).length > 0 ? tags : undefined,
    };
  }

  /** A dataset that the handlers split. */
  public dataset({ data, shares, maxObjectsPerJob: most }: SplitDataset, partsUri: string, partsKeys: string): BoundDataset {
    const { scope, output } = this;
    const taskType = this.props.taskType!;
    const { source, sourceKey, location, data: objects } = data._bind(scope, taskType._rules.source);
    const whole = (key?: string, share?: WorkteamShare) => {
      const props = effectiveProps(this.props, share ?? {});
      const automated = this.automatedLabeling(() => new Construct(jobScope(scope), key!), props);
      const bound = { props, labels: this.labels, task: this.task!, automated, roleArn: output.role.roleArn, outputPath: output.path };
      return { props, request: jobRequest(bound), revision: jobRevision(bound) };
    };
    const { props, request, revision } = whole();
    return {
      spec: {
        source,
        sourceKey,
        maxObjectsPerJob: most ?? maxObjectsPerJob(taskType),
        shares: shares.length === 0 ? undefined : shares.map(([key, share]) => {
          const own = whole(key, share);
          return { key, weight: share.weight ?? 1, request: difference(own.request, request) ?? {}, revision: difference(own.revision, revision) ?? {} };
        }),
        partsUri,
      },
      job: { identity: identityOf(props, '', this.labels), request, revision, labelsOnlyUnlabeled: taskType._rules.labelsOnlyUnlabeled },
      inputs: [...jobInputs(undefined, this.labels, this.task!), { bucket: output.bucket, keys: partsKeys }, ...objects],
      source: location ? [location] : objects,
      task: this.task!,
      automated: [...this.automated.values()],
    };
  }

  /** What jobs take from the fleet is made once. */
  private automatedLabeling(own: () => Construct, { automatedLabeling }: Pick<LabelingJobProps, 'automatedLabeling'>): BoundAutomatedLabeling | undefined {
    if (!automatedLabeling) return undefined;
    const known = this.automated.get(automatedLabeling);
    if (known) return known;
    const scope = automatedLabeling === this.props.automatedLabeling ? this.scope : own();
    const bound = bindAutomatedLabeling(scope, automatedLabeling, this.output.role);
    this.automated.set(automatedLabeling, bound);
    return bound;
  }

  /** A job's own task type and labels, else those of the fleet; a file of labels depends on the task type. */
  private taskOf(own: Construct, { taskType, labels }: Pick<LabelingJobProps, 'taskType' | 'labels'>): { task: BoundTaskType; labels?: BoundLabelCategories } {
    const shared = taskType === this.props.taskType;
    return {
      task: shared ? this.task! : taskType._bind(own),
      labels: shared && labels === this.props.labels ? this.labels : labels?._bind(own, taskType._rules.labelDocument),
    };
  }
}

function identityOf({ labelAttributeName, taskType }: LabelingJobProps, input: string, labels: BoundLabelCategories | undefined): LabelingJobIdentity {
  return {
    Input: input,
    LabelAttributeName: labelAttributeName ?? DEFAULT_LABEL_ATTRIBUTE,
    LabelCategories: labels?.identity ?? 'none',
    TaskType: taskType._rules.id,
  };
}

function jobScope(fleet: Construct): Construct {
  return fleet.node.tryFindChild('Jobs') as Construct | undefined ?? new Construct(fleet, 'Jobs');
}
