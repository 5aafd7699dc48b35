import type { HTMLElement } from 'node-html-parser';
import { parse as parseYaml } from 'yaml';

/** An attribute that holds a JSON array; the guide's examples write it with single quotes as well, as in YAML. */
export function listAttribute(element: HTMLElement, attribute: string): unknown[] {
  const values = valueOf(element, attribute) ?? [];
  if (!Array.isArray(values)) {
    throw new Error(`the attribute "${attribute}" of <${element.rawTagName}> is not a JSON array: ${element.getAttribute(attribute)!.slice(0, 80)}`);
  }
  return values;
}

export function objectAttribute(element: HTMLElement, attribute: string): Record<string, unknown> {
  const value = valueOf(element, attribute);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`the attribute "${attribute}" of <${element.rawTagName}> is not a JSON object: ${(element.getAttribute(attribute) ?? '').slice(0, 80)}`);
  }
  return value as Record<string, unknown>;
}

function valueOf(element: HTMLElement, attribute: string): unknown {
  const text = element.getAttribute(attribute) ?? 'null';
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return asYaml(text);
  }
}

/** Reads more than JSON and takes a hundred times as long: most attributes are JSON, and every task has some. */
function asYaml(text: string): unknown {
  try {
    // a browser breaks lines where YAML would want indentation
    return parseYaml(text.replace(/\s+/g, ' ')) as unknown;
  } catch {
    return 'unreadable';
  }
}
