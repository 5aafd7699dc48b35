import { createCloudFormation } from './cloudformation';
import { createCloudWatch } from './cloudwatch';
import { createCognito } from './cognito-idp';
import { createEvents } from './events';
import { createIam } from './iam';
import { createKms } from './kms';
import { createLambda } from './lambda';
import { createLogs } from './logs';
import { createS3 } from './s3';
import { createS3Control } from './s3control';
import { createSageMaker } from './sagemaker';
import { createSecretsManager } from './secretsmanager';
import { createServiceQuotas } from './service-quotas';
import { createSns } from './sns';
import { createSqs } from './sqs';
import { createSsm } from './ssm';
import { createStepFunctions } from './stepfunctions';
import { createSts } from './sts';
import type { ServiceFactory } from '../core/service';

/** Every service of the engine: a new one adds its line here and its operations to `scripts/served-operations.ts`. */
export const SERVICE_FACTORIES: readonly ServiceFactory[] = [
  createCloudFormation,
  createCloudWatch,
  createCognito,
  createEvents,
  createIam,
  createKms,
  createLambda,
  createLogs,
  createS3,
  createS3Control,
  createSageMaker,
  createSecretsManager,
  createServiceQuotas,
  createSns,
  createSqs,
  createSsm,
  createStepFunctions,
  createSts,
];
