import { ServiceError } from '../../core/service';
import type { Tag } from '../../core/tags';

export interface ParameterVersion {
  readonly version: number;
  readonly type: string;
  readonly value: string;
  /** What a SecureString looks like undecrypted. */
  readonly ciphertext?: string;
  readonly keyId?: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly tier: string;
  readonly dataType: string;
  readonly policies?: string;
  readonly modified: number;
  readonly modifiedBy: string;
}

/** A parameter with its versions, oldest first. */
export interface Parameter {
  readonly name: string;
  readonly versions: ParameterVersion[];
  tags: Tag[];
}

export const HISTORY_LIMIT = 100;
const VALUE_LIMITS: Readonly<Record<string, number>> = { 'Standard': 4096, 'Intelligent-Tiering': 8192, 'Advanced': 8192 };
const DEPTH_LIMIT = 15;

export function newest(parameter: Parameter): ParameterVersion {
  return parameter.versions[parameter.versions.length - 1];
}

/** The documented rules for names. */
export function checkName(name: string): void {
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    throw invalid('Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_');
  }
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.');
  if (/^\/?(aws|ssm)/i.test(name)) {
    if (/^\/?aws/i.test(name)) throw new ServiceError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
    throw invalid('Parameter name: can\'t be prefixed with "ssm" (case-insensitive).');
  }
  if (name.split('/').length - 1 > DEPTH_LIMIT) {
    throw new ServiceError('HierarchyLevelLimitExceededException', `You can create a parameter hierarchy with up to ${DEPTH_LIMIT} levels.`);
  }
}

export function checkValue(value: string, tier: string, allowedPattern: string | undefined): void {
  if (value.length === 0) throw invalid('1 validation error detected: Value \'\' at \'value\' failed to satisfy constraint: Member must have length greater than or equal to 1');
  if (Buffer.byteLength(value) > VALUE_LIMITS[tier]) {
    throw invalid(tier === 'Standard'
      ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
      : 'Advanced tier parameters support a maximum parameter value of 8192 characters.');
  }
  if (allowedPattern !== undefined && !patternOf(allowedPattern).test(value)) {
    throw new ServiceError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`);
  }
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new ServiceError('InvalidAllowedPatternException', `The parameter\'s allowed pattern is not a regular expression: ${text}`);
  }
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
