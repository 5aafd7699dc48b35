import { NO_CATEGORIES } from './label-category-file';
import type { LabelingJobRequest, LabelingPlan } from './labeling-job';
import { FUNCTION_ACCOUNTS, TASK_TYPE_BY_SUFFIX } from './task-types';
import type { EngineSettings } from '../../core/engine';

const SUFFIX = 'TextMultiClass';

export const SEEDED_PLAN: LabelingPlan = { taskType: TASK_TYPE_BY_SUFFIX.get(SUFFIX)!, template: '', labels: [], categories: NO_CATEGORIES };

/** What a seeded job is said to have been created with; nothing of it needs to exist. */
export function seededRequest({ partition, region, accountId }: EngineSettings): Omit<LabelingJobRequest, 'LabelingJobName'> {
  const builtIn = (role: string) => `arn:${partition}:lambda:${region}:${FUNCTION_ACCOUNTS[region] ?? accountId}:function:${role}-${SUFFIX}`;
  return {
    LabelAttributeName: 'label',
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://seeded-labeling-data/input.manifest' } } },
    OutputConfig: { S3OutputPath: 's3://seeded-labeling-data/output/', KmsKeyId: '' },
    RoleArn: `arn:${partition}:iam::${accountId}:role/seeded-labeling`,
    LabelCategoryConfigS3Uri: 's3://seeded-labeling-data/labels.json',
    HumanTaskConfig: {
      WorkteamArn: `arn:${partition}:sagemaker:${region}:${accountId}:workteam/private-crowd/seeded`,
      UiConfig: { UiTemplateS3Uri: 's3://seeded-labeling-data/template.liquid.html' },
      PreHumanTaskLambdaArn: builtIn('PRE'),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: builtIn('ACS') },
      TaskTitle: 'Seeded',
      TaskDescription: 'A job that never ran',
      NumberOfHumanWorkersPerDataObject: 3,
      TaskTimeLimitInSeconds: 600,
      TaskAvailabilityLifetimeInSeconds: 2_592_000,
      MaxConcurrentTaskCount: 1000,
    },
  };
}
