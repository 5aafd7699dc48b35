/**
 * What passes between the `ObjectFunction` construct and the bootstrap that it puts before the author's function. The bootstrap comes as a
 * layer, in JavaScript (`runtime/object-function.layer.ts`) and in Python (`runtime/object-function/python`).
 */
export const OBJECT_FUNCTION_BUNDLE = 'object-function';

/** Handlers within the layer, by family of runtimes. */
export const OBJECT_FUNCTION_BOOTSTRAPS = {
  nodejs: '/opt/nodejs/object-function.handler',
  python: 'cdk_labeling_object_function.handler',
} as const;

/** Variables of the function's environment. */
export const OBJECT_FUNCTION_VARIABLES = {
  /** The author's handler, in Lambda's spelling: `index.handler`. */
  handler: 'OBJECT_FUNCTION_HANDLER',
  /** `TemporaryFailure` or `PermanentFailure`: what an error is that does not say. */
  errors: 'OBJECT_FUNCTION_ERRORS',
  /** The same, for tasks that the answer leaves out. */
  missing: 'OBJECT_FUNCTION_MISSING_KEYS',
} as const;

/** As S3 spells them. */
export type ObjectFailureCode = 'TemporaryFailure' | 'PermanentFailure';
