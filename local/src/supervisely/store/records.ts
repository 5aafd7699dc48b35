/** What the server knows, one interface a kind of record; `api/` and `jobs/` show them in the forms of the public API. */

export interface Dated {
  readonly createdAt: string;
  updatedAt: string;
}

export interface User extends Dated {
  readonly id: number;
  readonly login: string;
  name: string;
  readonly email: string;
  password: string;
  /** What `x-api-key` carries. */
  readonly token: string;
  /** The role on the instance: an admin's calls reach users and every team. */
  readonly isAdmin: boolean;
  readonly isRestricted: boolean;
  disabled: boolean;
  logins: number;
  lastLogin: string | null;
}

export interface Team extends Dated {
  readonly id: number;
  name: string;
  description: string;
  /** Role by user. */
  readonly members: Map<number, number>;
}

export interface Workspace extends Dated {
  readonly id: number;
  readonly teamId: number;
  readonly name: string;
  readonly description: string;
}

export interface ObjectClass {
  readonly id: number;
  title: string;
  shape: string;
  color: string;
  hotkey: string;
  description: string;
  geometryConfig: object;
}

export interface TagMeta {
  readonly id: number;
  name: string;
  valueType: string;
  values?: readonly string[];
  color: string;
  hotkey: string;
  applicableType: string;
  classes: readonly string[];
  targetType: string;
}

export interface Project extends Dated {
  readonly id: number;
  readonly workspaceId: number;
  name: string;
  description: string;
  readme: string;
  readonly type: string;
  settings: object;
  customData: object;
  readonly createdBy: number;
  classes: ObjectClass[];
  tags: TagMeta[];
}

/** Images of a project that somebody has put together, whatever datasets they are in. */
export interface Collection extends Dated {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly description: string;
  readonly items: Map<number, CollectionItem>;
}

export interface CollectionItem {
  readonly id: number;
  readonly entityId: number;
  readonly createdAt: string;
}

export interface Dataset extends Dated {
  readonly id: number;
  readonly projectId: number;
  readonly parentId: number | null;
  name: string;
  description: string;
  customData: object;
  readonly createdBy: number;
}

/** A tag on an image or a figure. */
export interface TagUse extends Dated {
  readonly id: number;
  readonly tagId: number;
  value: string | number | null;
  readonly labelerLogin: string;
}

export interface Image extends Dated {
  readonly id: number;
  readonly datasetId: number;
  name: string;
  description: string;
  readonly hash: string | null;
  readonly link: string | null;
  readonly mime: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  meta: object;
  tags: TagUse[];
  readonly createdBy: number;
}

export interface Figure extends Dated {
  readonly id: number;
  readonly imageId: number;
  readonly datasetId: number;
  readonly projectId: number;
  readonly classId: number;
  readonly geometryType: string;
  geometry: Readonly<Record<string, unknown>>;
  tags: TagUse[];
  readonly description: string;
  readonly meta: object;
  readonly customData: object;
  priority: number | null;
  readonly nnCreated: boolean;
  readonly nnUpdated: boolean;
  readonly labelerLogin: string;
}

export interface Webhook extends Dated {
  readonly id: number;
  readonly teamId: number;
  url: string;
  action: string;
  meta: { retriesCount: number; retriesDelay: number; headers: Readonly<Record<string, string>>; followRedirect: boolean; rejectUnauthorized: boolean };
}

export interface ActivityEvent {
  readonly id: number;
  readonly teamId: number;
  readonly userId: number;
  readonly action: string;
  readonly date: string;
  readonly projectId?: number;
  readonly datasetId?: number | null;
  readonly imageId?: number;
  readonly classId?: number;
  readonly figureId?: number;
  readonly jobId?: number;
  readonly tagId?: number;
  readonly meta: Readonly<Record<string, unknown>>;
}
