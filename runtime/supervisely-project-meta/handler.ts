import { type MergedMeta, mergeProjectMeta, type ProjectMeta } from '../../src/model/supervisely/project-meta';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import {
  decodeProjectMetaProperties, type ProjectMetaAttributes, type ProjectMetaInput, type ProjectMetaProperties,
} from '../../src/supervisely/private/project-meta-contract';
import type { OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import { onEventPatiently } from '../shared/patient-entries';
import type { Caller } from '../shared/supervisely/client';
import { projectsSeen } from '../shared/supervisely/datasets';
import { SuperviselyBusy } from '../shared/supervisely/errors';
import { orAbsent } from '../shared/supervisely/lookups';

export interface ProjectMetaPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly now: () => number;
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type ProjectMetaEvent = OnEventRequest<ProjectMetaProperties>;

/** Writes of one event: whoever else changes the project at the same time does not do it for ever. */
const WRITES = 5;

/** Adds classes and tags to a project. A Delete does nothing: labels hang on them. */
export async function handleProjectMeta(event: ProjectMetaEvent, ports: ProjectMetaPorts): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, async () => (event.RequestType === 'Delete'
    ? { PhysicalResourceId: event.PhysicalResourceId } : add(decodeProjectMetaProperties(event.ResourceProperties), ports)));
}

async function add(input: ProjectMetaInput, ports: ProjectMetaPorts): Promise<OnEventResponse> {
  const { projectId, wanted } = input;
  const caller = ports.connect(input.connection);
  const before = await present(caller, projectId);
  const meta = await write(caller, projectId, before, wanted);
  const added = <T>(now: readonly T[], then: readonly T[], name: (one: T) => string): string =>
    now.map(name).filter((one) => !then.some((other) => name(other) === one)).join(',');
  const data: ProjectMetaAttributes = {
    ProjectId: String(projectId),
    AddedClasses: added(meta.classes, before.classes, ({ title }) => title),
    AddedTags: added(meta.tags, before.tags, ({ name }) => name),
    ClassCount: String(meta.classes.length),
    TagCount: String(meta.tags.length),
  };
  log('the project has its classes and tags', data);
  return { PhysicalResourceId: String(projectId), Data: data };
}

/** The server replaces the whole: whoever wrote between our look and our write has lost something, and is made whole by looking again. */
async function write(caller: Caller, projectId: number, before: ProjectMeta, wanted: ProjectMetaInput['wanted']): Promise<ProjectMeta> {
  let needed: Pick<ProjectMeta, 'classes' | 'tags'> = wanted;
  let now = before;
  for (let tries = 0; tries < WRITES; tries++) {
    const merged = mergeProjectMeta(now, needed);
    refuseConflicts(projectId, merged);
    if (!merged.isChanged) return now;
    await caller.call('projects.meta.update', { id: projectId, meta: merged.meta });
    // what we have seen must still be there, whoever has written meanwhile
    needed = merged.meta;
    now = await present(caller, projectId);
  }
  throw new SuperviselyBusy('projects.meta.update', `the project ${projectId} is being changed by somebody else`);
}

function refuseConflicts(projectId: number, { problems }: MergedMeta): void {
  if (problems.length > 0) throw new UserError(`the project ${projectId} has it otherwise: ${problems.join('; ')}. Nothing was changed`);
}

async function present(caller: Caller, projectId: number): Promise<ProjectMeta> {
  const meta = await orAbsent(() => caller.call<ProjectMeta>('projects.meta', { id: projectId }));
  if (meta) return meta;
  throw new UserError(`there is no project ${projectId} on ${caller.serverUrl}, or the owner of the API token may not see it; projects: ${await projectsSeen(caller)}`);
}
