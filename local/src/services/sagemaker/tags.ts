import { invalid } from './errors';
import type { Tag } from './labeling-job';
import { page } from './paging';
import type { Operation } from '../../core/service';

const MOST_TAGS = 50;

/** Refuses what no resource may carry. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map((tag) => tag.Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw invalid(`Duplicate tag key found: '${twice}'. Tag keys must be unique`);
  }
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw invalid(`The tag key '${reserved}' starts with 'aws:', which is reserved`);
  }
}

/** Tags of every resource by ARN; a resource without an entry does not exist. */
export class TagStore {
  private readonly tags = new Map<string, Map<string, string>>();

  create(arn: string, tags: readonly Tag[] = []): void {
    this.tags.set(arn, new Map(tags.map((tag) => [tag.Key, tag.Value])));
  }

  remove(arn: string): void {
    this.tags.delete(arn);
  }

  list(arn: string): Tag[] {
    return [...this.of(arn)].map(([Key, Value]) => ({ Key, Value }));
  }

  operations(): Record<string, Operation> {
    return {
      AddTags: (input: { ResourceArn: string; Tags: Tag[] }) => {
        checkTags(input.Tags);
        const tags = this.of(input.ResourceArn);
        const added = input.Tags.filter((tag) => !tags.has(tag.Key)).length;
        if (tags.size + added > MOST_TAGS) {
          throw invalid(`'${input.ResourceArn}' would have ${tags.size + added} tags; a resource has at most ${MOST_TAGS}`);
        }
        input.Tags.forEach((tag) => tags.set(tag.Key, tag.Value));
        return { Tags: this.list(input.ResourceArn) };
      },
      DeleteTags: (input: { ResourceArn: string; TagKeys: string[] }) => {
        const tags = this.of(input.ResourceArn);
        input.TagKeys.forEach((key) => tags.delete(key));
        return {};
      },
      ListTags: (input: { ResourceArn: string; MaxResults?: number; NextToken?: string }) => {
        const sorted = this.list(input.ResourceArn).sort((a, b) => (a.Key < b.Key ? -1 : 1));
        const { items, NextToken } = page({ operation: 'ListTags', request: input, sorted, keyOf: (tag) => [tag.Key] });
        return { Tags: items, NextToken };
      },
    };
  }

  private of(arn: string): Map<string, string> {
    const tags = this.tags.get(arn) ?? this.tags.get(arn.toLowerCase());
    if (tags === undefined) {
      throw invalid(`The resource '${arn}' does not exist`);
    }
    return tags;
  }
}
