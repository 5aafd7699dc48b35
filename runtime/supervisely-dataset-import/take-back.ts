import type { ImportFiles } from './files';
import { found } from './place';
import { id } from '../../src/supervisely/private/connection-contract';
import type { ImportTarget } from '../../src/supervisely/private/dataset-import-contract';
import { log, logError } from '../shared/log';
import type { Caller } from '../shared/supervisely/client';
import { allOf, type Page } from '../shared/supervisely/pages';

interface Listed {
  readonly id: number;
  readonly parentId?: number | null;
}

/**
 * Takes away project and dataset that this very import has made, if it never came to its end and they are still empty: a rollback leaves nothing
 * half-made. The server puts them into its trash. Nothing that goes wrong here fails a Delete.
 */
export async function takeBackEmpty(connect: () => Caller, target: ImportTarget, files: ImportFiles): Promise<void> {
  try {
    const made = await files.made();
    if (!made.dataset && !made.project) return;
    if (await files.record()) return;
    const caller = connect();
    const projectId = await projectIdOf(caller, target);
    if (projectId === undefined) return;
    if (made.dataset) await takeDataset(caller, projectId, target.DatasetName);
    if (made.project && (await datasetsOf(caller, projectId)).length === 0) await archive(caller, 'projects', projectId);
  } catch (error) {
    logError('project and dataset stay as they are', error);
  }
}

async function projectIdOf(caller: Caller, { ProjectId, WorkspaceId, ProjectName }: ImportTarget): Promise<number | undefined> {
  if (ProjectId !== undefined) return id('Target.ProjectId', ProjectId);
  return (await found(caller, 'projects', { workspaceId: id('Target.WorkspaceId', WorkspaceId) }, ProjectName!))?.id;
}

async function takeDataset(caller: Caller, projectId: number, name: string): Promise<void> {
  const dataset = await found(caller, 'datasets', { projectId }, name);
  if (!dataset || (await datasetsOf(caller, projectId)).some(({ parentId }) => parentId === dataset.id)) return;
  const images = await caller.call<Page<Listed>>('images.list', { datasetId: dataset.id, filter: [], recursive: false });
  if (images.total === 0) await archive(caller, 'datasets', dataset.id);
}

/** Those in other datasets too. */
function datasetsOf(caller: Caller, projectId: number): Promise<Listed[]> {
  return allOf<Listed>(caller, 'datasets.list', { projectId, recursive: true });
}

async function archive(caller: Caller, kind: 'projects' | 'datasets', what: number): Promise<void> {
  await caller.call(`${kind}.archive`, { id: what });
  log('made by this import and still empty: taken away', { kind, id: what });
}
