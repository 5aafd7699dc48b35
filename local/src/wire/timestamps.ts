import { ServiceError } from '../core/service';

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp';

export function formatTimestamp(date: Date, format: string): string | number {
  switch (format) {
    case 'rfc822': return date.toUTCString();
    case 'unixTimestamp': return Math.floor(date.getTime()) / 1000;
    default: return date.toISOString();
  }
}

/** Clients send any of the three forms; the services take them all. */
export function parseTimestamp(value: unknown): Date {
  if (value instanceof Date) return value;
  const date = new Date(typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?(E\d+)?$/i.test(value))
    ? Number(value) * 1000
    : String(value));
  if (Number.isNaN(date.getTime())) throw new ServiceError('SerializationException', `${String(value)} is not a timestamp`);
  return date;
}
