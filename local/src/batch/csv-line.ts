/** One row, its line break included; values are quoted where CSV demands it. */
export function csvLine(values: readonly string[]): string {
  return `${values.map((value) => /[",\r\n]/.test(value) ? quotedValue(value) : value).join(',')}\n`;
}

export function quotedValue(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
