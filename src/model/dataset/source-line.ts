import { SourceKey, textLineProblems } from '../groundtruth/manifest';

const SOURCES = ['source', 'source-ref'] as const;

/** What is wrong with a line of a dataset for a task type that takes its data from this key. */
export function sourceLineProblems(line: string, wanted: SourceKey, number: number): string[] {
  const problems = textLineProblems(line, wanted, number);
  if (problems.length > 0) return problems;
  const record = JSON.parse(line) as object;
  return SOURCES.every((key) => Object.hasOwn(record, key))
    ? [`line ${number} has 'source' and 'source-ref', give ${wanted === 'either' ? 'one of them' : `'${wanted}' alone`}: the service would have to choose`] : [];
}
