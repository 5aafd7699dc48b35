import { CustomResource, TagManager } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { STACK_GUID, StateBucket } from '../../private/state-bucket';
import { ReconcileOn } from '../../reconcile-on';
import { resumePolicy } from '../../resume-options';
import { FleetJob } from '../fleet-job';
import { FailOn, JobFleetProps } from '../job-fleet-props';
import { JobRemoval } from '../job-removal';
import { BoundAutomatedLabeling } from './automated-labeling';
import type { JobDeclaration } from './declarations-contract';
import { InputLocation } from './execution-role';
import { FleetDeclarations } from './fleet-declarations';
import { BoundDataset, FleetParts } from './fleet-parts';
import { ENDED, jobEvents, jobResources } from './job-events';
import { JOB_FLEET_CONTRACT_VERSION, JOB_FLEET_RESOURCE_TYPE, JobFleetProperties } from './job-fleet-contract';
import { allowAdoptedJob, allowAdoptedLabels, allowDataset, allowFleet, fleetSteps, jobFleetProvider, outputFolder } from './job-fleet-provider';
import { FleetResult, fleetResult } from './job-fleet-result';
import { fleetStateMachine } from './job-fleet-state-machine';
import { grantReadLabels, JobOutput, jobOutput, outputBuckets } from './job-output';
import { labelingJobArn } from './labeling-job-arn';
import { allowExecution, formerLabels } from './labeling-job-role';
import { LabelsExport } from './labels-export';
import { allowExport, exportStates } from './labels-export-states';
import { lifecycleProperties } from './lifecycle-properties';
import { BoundTaskType } from './task-type-definition';
import { DesiredState, ReconcileMode } from '../../desired-state';
import { fleetNames, JobNames } from '../../private/job-names';
import { JobProvider, SERVICE_TIMEOUT } from '../../private/job-provider';
import { ownLogicalId } from '../../private/own-logical-id';

const DEFAULT_RECONCILE_ON = ReconcileOn.anyOf(ReconcileOn.CHANGE, ReconcileOn.STATE_CHANGE);

/** The custom resource of a fleet with all that stands around it. */
export class JobFleetResource {
  public readonly names: JobNames;
  public readonly output: JobOutput;
  public readonly result: FleetResult;
  public readonly eventResources: string[];
  public readonly stateMachine: sfn.StateMachine;
  public readonly resource: CustomResource;
  private readonly declarations: FleetDeclarations;
  private readonly parts: FleetParts;
  private readonly provider: JobProvider;
  private readonly exporter: LabelsExport;

  constructor(private readonly fleet: Construct, props: JobFleetProps, tags: TagManager) {
    this.names = fleetNames(fleet);
    this.output = jobOutput(fleet, props);
    this.result = fleetResult(this.output, this.names.base, props.result);
    this.parts = new FleetParts(fleet, props, this.output);
    this.provider = jobFleetProvider(fleet);
    const stateBucket = props.stateBucket ?? StateBucket.of(fleet);
    const dataset = this.dataset(props);
    this.declarations = new FleetDeclarations(fleet, {
      nameBase: this.names.base,
      path: this.names.path,
      head: { resume: resumePolicy(props.resume), resultUri: this.result.uri },
      dataset: dataset?.spec,
      datasetJob: dataset?.job,
    });
    this.eventResources = jobResources(fleet, labelingJobArn(fleet, `${this.names.base}-`), () => this.adopted);

    const logicalId = ownLogicalId(fleet, () => this.resource);
    const constants = { stateBucket: stateBucket.bucketName, prefix: `${STACK_GUID}/${logicalId}/` };
    this.exporter = this.allowedExporter(stateBucket);
    const merge = exportStates(fleet, this.exporter, {
      bucket: this.result.bucket, resultUri: this.result.uri, escapeFormulas: this.result.escapeFormulas, fleet: constants,
    });
    this.stateMachine = fleetStateMachine(fleet, 'StateMachine', { constants, ...fleetSteps(this.provider), merge });
    allowExport(this.stateMachine, this.result.bucket);
    const reconcileOn = (props.reconcileOn ?? DEFAULT_RECONCILE_ON)._bind(fleet, {
      ended: jobEvents(this.eventResources, ENDED),
      wake: () => new targets.SfnStateMachine(this.stateMachine),
    });
    allowFleet(fleet, this.provider, {
      names: this.names,
      stateBuckets: [stateBucket, ...props.formerStateBuckets ?? []],
      output: this.output,
      stateMachine: this.stateMachine,
      specArn: this.declarations.arnPattern,
      driftParameter: reconcileOn.driftParameter,
    });

    const properties: Omit<Record<keyof JobFleetProperties, unknown>, 'ServiceToken'> = {
      ...lifecycleProperties(fleet, props, tags, props.removal ?? (props.jobs?._parts.declarations ? JobRemoval.RETAIN : JobRemoval.STOP)),
      ContractVersion: JOB_FLEET_CONTRACT_VERSION,
      StateBucket: stateBucket.bucketName,
      NameBase: this.names.base,
      Path: this.names.path,
      SpecUri: this.declarations.uri,
      Tokens: this.declarations.tokens,
      StateMachineArn: this.stateMachine.stateMachineArn,
      Mode: props.mode ?? ReconcileMode.ENFORCE,
      DesiredState: props.desiredState ?? DesiredState.RUNNING,
      MaxConcurrentJobs: props.maxConcurrentJobs,
      FailOn: props.failOn === FailOn.JOB_FAILED ? props.failOn : undefined,
      ReconcileNonce: reconcileOn.nonce,
      DriftParameter: reconcileOn.driftParameter,
    };
    this.resource = new CustomResource(fleet, 'Resource', {
      serviceToken: this.provider.serviceToken,
      resourceType: JOB_FLEET_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    this.resource.node.addDependency(stateBucket, this.output.bucket, this.output.role, this.stateMachine, ...this.provider.permissions, ...reconcileOn.before);
    this.allowJobs(formerLabels(this.output, [`*${this.names.base}-*`]), []);
    if (dataset) this.allowJobs(dataset.inputs, [dataset.task], dataset.automated);
    for (const declaration of props.jobs?._parts.declarations ?? []) this.addDeclaration(declaration);
  }

  /** Names of jobs that others have made. */
  public get adopted(): string[] {
    return this.declarations.adopted;
  }

  public addJob(key: string, job: FleetJob): void {
    this.declarations.checkKey(key);
    const { member, manifest, inputs, labelFile, task, automated } = this.parts.job(key, job);
    this.declarations.add(member);
    this.exporter.allowRead(manifest, manifest.keys);
    if (member.adopt !== undefined) {
      allowAdoptedJob(this.fleet, this.provider, member.adopt);
      if (labelFile) allowAdoptedLabels(this.provider, [labelFile, { bucket: this.output.bucket, keys: '*.json' }]);
      inputs.push(...formerLabels(this.output, [`*${member.adopt}/*`]));
      for (const output of outputBuckets(this.output)) this.exporter.allowRead(output, `*${member.adopt}/*`);
    }
    this.allowJobs(inputs, [task], automated ? [automated] : []);
  }

  private addDeclaration(declaration: JobDeclaration): void {
    const { adopt, input, request } = declaration;
    allowAdoptedJob(this.fleet, this.provider, adopt, declaration);
    this.exporter.allowReadUri(input);
    this.exporter.allowReadUri(`${outputFolder(request)}*`, (request.OutputConfig as { KmsKeyId?: string }).KmsKeyId);
    this.declarations.add(this.parts.declaration(declaration));
  }

  private allowedExporter(stateBucket: s3.IBucket): LabelsExport {
    const exporter = LabelsExport.of(this.fleet);
    exporter.allowState(stateBucket);
    exporter.allowResult(this.result);
    for (const output of outputBuckets(this.output)) exporter.allowRead(output, `*${this.names.stackWide}-*`);
    return exporter;
  }

  private dataset(props: JobFleetProps): BoundDataset | undefined {
    const split = props.jobs?._parts.dataset;
    if (!split) return undefined;
    const folder = `${this.output.keyPrefix}parts/${this.names.base}`;
    const dataset = this.parts.dataset(split, this.output.bucket.s3UrlForObject(folder), `${folder}/*`);
    allowDataset(this.provider, dataset.source, { bucket: this.output.bucket, keys: `${folder}/*` });
    return dataset;
  }

  /** The role may do what further jobs need, and functions of theirs read the answers. */
  private allowJobs(inputs: readonly InputLocation[], tasks: readonly BoundTaskType[], automated: readonly BoundAutomatedLabeling[] = []): void {
    const { bucket, keys, key } = this.output;
    const grants = tasks.flatMap(({ consolidation }) => (consolidation ? [grantReadLabels(consolidation, bucket, keys, key)] : []));
    const permissions = allowExecution(this.fleet, this.output, inputs, tasks, automated.flatMap(({ roleStatements }) => roleStatements));
    this.resource.node.addDependency(...permissions, ...grants, ...automated.flatMap(({ before }) => before));
  }
}
