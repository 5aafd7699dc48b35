import type { Conditions } from './conditions';
import { templateError, validationError } from './errors';
import { isObject, type RuleDeclaration } from './template';

type Resolve = (value: unknown) => Promise<unknown>;

/** Functions that only rules have; the values of `Fn::RefAll` and its kin would be those of AWS-specific parameter types. */
const RULE_FUNCTIONS: Readonly<Record<string, (lists: readonly unknown[]) => boolean>> = {
  'Fn::Contains': ([values, value]) => texts(values).includes(String(value)),
  'Fn::EachMemberEquals': ([values, value]) => texts(values).every((member) => member === String(value)),
  'Fn::EachMemberIn': ([values, allowed]) => texts(values).every((member) => texts(allowed).includes(member)),
};

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw templateError('a rule function needs a list of strings');
  }
  return value.map(String);
}

/** Checks a template's rules; a rule that does not hold refuses the operation. */
export async function checkRules(rules: Readonly<Record<string, RuleDeclaration>>, conditions: Conditions, resolve: Resolve): Promise<void> {
  const truth = async (value: unknown): Promise<boolean> => conditions.evaluate(await decideRuleFunctions(value, resolve));
  for (const [name, { RuleCondition, Assertions }] of Object.entries(rules)) {
    if (RuleCondition !== undefined && !await truth(RuleCondition)) {
      continue;
    }
    for (const { Assert, AssertDescription } of Assertions) {
      if (!await truth(Assert)) {
        throw validationError(`Template validation error: Rule '${name}' failed${AssertDescription ? `: ${AssertDescription}` : ''}`);
      }
    }
  }
}

/** Replaces the rule functions in an expression by their truth, so that what is left is an ordinary condition. */
async function decideRuleFunctions(value: unknown, resolve: Resolve): Promise<unknown> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((member) => decideRuleFunctions(member, resolve)));
  }
  if (!isObject(value)) {
    return value;
  }
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  if (name in RULE_FUNCTIONS) {
    if (!Array.isArray(argument) || argument.length !== 2) {
      throw templateError(`${name} requires a list of two values`);
    }
    return RULE_FUNCTIONS[name](await resolve(argument) as unknown[]);
  }
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await decideRuleFunctions(inner, resolve)])));
}
