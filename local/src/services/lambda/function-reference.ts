import { invalidParameter } from './errors';

/** A function as callers name it: name, partial or full ARN, each with or without a version or alias behind it. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
}

const FORM = /^(?:arn:[a-z-]+:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?([A-Za-z0-9-_]+)(?::(\$LATEST|[A-Za-z0-9-_]+))?$/;

export function parseFunctionReference(text: string, qualifier?: string): FunctionReference {
  const match = FORM.exec(text);
  if (!match) throw invalidParameter(`Invalid function name: ${text}`);
  const [, name, inName] = match;
  if (inName !== undefined && qualifier !== undefined && inName !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return { name, qualifier: inName ?? qualifier };
}
