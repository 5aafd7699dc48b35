const DOT_MATCHES_ALL = '(?s)';
const compiled = new Map<string, RegExp>();

/** The models' patterns are Java's and match whole values; a test compiles every one of them. */
export function regularExpression(pattern: string): RegExp {
  let expression = compiled.get(pattern);
  if (!expression) {
    const flags = (pattern.includes('\\p{') ? 'u' : '') + (pattern.startsWith(DOT_MATCHES_ALL) ? 's' : '');
    expression = new RegExp(`^(?:${pattern.replace(DOT_MATCHES_ALL, '')})$`, flags);
    compiled.set(pattern, expression);
  }
  return expression;
}
