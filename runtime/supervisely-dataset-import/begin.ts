import type { ImportFiles } from './files';
import { findOrMake } from './place';
import { type ImportObjects, type Stored } from './ports';
import { importLine, isUsable } from '../../src/model/supervisely/import/import-line';
import { NeededMeta } from '../../src/model/supervisely/import/needed-meta';
import type { ImportDefinition, ImportProgress } from '../../src/supervisely/private/dataset-import-contract';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import type { Caller } from '../shared/supervisely/client';
import { addToProject, type Needed, projectMeta } from '../shared/supervisely/project-meta';

/** Reads the manifest, finds or makes everything that the images hang on, and writes down that the work begins. */
export async function begin(
  definition: ImportDefinition, files: ImportFiles, over: string | undefined, { objects, caller }: { readonly objects: ImportObjects; readonly caller: Caller },
): Promise<Stored<ImportProgress>> {
  const { target, attempt, manifestUri, labels, labeledTag } = definition;
  if (!await objects.exists(manifestUri)) throw new UserError(`there is no manifest at ${manifestUri}: the images are imported when it is there and "attempt" is another number`);
  await files.forgetFailures();
  const meta = new NeededMeta(labels.length > 0 ? labeledTag : undefined);
  let lines = 0;
  await objects.writeLines(files.declared, (async function* () {
    for await (const line of objects.lines(manifestUri)) {
      const text = line.trim();
      const read = importLine(text, ++lines, labels);
      if (read && isUsable(read)) meta.add(read);
      yield text;
    }
  })());
  const place = await findOrMake(caller, target);
  const metaIds = await metaIn(caller, place.projectId, meta.get());
  log('import begins', { ...place, lines, attempt });
  return files.writeProgress({ attempt, ...place, offset: 0, line: 1, counts: { images: 0, labeled: 0, failed: 0 }, metaIds }, over);
}

/** Adds classes and tags that the project lacks, and answers the ids of all that are needed. */
async function metaIn(caller: Caller, projectId: number, needed: Needed): Promise<Record<string, number>> {
  const now = await addToProject(caller, projectId, await projectMeta(caller, projectId), needed);
  const names = new Set([...needed.classes.map(({ title }) => classKey(title)), ...needed.tags.map(({ name }) => tagKey(name))]);
  return Object.fromEntries(Object.entries(idsIn(now)).filter(([key]) => names.has(key)));
}

/**
 * Whether the classes and tags are still those with which the import began. Whoever replaces a project's meta without them takes the labels away
 * that hang on them, and ids do not come back.
 */
export async function isMetaKept(caller: Caller, { projectId, metaIds }: ImportProgress): Promise<boolean> {
  const needed = Object.entries(metaIds);
  if (needed.length === 0) return true;
  const now = idsIn(await projectMeta(caller, projectId));
  return needed.every(([key, id]) => now[key] === id);
}

function idsIn({ classes, tags }: Needed): Record<string, number> {
  return Object.fromEntries([
    ...classes.map(({ title, id }) => [classKey(title), id as number]), ...tags.map(({ name, id }) => [tagKey(name), id as number]),
  ]);
}

function classKey(title: string): string {
  return `class ${title}`;
}

export function tagKey(name: string): string {
  return `tag ${name}`;
}
