import { escape as escapeUrl } from 'node:querystring';
import { Liquid, type Template } from 'liquidjs';

/** Turns the URI of an S3 object into a URL that a browser can read for a while. */
export type GrantReadAccess = (s3Uri: string) => string;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

const escapeHtml = (value: unknown): string => text(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);
const unescapeOnce = (value: string): string => value.replace(/&(?:amp|lt|gt|quot|#34|#39);/g, (entity) => UNESCAPED[entity]);
const UNESCAPED: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#39;': "'" };

/** Worker templates: Liquid with Ground Truth's filters; output is HTML-escaped unless a filter says otherwise. */
export class WorkerTemplates {
  readonly parser: Liquid;
  private readonly parsed = new Map<string, Template[]>();

  constructor(grantReadAccess: GrantReadAccess) {
    this.parser = new Liquid({ outputEscape: escapeHtml, strictFilters: true });
    this.registerUnescaped('escape', escapeHtml);
    this.registerUnescaped('escape_once', (value) => escapeHtml(unescapeOnce(text(value))));
    this.registerUnescaped('skip_autoescape', (value) => value);
    this.registerUnescaped('to_json', (value) => JSON.stringify(value ?? null));
    this.registerUnescaped('grant_read_access', (value) => grantReadAccess(text(value)));
  }

  /** `input` is `task.input` in the template. */
  async render(template: string, input: unknown): Promise<string> {
    return await this.parser.render(this.parse(template), { task: { input } }) as string;
  }

  private parse(template: string): Template[] {
    const parsed = this.parsed.get(template) ?? this.parser.parse(template);
    this.parsed.set(template, parsed);
    return parsed;
  }

  private registerUnescaped(name: string, handler: (value: unknown) => unknown): void {
    this.parser.registerFilter(name, { raw: true, handler });
  }
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** Path segments of an S3 key, each percent-encoded. */
export function encodeKey(key: string): string {
  return key.split('/').map(escapeUrl).join('/');
}
