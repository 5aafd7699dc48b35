import type { EngineSettings } from '../../core/engine';
import type { Need } from '../policy';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the services' models at run time
export type Input = any;

export interface NeedsContext {
  readonly settings: EngineSettings;
  /** Answers of services about what a call names: tags of jobs, ARNs of secrets. Asked as root. */
  ask<T>(service: string, operation: string, input: object): Promise<T | undefined>;
}

/** What an operation needs: one row of a service's table. */
export type NeedsOf = (input: Input, context: NeedsContext) => readonly Need[] | Promise<readonly Need[]>;

export type NeedsTable = Readonly<Record<string, NeedsOf>>;

export function arn({ settings }: NeedsContext, service: string, resource: string): string {
  return `arn:${settings.partition}:${service}:${settings.region}:${settings.accountId}:${resource}`;
}

export function requestTags(tags: ReadonlyArray<{ Key?: string; Value?: string }> | undefined): Record<string, string[]> {
  if (!tags || tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:requesttag/${Key.toLowerCase()}`, [Value]])),
    'aws:tagkeys': tags.map(({ Key = '' }) => Key),
  };
}

export function resourceTags(tags: ReadonlyArray<{ Key?: string; Value?: string }> | undefined): Record<string, string[]> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [`aws:resourcetag/${Key.toLowerCase()}`, [Value]]));
}

/** The right to hand a role to a service. */
export function passRole(roleArn: string, service: string): Need {
  return { action: 'iam:PassRole', resource: roleArn, keys: { 'iam:passedtoservice': [service] } };
}
