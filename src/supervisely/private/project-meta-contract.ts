import { type ConnectionInput, type ConnectionProperties, decodeConnection, id } from './connection-contract';
import type { ProjectMeta } from '../../model/supervisely/project-meta';

/** What passes between the `ProjectMeta` construct and its handler. Both sides import this file. */
export const PROJECT_META_RESOURCE_TYPE = 'Custom::SuperviselyProjectMeta';

/**
 * Classes and tags are added where they are missing and never dropped, neither by an Update nor by a Delete: labels hang on them.
 * The physical id is the project's. The server replaces a project's classes and tags as a whole, so the constructs of one project must be
 * deployed one after the other.
 */
export interface ProjectMetaProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  readonly ProjectId: string;
  /** JSON text of the classes in the server's own form: `[{"title", "shape", "color", …}]`. */
  readonly Classes: string;
  /** JSON text of the tags in the server's own form: `[{"name", "value_type", "values"?, "color", "applicable_type", "classes", …}]`. */
  readonly Tags: string;
}

/** Attributes: every one is returned on every path. Names are joined by commas; `Added…` names what the last event has added. */
export const PROJECT_META_ATTRIBUTES = ['ProjectId', 'AddedClasses', 'AddedTags', 'ClassCount', 'TagCount'] as const;
export type ProjectMetaAttribute = typeof PROJECT_META_ATTRIBUTES[number];
export type ProjectMetaAttributes = Readonly<Record<ProjectMetaAttribute, string>>;

export interface ProjectMetaInput {
  readonly connection: ConnectionInput;
  readonly projectId: number;
  readonly wanted: Pick<ProjectMeta, 'classes' | 'tags'>;
}

export function decodeProjectMetaProperties(properties: ProjectMetaProperties): ProjectMetaInput {
  return {
    connection: decodeConnection(properties.Connection),
    projectId: id('ProjectId', properties.ProjectId),
    wanted: {
      classes: JSON.parse(properties.Classes) as ProjectMeta['classes'],
      tags: JSON.parse(properties.Tags) as ProjectMeta['tags'],
    },
  };
}
