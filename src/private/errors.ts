import { IConstruct } from 'constructs';

/** All that is wrong with a construct's properties, in one error, so that nobody mends them one by one. */
export class ValidationError extends Error {
  public readonly problems: readonly string[];

  constructor(where: string, problems: readonly string[]) {
    super(problems.length === 1 ? `${where}: ${problems[0]}` : `${where} has ${problems.length} problems:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ValidationError';
    this.problems = problems;
  }
}

/** Throws unless the list is empty. */
export function refuse(where: IConstruct | string, problems: readonly string[]): void {
  if (problems.length > 0) throw new ValidationError(typeof where === 'string' ? where : where.node.path, problems);
}
