import type { LabelCategories } from './label-category-file';
import type { TaskType } from './task-types';

export type LabelingJobStatus = 'Initializing' | 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

export interface LabelCounters {
  readonly TotalLabeled: number;
  readonly HumanLabeled: number;
  readonly MachineLabeled: number;
  readonly FailedNonRetryableError: number;
  readonly Unlabeled: number;
}

export const NO_COUNTERS: LabelCounters = { TotalLabeled: 0, HumanLabeled: 0, MachineLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 0 };

/** The members of CreateLabelingJob's input; the generated constraints have passed already. */
export interface LabelingJobRequest {
  readonly LabelingJobName: string;
  readonly LabelAttributeName: string;
  readonly InputConfig: {
    readonly DataSource: { readonly S3DataSource?: { readonly ManifestS3Uri: string }; readonly SnsDataSource?: { readonly SnsTopicArn: string } };
    readonly DataAttributes?: { readonly ContentClassifiers?: string[] };
  };
  readonly OutputConfig: { readonly S3OutputPath: string; readonly KmsKeyId?: string; readonly SnsTopicArn?: string };
  readonly RoleArn: string;
  readonly LabelCategoryConfigS3Uri?: string;
  readonly StoppingConditions?: { readonly MaxHumanLabeledObjectCount?: number; readonly MaxPercentageOfInputDatasetLabeled?: number };
  readonly LabelingJobAlgorithmsConfig?: {
    readonly LabelingJobAlgorithmSpecificationArn: string;
    readonly InitialActiveLearningModelArn?: string;
    readonly LabelingJobResourceConfig?: {
      readonly VolumeKmsKeyId?: string;
      readonly VpcConfig?: { readonly Subnets: string[]; readonly SecurityGroupIds: string[] };
    };
  };
  readonly HumanTaskConfig: HumanTaskConfig;
  readonly Tags?: Tag[];
}

export interface HumanTaskConfig {
  readonly WorkteamArn: string;
  readonly UiConfig: { readonly UiTemplateS3Uri?: string; readonly HumanTaskUiArn?: string };
  readonly PreHumanTaskLambdaArn?: string;
  readonly AnnotationConsolidationConfig?: { readonly AnnotationConsolidationLambdaArn: string };
  readonly TaskKeywords?: string[];
  readonly TaskTitle: string;
  readonly TaskDescription: string;
  readonly NumberOfHumanWorkersPerDataObject: number;
  readonly TaskTimeLimitInSeconds: number;
  readonly TaskAvailabilityLifetimeInSeconds?: number;
  readonly MaxConcurrentTaskCount?: number;
  readonly PublicWorkforceTaskPrice?: { readonly AmountInUsd?: UsdAmount };
}

export interface UsdAmount {
  readonly Dollars?: number;
  readonly Cents?: number;
  readonly TenthFractionsOfACent?: number;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What the checks at creation found out and the run goes by. */
export interface LabelingPlan {
  readonly taskType: TaskType;
  /** Names of the built-in functions in use, else the ARNs of the user's. */
  readonly preFunction?: TaskFunction;
  readonly consolidationFunction?: TaskFunction;
  readonly template: string;
  /** The names of the label categories. */
  readonly labels: readonly string[];
  readonly categories: LabelCategories;
}

export type TaskFunction = { readonly kind: 'built-in'; readonly taskType: TaskType } | { readonly kind: 'own'; readonly arn: string };

export interface LabelingJob {
  readonly name: string;
  readonly arn: string;
  /** As sent, with the values that the service fills in. */
  readonly request: LabelingJobRequest;
  readonly plan: LabelingPlan;
  readonly jobReferenceCode: string;
  readonly creationTime: Date;
  /** Orders jobs of the same millisecond. */
  readonly sequence: number;
  status: LabelingJobStatus;
  counters: LabelCounters;
  lastModifiedTime: Date;
  failureReason?: string;
  outputUri?: string;
  /** What automated labeling has trained. */
  modelArn?: string;
}

export function isTerminal(status: LabelingJobStatus): boolean {
  return status === 'Completed' || status === 'Failed' || status === 'Stopped';
}

/** Streaming jobs take objects from a topic for as long as any come. */
export function isStreaming({ InputConfig }: LabelingJobRequest): boolean {
  return InputConfig.DataSource.SnsDataSource !== undefined;
}
