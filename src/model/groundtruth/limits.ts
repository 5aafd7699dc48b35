/**
 * Every number of the Ground Truth API that the library checks, once. The source of each stands beside it:
 * API = the service's public model, DG = the SageMaker Developer Guide.
 */
export const LIMITS = {
  /** API: LabelAttributeName. */
  labelAttributeNameLength: 127,
  /** API: TaskTitle. */
  taskTitleLength: 128,
  /** API: TaskDescription. */
  taskDescriptionLength: 255,
  /** API: TaskKeywords. */
  keywords: { min: 1, max: 5 },
  /** API: TaskKeyword. */
  keywordLength: 30,
  /** API: NumberOfHumanWorkersPerDataObject. */
  workersPerDataObject: { min: 1, max: 9 },
  /** API: TaskTimeLimitInSeconds, shortest. DG: 8 hours for images, text and custom, 30 days for video frames and point clouds. */
  taskTimeLimitSeconds: { min: 30, max: 28_800, maxForSequences: 2_592_000 },
  /** API: TaskAvailabilityLifetimeInSeconds; 12 hours on Mechanical Turk, 30 days for private and vendor teams. */
  taskAvailabilitySeconds: { min: 60, max: 2_592_000, maxForPublic: 43_200 },
  /** API: MaxConcurrentTaskCount. More than 1,000 needs a support case although the shape allows it. */
  maxConcurrentTaskCount: { min: 1, max: 5_000 },
  /** API: LabelingJobStoppingConditions. */
  maxHumanLabeledObjectCount: { min: 1, max: 2_147_483_647 },
  maxPercentageOfInputDatasetLabeled: { min: 1, max: 100 },
  /** DG, sms-automated-labeling and input-data-limits: objects that automated labeling needs, and labels that it takes for semantic segmentation. */
  automatedLabeling: { minObjects: 1_250, maxSegmentationLabels: 20 },
  /** API: VpcConfig. */
  vpcSubnets: { min: 1, max: 16 },
  vpcSecurityGroups: { min: 1, max: 5 },
  /** API: Tags, TagKey, TagValue. */
  tags: 50,
  tagKeyLength: 128,
  tagValueLength: 256,
  /** API: S3Uri. */
  s3UriLength: 1_024,
  /** DG, sms-input-data-input-manifest: characters of a line, and of the value of an attribute. */
  manifestLineLength: 100_000,
  manifestValueLength: 20_000,
  /** DG, input-data-limits: objects of a data set (an adjustable quota). */
  manifestLines: 100_000,
  /** DG, input-data-limits: objects of a data set for semantic segmentation; fixed. */
  segmentationManifestLines: 20_000,
  /** DG, input-data-limits: characters of a label's name. */
  labelLength: 256,
  /** DG, sms-label-cat-config-attributes: labels and attributes of video frames and point clouds. */
  frameLabels: { nameLength: 16, descriptionLength: 128, attributes: 10, freeTextAttributes: 5, values: { min: 1, max: 10 } },
  /** DG, sms-label-cat-config-attributes: characters of the instructions, below 255 and 2,048. */
  instructionsLength: { short: 254, full: 2_047 },
  /** API: UiTemplate content, in characters. */
  templateLength: 128_000,
  /** API: WorkteamName, Description, MemberDefinitions, user group, OIDC groups and their names. */
  workteamNameLength: 63,
  workteamDescriptionLength: 200,
  workteamMembers: { min: 1, max: 10 },
  cognitoGroupLength: 128,
  oidcGroups: { min: 1, max: 10 },
  oidcGroupLength: 63,
  /** API: ListLabelingJobs. */
  listPageSize: { min: 1, max: 100 },
  nameContainsLength: 63,
  nextTokenLength: 8_192,
} as const;

/** A closed range of whole numbers. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** API patterns, anchored. */
export const PATTERNS = {
  labelAttributeName: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,126}$/,
  labelingJobName: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
  workteamName: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
  workforceName: /^[a-zA-Z0-9]([a-zA-Z0-9-]){0,62}$/,
  nameContains: /^[a-zA-Z0-9-]+$/,
  keyword: /^[A-Za-z0-9]+( [A-Za-z0-9]+)*$/,
  taskTitle: /^[\t\n\r -\uD7FF\uE000-\uFFFD]*$/,
  /** The API's `.+`: no line break. */
  taskDescription: /^[^\n\r]+$/,
  tag: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  workteamArn: /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:workteam\/.+$/,
  modelArn: /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:model\/[a-zA-Z0-9](-*[a-zA-Z0-9])*$/,
  labelingJobArn: /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:labeling-job\/.+$/,
} as const;
