import { textLineProblems } from '../groundtruth/manifest';

type SourceKey = 'source' | 'source-ref';

/** What is wrong with a line of a dataset for a task type that takes its data from this key. */
export function sourceLineProblems(line: string, wanted: SourceKey, number: number): string[] {
  const problems = textLineProblems(line, wanted, number);
  const other: SourceKey = wanted === 'source' ? 'source-ref' : 'source';
  if (problems.length === 0 && Object.hasOwn(JSON.parse(line), other)) {
    return [`line ${number} has '${other}' beside '${wanted}': give '${wanted}' alone, or the service has to choose`];
  }
  return problems;
}
