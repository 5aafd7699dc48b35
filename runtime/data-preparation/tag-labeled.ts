import { PreparationFiles, type PreparedObject } from './files';
import type { Ports } from './ports';
import { parseUri } from './read-input';
import { PREPARED_FILES, type PreparationAnswer, type ReadLabelsEvent, type ReportTagsEvent } from '../../src/s3batch/private/data-preparation-contract';

/** The objects of which a job's output has a label: each job's files lie in a folder of its own, so that a repeated event tags nothing twice. */
export async function readLabels({ folder, jobArn, labelAttributeName, outputUri }: ReadLabelsEvent, { objects }: Ports): Promise<PreparationAnswer> {
  const job = jobArn.slice(jobArn.lastIndexOf('/') + 1);
  const own = { ...folder, prefix: `${folder.prefix}${job}/` };
  const files = new PreparationFiles(objects, own);
  if (await files.exists(files.objectsOf(0))) return { next: 'done', folder: own };
  const found = new Map<string, PreparedObject>();
  const output = outputUri.replace('<job>', job);
  let number = 0;
  // a job that fails early has no output
  for await (const line of await files.exists(output) ? objects.lines(output) : []) {
    number++;
    const record = line === '' ? {} : JSON.parse(line) as Record<string, unknown>;
    const uri = record['source-ref'];
    const place = typeof uri === 'string' && record[labelAttributeName] !== undefined ? parseUri(uri) : undefined;
    if (place) found.set(uri as string, { lines: [number], ...place });
  }
  await files.write(files.objectsOf(0), found.values());
  return { next: 'done', folder: own, objects: found.size };
}

export async function reportTags({ folder }: ReportTagsEvent, { objects }: Ports): Promise<PreparationAnswer> {
  const files = new PreparationFiles(objects, folder);
  const tagged = await files.read(files.objectsOf(1));
  const failed = await files.readIfThere(files.step(0, 'failed.jsonl'));
  await files.write(files.uri(PREPARED_FILES.failed), failed);
  await files.write(files.uri(PREPARED_FILES.summary), [{ tagged: tagged.length, failed: failed.length }]);
  return { next: 'done', objects: tagged.length, failed: failed.length };
}
