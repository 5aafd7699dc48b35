const patterns = new Map<string, RegExp>();

/** Whether a text fits a policy's pattern: `*` is any run of characters, `?` is one. */
export function fits(pattern: string, text: string, ignoreCase = false): boolean {
  const key = `${ignoreCase ? 'i' : 'c'}${pattern}`;
  let compiled = patterns.get(key);
  if (!compiled) {
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^]*').replace(/\?/g, '[^]');
    compiled = new RegExp(`^${source}$`, ignoreCase ? 'i' : '');
    patterns.set(key, compiled);
  }
  return compiled.test(text);
}
