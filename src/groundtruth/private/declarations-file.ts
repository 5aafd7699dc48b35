import { DECLARATION_FORMAT, JobDeclaration } from './declarations-contract';
import { keyProblems } from './fleet-jobs-validation';
import { readText } from '../../private/content-asset';
import { refuse, ValidationError } from '../../private/errors';
import { tokenProblems } from '../../private/tokens';

const FACTORY = 'FleetJobs.fromDeclarations';
/** What a line must say as a text. */
const TEXTS = ['key', 'adopt', 'taskType', 'labelAttributeName', 'input'] as const;
/** What every job has; the rest is the service's to judge, who has accepted it once. */
const REQUEST = ['OutputConfig', 'RoleArn', 'HumanTaskConfig'] as const;

/** The jobs of a file that an inventory has written and people may have edited; all that is wrong with it is said at once. */
export function readDeclarations(file: string): JobDeclaration[] {
  refuse(FACTORY, tokenProblems('file', [file], 'the file is read at synthesis'));
  const lines = readText(FACTORY, file).split(/\r?\n/);
  const problems: string[] = [];
  const declarations = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const { declaration, problems: own } = readLine(line);
    problems.push(...own.map((problem) => `line ${index + 1}: ${problem}`));
    return own.length === 0 ? [declaration as JobDeclaration] : [];
  });
  if (declarations.length === 0 && problems.length === 0) problems.push('the file declares no job, let a LabelingJobInventory with \'declarations\' write it');
  problems.push(...repeated('key', declarations), ...repeated('adopt', declarations));
  if (problems.length > 0) throw new ValidationError(`${FACTORY}(${JSON.stringify(file)})`, problems);
  return declarations;
}

function readLine(line: string): { declaration?: Partial<JobDeclaration>; problems: string[] } {
  let declaration: Partial<JobDeclaration>;
  try {
    declaration = JSON.parse(line);
  } catch (error) {
    return { problems: [`is not JSON (${(error as Error).message})`] };
  }
  if (typeof declaration !== 'object' || declaration === null || Array.isArray(declaration)) return { problems: ['is not a JSON object'] };
  if (declaration.format !== DECLARATION_FORMAT) {
    return { problems: [`'format' must be ${DECLARATION_FORMAT}, got ${JSON.stringify(declaration.format)}: let this release's inventory write the file anew`] };
  }
  return { declaration, problems: lineProblems(declaration) };
}

function lineProblems(declaration: Partial<JobDeclaration>): string[] {
  const missing = TEXTS.filter((field) => typeof declaration[field] !== 'string' || declaration[field] === '');
  const { request } = declaration;
  const incomplete = typeof request !== 'object' || request === null ? ['request'] : REQUEST.filter((field) => request[field] === undefined).map((field) => `request.${field}`);
  const problems = [...missing, ...incomplete].map((field) => `'${field}' is missing`);
  if (typeof declaration.key === 'string') problems.push(...keyProblems(declaration.key));
  if (declaration.owner) {
    problems.push(`${JSON.stringify(declaration.adopt)} is managed by ${declaration.owner.logicalId} of ${declaration.owner.stackId} already: `
      + 'remove it there with JobRemoval.RETAIN first, or delete the line');
  }
  if (declaration.streaming) problems.push(`${JSON.stringify(declaration.adopt)} is a streaming job, which a fleet does not take over: delete the line`);
  return problems;
}

function repeated(field: 'key' | 'adopt', declarations: readonly JobDeclaration[]): string[] {
  const seen = new Map<string, number>();
  for (const declaration of declarations) seen.set(declaration[field], (seen.get(declaration[field]) ?? 0) + 1);
  return [...seen].filter(([, times]) => times > 1).map(([value, times]) => `'${field}' ${JSON.stringify(value)} stands in ${times} lines, it must be unique`);
}
