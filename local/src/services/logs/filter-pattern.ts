import { ServiceError } from '../../core/service';

/**
 * CloudWatch Logs' filter patterns for unstructured text: terms (all must occur), `?term` (any must occur), `-term` (must not
 * occur), `"quoted phrases"` and `%regular expressions%`. Patterns on JSON or columns are refused rather than misread.
 */
export function compileFilter(pattern: string | undefined): (message: string) => boolean {
  const text = pattern?.trim() ?? '';
  if (text === '') return () => true;
  if (text.startsWith('{') || text.startsWith('[')) {
    throw new ServiceError('NotImplemented', `the local engine filters log events by terms only, not by the structure ${text}`, 501);
  }
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|(\S+))/g)].map(([, sign, quoted, expression, word]) => ({
    sign, test: expression !== undefined ? matcher(expression) : contains((quoted ?? word).replace(/\\(.)/g, '$1')),
  }));
  const optional = terms.filter(({ sign }) => sign === '?');
  return (message) => terms.every(({ sign, test }) => sign === '?' || test(message) === (sign !== '-'))
    && (optional.length === 0 || optional.some(({ test }) => test(message)));
}

function contains(term: string): (message: string) => boolean {
  return (message) => message.includes(term);
}

function matcher(expression: string): (message: string) => boolean {
  const compiled = new RegExp(expression);
  return (message) => compiled.test(message);
}
