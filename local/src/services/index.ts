import type { ServiceFactory } from '../core/service';
import { createCloudFormation } from './cloudformation';
import { createLambda } from './lambda';
import { createLogs } from './logs';
import { createS3 } from './s3';
import { createSageMaker } from './sagemaker';
import { createSns } from './sns';
import { createSqs } from './sqs';
import { createStepFunctions } from './stepfunctions';
import { createSts } from './sts';

/** Every service of the engine: a new one adds its line here and its operations to `scripts/served-operations.ts`. */
export const SERVICE_FACTORIES: readonly ServiceFactory[] = [
  createCloudFormation,
  createLambda,
  createLogs,
  createS3,
  createSageMaker,
  createSns,
  createSqs,
  createStepFunctions,
  createSts,
];
