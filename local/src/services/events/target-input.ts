import type { Target } from './rule-store';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- events are any JSON */
type Json = any;

interface Context { readonly ruleArn: string; readonly ruleName: string }

/** What a target gets: the event, a part of it, a constant, or a text made of parts. */
export function inputFor({ Input, InputPath, InputTransformer }: Target, event: Json, context: Context): string {
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) return JSON.stringify(at(event, InputPath) ?? null);
  if (InputTransformer) return transform(InputTransformer.InputTemplate, variables(InputTransformer.InputPathsMap ?? {}, event, context));
  return JSON.stringify(event);
}

function variables(paths: Record<string, string>, event: Json, { ruleArn, ruleName }: Context): Record<string, Json> {
  const { detail, ...rest } = event;
  return {
    'aws.events.rule-arn': ruleArn,
    'aws.events.rule-name': ruleName,
    'aws.events.event': rest,
    'aws.events.event.json': event,
    'aws.events.event.ingestion-time': event.time,
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, at(event, path)])),
  };
}

/** `$`, `$.detail.name`, `$.resources[0]`. */
function at(event: Json, path: string): Json {
  const steps = path.slice(1).match(/[^.[\]'"]+/g) ?? [];
  return steps.reduce((value: Json, step) => (value === null || typeof value !== 'object' ? undefined : value[step]), event);
}

/** Replaces `<name>`: as JSON where it stands alone, as text where it stands inside quotes. */
function transform(template: string, values: Record<string, Json>): string {
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (found, name: string | undefined) => {
    if (found === '"') quoted = !quoted;
    if (name === undefined || !Object.hasOwn(values, name)) return found;
    const value = values[name];
    if (!quoted) return JSON.stringify(value ?? '');
    if (value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : JSON.stringify(String(value)).slice(1, -1);
  });
}
