import type { Tag } from './bucket';

interface RuleFilter {
  readonly Prefix?: string;
  readonly Tag?: Tag;
  readonly And?: { readonly Prefix?: string; readonly Tags?: readonly Tag[] };
}

export interface ReplicationRule {
  readonly ID?: string;
  readonly Priority?: number;
  readonly Prefix?: string;
  readonly Filter?: RuleFilter;
  readonly Status: 'Enabled' | 'Disabled';
  readonly SourceSelectionCriteria?: { readonly SseKmsEncryptedObjects?: { readonly Status: string } };
  readonly Destination: { readonly Bucket: string; readonly StorageClass?: string; readonly EncryptionConfiguration?: { readonly ReplicaKmsKeyID?: string } };
}

export interface ReplicationConfiguration {
  readonly Role: string;
  readonly Rules: readonly ReplicationRule[];
}

/** The rule that replicates such an object: of several, the one with the highest priority. */
export function eligibleFor({ Rules }: ReplicationConfiguration, key: string, tags: readonly Tag[]): ReplicationRule | undefined {
  return [...Rules]
    .sort((left, right) => (right.Priority ?? 0) - (left.Priority ?? 0))
    .find((rule) => rule.Status === 'Enabled' && matches(rule, key, tags));
}

function matches({ Prefix, Filter = {} }: ReplicationRule, key: string, tags: readonly Tag[]): boolean {
  const prefix = Prefix ?? Filter.Prefix ?? Filter.And?.Prefix ?? '';
  const wanted = [...Filter.Tag ? [Filter.Tag] : [], ...Filter.And?.Tags ?? []];
  return key.startsWith(prefix) && wanted.every((tag) => tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value));
}
