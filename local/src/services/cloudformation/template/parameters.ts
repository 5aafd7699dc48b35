import { templateFormatError, validationError } from './errors';
import type { ParameterDeclaration } from './template';

/** A parameter as the request gives it. */
export interface ParameterInput {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: boolean;
}

export interface Parameter {
  /** As given: what DescribeStacks shows. */
  readonly value: string;
  /** What an SSM parameter held when the operation began. */
  readonly resolvedValue?: string;
  readonly noEcho: boolean;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** Reads the values of SSM parameters; missing ones are left out. */
export type ReadSsmParameters = (names: readonly string[]) => Promise<Readonly<Record<string, string>>>;

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;
const AWS_TYPE = /^AWS::(EC2::(AvailabilityZone::Name|Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::GroupName|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id|SSM::Parameter::Name)$/;

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** The type of the value itself: of what an SSM parameter holds, for the SSM types. */
function valueType(type: string): string {
  return SSM_VALUE.exec(type)?.[1] ?? type;
}

export function isParameterType(type: unknown): boolean {
  if (typeof type !== 'string') {
    return false;
  }
  const inner = valueType(type);
  const member = /^List<(.+)>$/.exec(inner)?.[1] ?? inner;
  return ['String', 'CommaDelimitedList'].includes(inner) || AWS_TYPE.test(member) || (member === 'Number' && inner === type) || (inner !== type && inner === 'List<String>');
}

/** What Ref answers. */
export function parameterValue({ Type }: ParameterDeclaration, { value, resolvedValue }: Parameter): string | string[] {
  const text = resolvedValue ?? value;
  return isList(valueType(Type)) ? text.split(',').map((member) => member.trim()) : text;
}

/** Values for all declared parameters: given, previous or default; with the texts of CloudFormation's refusals. */
export async function resolveParameters(
  declarations: Readonly<Record<string, ParameterDeclaration>>, given: readonly ParameterInput[], previous: Parameters, readSsm: ReadSsmParameters,
): Promise<Parameters> {
  const unknown = given.map(({ ParameterKey }) => ParameterKey!).filter((key) => !(key in declarations));
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const values = new Map(Object.entries(declarations).map(([key, declaration]) =>
    [key, givenValue(key, given.find(({ ParameterKey }) => ParameterKey === key), declaration, previous)]));
  const missing = [...values].filter(([, value]) => value === undefined).map(([key]) => key);
  if (missing.length > 0) {
    throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  }
  const ssm = await readSsmValues(declarations, values as Map<string, string>, readSsm);
  return Object.fromEntries(Object.entries(declarations).map(([key, declaration]) => {
    const value = values.get(key)!;
    checkValue(key, value, declaration);
    return [key, { value, noEcho: String(declaration.NoEcho) === 'true', ...(key in ssm ? { resolvedValue: ssm[key] } : {}) }];
  }));
}

function givenValue(key: string, input: ParameterInput | undefined, { Default }: ParameterDeclaration, previous: Parameters): string | undefined {
  if (input?.UsePreviousValue) {
    if (input.ParameterValue !== undefined) {
      throw validationError(`Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`);
    }
    if (!(key in previous)) {
      throw validationError(`Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`);
    }
    return previous[key].value;
  }
  return input?.ParameterValue ?? (Default === undefined ? undefined : String(Default));
}

async function readSsmValues(
  declarations: Readonly<Record<string, ParameterDeclaration>>, values: ReadonlyMap<string, string>, readSsm: ReadSsmParameters,
): Promise<Record<string, string>> {
  const keys = Object.keys(declarations).filter((key) => SSM_VALUE.test(declarations[key].Type));
  if (keys.length === 0) {
    return {};
  }
  const names = keys.map((key) => values.get(key)!);
  const found = await readSsm([...new Set(names)]);
  const missing = names.filter((name) => !(name in found));
  if (missing.length > 0) {
    throw validationError(`Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`);
  }
  return Object.fromEntries(keys.map((key) => [key, found[values.get(key)!]]));
}

function checkValue(key: string, value: string, declaration: ParameterDeclaration): void {
  const problem = problemOf(value, declaration);
  if (problem) {
    throw validationError(declaration.ConstraintDescription
      ? `Parameter ${key} failed to satisfy constraint: ${declaration.ConstraintDescription}`
      : `Parameter '${key}' ${problem}`);
  }
}

function problemOf(value: string, { Type, AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue }: ParameterDeclaration): string | undefined {
  const members = isList(Type) ? value.split(',').map((member) => member.trim()) : [value];
  const isNumber = Type === 'Number' || Type === 'List<Number>';
  if (isNumber && members.some((member) => member.trim() === '' || Number.isNaN(Number(member)))) {
    return 'must be a number';
  }
  if (AllowedValues && !members.every((member) => AllowedValues.map(String).includes(member))) {
    return 'must be one of AllowedValues';
  }
  if (AllowedPattern !== undefined && !members.every((member) => new RegExp(`^(?:${AllowedPattern})$`).test(member))) {
    return `must match pattern ${AllowedPattern}`;
  }
  if (MinLength !== undefined && value.length < Number(MinLength)) {
    return `must contain at least ${String(MinLength)} characters`;
  }
  if (MaxLength !== undefined && value.length > Number(MaxLength)) {
    return `must contain at most ${String(MaxLength)} characters`;
  }
  if (isNumber && MinValue !== undefined && members.some((member) => Number(member) < Number(MinValue))) {
    return `must be a number not less than ${String(MinValue)}`;
  }
  if (isNumber && MaxValue !== undefined && members.some((member) => Number(member) > Number(MaxValue))) {
    return `must be a number not greater than ${String(MaxValue)}`;
  }
  return undefined;
}

/** Problems that a declaration has without any value. */
export function checkParameterDeclarations(declarations: Readonly<Record<string, ParameterDeclaration>>): void {
  for (const [key, declaration] of Object.entries(declarations)) {
    if (!isParameterType(declaration?.Type)) {
      throw templateFormatError(declaration?.Type === undefined
        ? `Every Parameters object must contain a Type member (parameter ${key}).`
        : `Unrecognized parameter type: ${String(declaration.Type)}`);
    }
  }
}
