/** All that a job's construct knows of its request; every text may be one that CloudFormation resolves. */
export interface LabelingJobRequestInput {
  /** Absent where the handlers make the manifest. */
  readonly manifestUri?: string;
  /** There for a streaming job. */
  readonly inputTopicArn?: string;
  readonly outputTopicArn?: string;
  readonly contentClassifiers?: readonly string[];
  readonly outputPath: string;
  readonly outputKeyId?: string;
  readonly roleArn: string;
  readonly labelCategoriesUri?: string;
  readonly maxHumanLabeledObjectCount?: number;
  readonly maxPercentageOfInputDatasetLabeled?: number;
  readonly workteamArn?: string;
  readonly templateUri?: string;
  readonly humanTaskUiArn?: string;
  readonly preHumanTaskLambdaArn?: string;
  readonly consolidationLambdaArn?: string;
  readonly taskKeywords?: readonly string[];
  readonly taskTitle: string;
  readonly taskDescription: string;
  readonly workersPerDataObject: number;
  readonly taskTimeLimitSeconds: number;
  readonly taskAvailabilityLifetimeSeconds?: number;
  readonly maxConcurrentTaskCount?: number;
  /** Tenths of a cent. */
  readonly taskPrice?: number;
  readonly automatedLabeling?: AutomatedLabelingInput;
}

/** Labeling by a model that learns from the workers. */
export interface AutomatedLabelingInput {
  readonly algorithmArn: string;
  readonly initialModelArn?: string;
  readonly volumeKeyId?: string;
  /** Both or none. */
  readonly subnetIds?: readonly string[];
  readonly securityGroupIds?: readonly string[];
}

/**
 * The CreateLabelingJob request, without the members that only the deployment knows: name, label attribute, tags.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateLabelingJob.html
 */
export function labelingJobRequest(input: LabelingJobRequestInput): Record<string, unknown> {
  return compact({
    InputConfig: {
      DataSource: dataSource(input),
      DataAttributes: input.contentClassifiers && { ContentClassifiers: input.contentClassifiers },
    },
    OutputConfig: { S3OutputPath: input.outputPath, KmsKeyId: input.outputKeyId, SnsTopicArn: input.outputTopicArn },
    RoleArn: input.roleArn,
    LabelCategoryConfigS3Uri: input.labelCategoriesUri,
    StoppingConditions: stoppingConditions(input),
    LabelingJobAlgorithmsConfig: input.automatedLabeling && algorithmsConfig(input.automatedLabeling),
    HumanTaskConfig: {
      WorkteamArn: input.workteamArn,
      UiConfig: { UiTemplateS3Uri: input.templateUri, HumanTaskUiArn: input.humanTaskUiArn },
      PreHumanTaskLambdaArn: input.preHumanTaskLambdaArn,
      AnnotationConsolidationConfig: input.consolidationLambdaArn && { AnnotationConsolidationLambdaArn: input.consolidationLambdaArn },
      TaskKeywords: input.taskKeywords,
      TaskTitle: input.taskTitle,
      TaskDescription: input.taskDescription,
      NumberOfHumanWorkersPerDataObject: input.workersPerDataObject,
      TaskTimeLimitInSeconds: input.taskTimeLimitSeconds,
      TaskAvailabilityLifetimeInSeconds: input.taskAvailabilityLifetimeSeconds,
      MaxConcurrentTaskCount: input.maxConcurrentTaskCount,
      PublicWorkforceTaskPrice: input.taskPrice !== undefined ? { AmountInUsd: amountInUsd(input.taskPrice) } : undefined,
    },
  });
}

function dataSource({ manifestUri, inputTopicArn }: LabelingJobRequestInput): Record<string, unknown> | undefined {
  if (manifestUri === undefined && inputTopicArn === undefined) return undefined;
  return {
    S3DataSource: manifestUri === undefined ? undefined : { ManifestS3Uri: manifestUri },
    SnsDataSource: inputTopicArn === undefined ? undefined : { SnsTopicArn: inputTopicArn },
  };
}

function algorithmsConfig({ algorithmArn, initialModelArn, volumeKeyId, subnetIds, securityGroupIds }: AutomatedLabelingInput): Record<string, unknown> {
  const VpcConfig = subnetIds && { SecurityGroupIds: securityGroupIds, Subnets: subnetIds };
  return {
    LabelingJobAlgorithmSpecificationArn: algorithmArn,
    InitialActiveLearningModelArn: initialModelArn,
    LabelingJobResourceConfig: volumeKeyId !== undefined || VpcConfig ? { VolumeKmsKeyId: volumeKeyId, VpcConfig } : undefined,
  };
}

/** 36 tenths of a cent are 0 dollars, 3 cents, 6 tenths. */
export function amountInUsd(tenthsOfACent: number): { Dollars: number; Cents: number; TenthFractionsOfACent: number } {
  return {
    Dollars: Math.floor(tenthsOfACent / 1000),
    Cents: Math.floor((tenthsOfACent % 1000) / 10),
    TenthFractionsOfACent: tenthsOfACent % 10,
  };
}

function stoppingConditions(input: LabelingJobRequestInput): Record<string, number | undefined> | undefined {
  if (input.maxHumanLabeledObjectCount === undefined && input.maxPercentageOfInputDatasetLabeled === undefined) return undefined;
  return {
    MaxHumanLabeledObjectCount: input.maxHumanLabeledObjectCount,
    MaxPercentageOfInputDatasetLabeled: input.maxPercentageOfInputDatasetLabeled,
  };
}

/** Without members that are not there: CloudFormation knows no `undefined`. */
function compact(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, isPlainObject(member) ? compact(member) : member]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
