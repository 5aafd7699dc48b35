import type { ServiceFactory } from '../core/service';
import { createLambda } from './lambda';
import { createLogs } from './logs';
import { createS3 } from './s3';
import { createStepFunctions } from './stepfunctions';
import { createSts } from './sts';

/** Every service of the engine: a new one adds its line here and its operations to `scripts/served-operations.ts`. */
export const SERVICE_FACTORIES: readonly ServiceFactory[] = [
  createLambda,
  createLogs,
  createS3,
  createStepFunctions,
  createSts,
];
