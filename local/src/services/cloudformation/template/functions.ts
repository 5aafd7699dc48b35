import { cidr } from './cidr';
import { templateError, templateFormatError, validationError } from './errors';
import type { Surroundings } from './evaluate';
import { getAttArguments, SUBSTITUTION } from './references';
import { isObject } from './template';

type FunctionContext = Surroundings & { resolve(value: unknown): Promise<unknown> };
type IntrinsicFunction = (argument: unknown, context: FunctionContext) => Promise<unknown>;

export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** Every intrinsic function outside of conditions. */
export const FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'Ref': ref,
  'Fn::Base64': async (argument, { resolve }) => Buffer.from(text(await resolve(argument), 'Fn::Base64')).toString('base64'),
  'Fn::Cidr': async (argument, { resolve }) => {
    const [block, count, bits] = list(await resolve(argument), 'Fn::Cidr');
    return cidr(String(block), Number(count), bits === undefined ? undefined : Number(bits));
  },
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::GetAZs': async (argument, { resolve, availabilityZones, ref: refer }) =>
    [...availabilityZones(String(await resolve(argument) || refer('AWS::Region')))],
  'Fn::If': async (argument, { conditions, resolve }) => {
    if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
      throw templateError('Fn::If requires a list argument with the first element being a condition');
    }
    return resolve(await conditions.isTrue(argument[0]) ? argument[1] : argument[2]);
  },
  'Fn::ImportValue': async (argument, { resolve, importValue }) => importValue(text(await resolve(argument), 'Fn::ImportValue')),
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': async (argument, { resolve }) => {
    const [delimiter, source] = list(await resolve(argument), 'Fn::Split');
    if (typeof delimiter !== 'string' || delimiter === '' || !isScalar(source)) {
      throw templateError('every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.');
    }
    return String(source).split(delimiter);
  },
  'Fn::Sub': sub,
  'Fn::Length': languageExtension('Fn::Length', (value) => {
    if (!Array.isArray(value)) {
      throw templateError('Fn::Length needs a list');
    }
    return value.length;
  }),
  'Fn::ToJsonString': languageExtension('Fn::ToJsonString', (value) => JSON.stringify(value)),
};

async function ref(argument: unknown, { ref: refer }: FunctionContext): Promise<unknown> {
  const value = typeof argument === 'string' ? refer(argument) : undefined;
  if (value === undefined) {
    throw templateFormatError(`Unresolved resource dependencies [${String(argument)}] in the Resources block of the template`);
  }
  return value;
}

async function getAtt(argument: unknown, { getAtt: attributeOf, resolve }: FunctionContext): Promise<unknown> {
  const parts = getAttArguments(argument);
  if (!parts) {
    throw templateError('every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute');
  }
  return attributeOf(parts[0], text(await resolve(parts[1]), 'Fn::GetAtt'));
}

async function findInMap(argument: unknown, { mappings, resolve, transforms }: FunctionContext): Promise<unknown> {
  if (!Array.isArray(argument) || argument.length < 3 || argument.length > 4) {
    throw templateError('every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value');
  }
  const [map, top, second] = (await Promise.all(argument.slice(0, 3).map(resolve))).map(String);
  const found = mappings[map]?.[top]?.[second];
  if (found !== undefined) {
    return found;
  }
  const fallback: unknown = argument[3];
  if (isObject(fallback) && 'DefaultValue' in fallback && transforms.includes(LANGUAGE_EXTENSIONS)) {
    return resolve(fallback.DefaultValue);
  }
  throw mappings[map] === undefined
    ? templateError(`Unable to get mapping for ${map}`)
    : templateError(`Unable to get mapping for ${map}::${top}::${second}`);
}

async function join(argument: unknown, { resolve }: FunctionContext): Promise<unknown> {
  const wrong = () => templateError('every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.');
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string') {
    throw wrong();
  }
  const members = await resolve(argument[1]);
  if (!Array.isArray(members) || !members.every(isScalar)) {
    throw wrong();
  }
  return members.join(argument[0]);
}

async function select(argument: unknown, { resolve }: FunctionContext): Promise<unknown> {
  const [index, members] = list(await resolve(argument), 'Fn::Select');
  if (!Array.isArray(members) || !/^\d+$/.test(String(index))) {
    throw templateError('Fn::Select requires a list argument with two elements: an integer index and a list');
  }
  if (Number(index) >= members.length) {
    throw templateError(`Fn::Select cannot select nonexistent value at index ${String(index)}`);
  }
  return members[Number(index)];
}

async function sub(argument: unknown, { ref: refer, getAtt: attributeOf, resolve }: FunctionContext): Promise<unknown> {
  const [source, variables] = Array.isArray(argument) ? argument as [unknown, unknown] : [argument, {}];
  if (typeof source !== 'string' || !isObject(variables) || (Array.isArray(argument) && argument.length !== 2)) {
    throw templateError('One or more Fn::Sub intrinsic functions don\'t specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string');
  }
  const own = await resolve(variables) as Record<string, unknown>;
  return source.replace(SUBSTITUTION, (_, literal: string, inside: string) => {
    const name = inside.trim();
    if (literal) {
      return `\${${inside}}`;
    }
    const parts = getAttArguments(name);
    const value = name in own ? own[name] : parts ? attributeOf(parts[0], String(parts[1])) : refer(name);
    if (!isScalar(value)) {
      throw value === undefined
        ? templateFormatError(`Unresolved resource dependencies [${name}] in the Resources block of the template`)
        : templateError('Fn::Sub expression does not resolve to a string');
    }
    return String(value);
  });
}

function languageExtension(name: string, compute: (value: unknown) => unknown): IntrinsicFunction {
  return async (argument, { resolve, transforms }) => {
    if (!transforms.includes(LANGUAGE_EXTENSIONS)) {
      throw validationError(`Template format error: ${name} is only available with "Transform": "${LANGUAGE_EXTENSIONS}"`);
    }
    return compute(await resolve(argument));
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function text(value: unknown, name: string): string {
  if (!isScalar(value)) {
    throw templateError(`every ${name} object must have a String-typed value.`);
  }
  return String(value);
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) {
    throw templateError(`${name} requires a list argument`);
  }
  return value;
}
