import { S3CONTROL_NEEDS, SAGEMAKER_NEEDS } from './jobs';
import { EVENTS_NEEDS, SNS_NEEDS, SQS_NEEDS } from './messaging';
import { CLOUDWATCH_NEEDS, KMS_NEEDS, LAMBDA_NEEDS, QUOTAS_NEEDS, SECRETS_NEEDS, SSM_NEEDS, STATES_NEEDS, STS_NEEDS } from './others';
import { S3_NEEDS } from './s3';
import type { Input, NeedsContext, NeedsTable } from './table';
import type { Need } from '../policy';

interface ServiceNeeds {
  /** How the service's actions begin. */
  readonly prefix: string;
  readonly table: NeedsTable;
}

const SERVICES: Readonly<Record<string, ServiceNeeds>> = {
  'cloudwatch': { prefix: 'cloudwatch', table: CLOUDWATCH_NEEDS },
  'events': { prefix: 'events', table: EVENTS_NEEDS },
  'kms': { prefix: 'kms', table: KMS_NEEDS },
  'lambda': { prefix: 'lambda', table: LAMBDA_NEEDS },
  's3': { prefix: 's3', table: S3_NEEDS },
  's3control': { prefix: 's3', table: S3CONTROL_NEEDS },
  'sagemaker': { prefix: 'sagemaker', table: SAGEMAKER_NEEDS },
  'secretsmanager': { prefix: 'secretsmanager', table: SECRETS_NEEDS },
  'service-quotas': { prefix: 'servicequotas', table: QUOTAS_NEEDS },
  'sns': { prefix: 'sns', table: SNS_NEEDS },
  'sqs': { prefix: 'sqs', table: SQS_NEEDS },
  'ssm': { prefix: 'ssm', table: SSM_NEEDS },
  'stepfunctions': { prefix: 'states', table: STATES_NEEDS },
  'sts': { prefix: 'sts', table: STS_NEEDS },
};

/** What a call needs. Of operations without a row only the action is known: then a right to it on any resource will do. */
export async function needsOf(service: string, operation: string, input: Input, context: NeedsContext): Promise<readonly Need[]> {
  const { prefix, table } = SERVICES[service] ?? { prefix: service, table: {} };
  const needs = await table[operation]?.(input, context) ?? [{ action: `${prefix}:${operation}` }];
  const { partition } = context.settings;
  return needs.map((need) => ({ ...need, resource: need.resource?.replace(/^arn:aws:s3:::/, `arn:${partition}:s3:::`) }));
}
