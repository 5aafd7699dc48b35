import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { UrlResponse } from './function-url';
import type { Outcome } from '../function-process';

/** What AWS's front sets itself. */
const NOT_THE_FUNCTIONS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);
const JSON_TYPE = { 'content-type': 'application/json' };

export const FORBIDDEN = 'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

/** An error of the front, in the words of AWS. */
export function refusal(statusCode: number, message: string | null, errorType: string): UrlResponse {
  return { statusCode, headers: { ...JSON_TYPE, 'x-amzn-ErrorType': errorType }, body: Buffer.from(JSON.stringify({ Message: message })) };
}

const BROKEN: UrlResponse = { statusCode: 502, headers: JSON_TYPE, body: Buffer.from('Internal Server Error') };

/** What a function returns as HTTP: an object with a `statusCode` describes the response, anything else is its JSON body. */
export function responseOf({ payload, failed }: Outcome): UrlResponse {
  if (failed) return BROKEN;
  const returned = JSON.parse(payload) as unknown;
  if (typeof returned !== 'object' || returned === null || !('statusCode' in returned)) {
    return { statusCode: 200, headers: JSON_TYPE, body: Buffer.from(payload) };
  }
  return described(returned) ?? BROKEN;
}

interface Described {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly cookies?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Undefined where a member is not what it must be. */
function described({ statusCode, headers, body, cookies, isBase64Encoded }: Described): UrlResponse | undefined {
  const own = headersOf(headers ?? {});
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599 || !own) return undefined;
  if (typeof (body ?? '') !== 'string' || typeof (isBase64Encoded ?? false) !== 'boolean' || !isTexts(cookies ?? [])) return undefined;
  return {
    statusCode: Number(statusCode),
    headers: { ...JSON_TYPE, ...own, ...((cookies as string[] | undefined)?.length && { 'set-cookie': cookies as string[] }) },
    body: Buffer.from(body as string | undefined ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function headersOf(headers: unknown): Record<string, string> | undefined {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
    try {
      validateHeaderName(name);
      validateHeaderValue(name, String(value));
    } catch {
      return undefined;
    }
    if (!NOT_THE_FUNCTIONS.has(name.toLowerCase())) own[name.toLowerCase()] = String(value);
  }
  return own;
}

function isTexts(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}
