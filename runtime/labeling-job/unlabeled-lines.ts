/** The lines of a manifest without the label. A line that is no JSON has no label either: the service counts it as failed, as before. */
export async function* unlabeledLines(lines: AsyncIterable<string>, labelAttribute: string): AsyncIterable<string> {
  for await (const line of lines) if (line.trim() !== '' && !hasLabel(line, labelAttribute)) yield line;
}

function hasLabel(line: string, labelAttribute: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, labelAttribute);
  } catch {
    return false;
  }
}
