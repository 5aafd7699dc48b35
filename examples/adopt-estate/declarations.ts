import * as fs from 'node:fs';
import * as path from 'node:path';

export const DECLARATIONS = 'declarations.jsonl';

/** A line of the file of declarations, as far as the story reads it. */
export interface Declaration extends Readonly<Record<string, unknown>> {
  readonly key: string;
  readonly status: string;
  readonly labelAttributeName: string;
  readonly request: { readonly HumanTaskConfig: Readonly<Record<string, unknown>> };
}

/** The declarations that stand in the repository, as if somebody had reviewed what an earlier inventory wrote. */
export function committedDeclarations(): Declaration[] {
  return parse(fs.readFileSync(path.join(__dirname, DECLARATIONS), 'utf8'));
}

export function parse(file: string): Declaration[] {
  return file.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** Edited by hand: the job itself has another title. */
export function titled(declaration: Declaration, TaskTitle: string): Declaration {
  const { request } = declaration;
  return { ...declaration, request: { ...request, HumanTaskConfig: { ...request.HumanTaskConfig, TaskTitle } } };
}
