import type { Shape } from './model';
import { formatTimestamp, parseTimestamp } from './timestamps';
import { ServiceError } from '../core/service';

/** Values in text (query parameters, headers, labels, XML) and what they stand for. */
export function scalarFromText(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'integer':
    case 'long': return numberFromText(text, /^[+-]?\d+$/, 'an integer');
    case 'float':
    case 'double': return numberFromText(text, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a number');
    case 'boolean': return booleanFromText(text);
    case 'timestamp': return parseTimestamp(text);
    case 'blob': return Buffer.from(text, 'base64');
    default: return text;
  }
}

function numberFromText(text: string, form: RegExp, expected: string): number {
  if (!form.test(text.trim())) throw new ServiceError('MalformedInput', `"${text}" is not ${expected}`);
  return Number(text);
}

function booleanFromText(text: string): boolean {
  const lower = text.trim().toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw new ServiceError('MalformedInput', `"${text}" is neither true nor false`);
  return lower === 'true';
}

export function scalarToText(value: unknown, format: string): string {
  if (value instanceof Date) return String(formatTimestamp(value, format));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}
