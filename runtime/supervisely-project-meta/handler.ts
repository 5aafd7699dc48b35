import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import {
  decodeProjectMetaProperties, type ProjectMetaAttributes, type ProjectMetaInput, type ProjectMetaProperties,
} from '../../src/supervisely/private/project-meta-contract';
import type { OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { cutToBytes } from '../shared/errors';
import { log } from '../shared/log';
import { onEventPatiently } from '../shared/patient-entries';
import type { Caller } from '../shared/supervisely/client';
import { addToProject, projectMeta } from '../shared/supervisely/project-meta';

/** Of the names that an attribute tells: the response as a whole has 4,096 bytes, a project may get hundreds of classes at once. */
const MAX_NAMES_BYTES = 1000;

export interface ProjectMetaPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly now: () => number;
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type ProjectMetaEvent = OnEventRequest<ProjectMetaProperties>;

/** Adds classes and tags to a project. A Delete does nothing: labels hang on them. */
export async function handleProjectMeta(event: ProjectMetaEvent, ports: ProjectMetaPorts): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, async () => (event.RequestType === 'Delete'
    ? { PhysicalResourceId: event.PhysicalResourceId } : add(decodeProjectMetaProperties(event.ResourceProperties), ports)));
}

async function add(input: ProjectMetaInput, ports: ProjectMetaPorts): Promise<OnEventResponse> {
  const { projectId, wanted } = input;
  const caller = ports.connect(input.connection);
  const before = await projectMeta(caller, projectId);
  const meta = await addToProject(caller, projectId, before, wanted);
  const added = <T>(now: readonly T[], then: readonly T[], name: (one: T) => string): string =>
    cutToBytes(now.map(name).filter((one) => !then.some((other) => name(other) === one)).join(','), MAX_NAMES_BYTES);
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
