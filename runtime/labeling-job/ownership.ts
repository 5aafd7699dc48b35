import { DesiredVersion, Owner, Tags } from '../../src/model/ledger';
import { OWNER_TAGS } from '../../src/private/owner-tags-contract';

interface Tagged {
  readonly tags: Tags;
}

/** A name can be anybody's; the tags say whose job it is. */
export function isOwn(job: Tagged, owner: Owner): boolean {
  return job.tags[OWNER_TAGS.stackId] === owner.stackId && job.tags[OWNER_TAGS.logicalId] === owner.logicalId;
}

export function ownerTags(owner: Owner, desired: Pick<DesiredVersion, 'identity' | 'revision' | 'requestId'>, generation: number): Tags {
  return {
    [OWNER_TAGS.stackId]: owner.stackId,
    [OWNER_TAGS.logicalId]: owner.logicalId,
    [OWNER_TAGS.identity]: desired.identity,
    [OWNER_TAGS.revision]: desired.revision,
    [OWNER_TAGS.generation]: String(generation),
    [OWNER_TAGS.requestId]: desired.requestId,
  };
}

export function revisionTag(job: Tagged): string {
  return job.tags[OWNER_TAGS.revision] ?? '';
}

export function requestIdTag(job: Tagged): string {
  return job.tags[OWNER_TAGS.requestId] ?? '';
}
