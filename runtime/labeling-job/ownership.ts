import { JobDescription } from './ports';
import { OWNER_TAGS } from '../../src/groundtruth/private/labeling-job-contract';
import { DesiredVersion, Owner, Tags } from '../../src/model/ledger';

/** A name can be anybody's; the tags say whose job it is. */
export function isOwn(job: JobDescription, owner: Owner): boolean {
  return job.tags[OWNER_TAGS.stackId] === owner.stackId && job.tags[OWNER_TAGS.logicalId] === owner.logicalId;
}

export function ownerTags(owner: Owner, desired: DesiredVersion, generation: number): Tags {
  return {
    [OWNER_TAGS.stackId]: owner.stackId,
    [OWNER_TAGS.logicalId]: owner.logicalId,
    [OWNER_TAGS.identity]: desired.identity,
    [OWNER_TAGS.revision]: desired.revision,
    [OWNER_TAGS.generation]: String(generation),
    [OWNER_TAGS.requestId]: desired.requestId,
  };
}

export function revisionTag(job: JobDescription): string {
  return job.tags[OWNER_TAGS.revision] ?? '';
}

export function requestIdTag(job: JobDescription): string {
  return job.tags[OWNER_TAGS.requestId] ?? '';
}
