import type { ExportPorts } from './ports';
import { ExportPlan, once, PartResult, readJson, WorkFiles } from './work-files';
import { columnsOf } from '../../src/model/dataset/label-row';
import { LABEL_KINDS } from '../../src/model/supervisely/export/label-format';
import {
  CleanEvent, EXPORT_FILES, ExportRequest, FinishEvent, LabelsExportedDetail, LabelsExportSummary,
} from '../../src/supervisely/private/labels-export-contract';
import { csvOf } from '../labels-export/table';
import { mapBounded } from '../shared/bounded';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import { under } from '../shared/s3-uri';

/** Reads of small files at once. */
const AT_ONCE = 16;
/** Images that a summary names; there may be as many as there are images. */
const MOST_NAMED = 100;

/** Puts the parts together: the manifest, the table, and the summary last. Who repeats it after its end gets the same answer. */
export async function finish(event: FinishEvent, ports: ExportPorts): Promise<LabelsExportedDetail> {
  const { files } = ports;
  const work = new WorkFiles(event);
  const uris = urisOf(event.request);
  const plan = await readJson<ExportPlan>(work.plan, files);
  if (!plan) {
    const done = await readJson<LabelsExportSummary>(uris.summary, files);
    if (done?.run !== event.run) throw new UserError('the parts of this run are gone: start another one');
    await clean(event, ports);
    return detailOf(done);
  }
  const all: string[] = [];
  for await (const uri of files.list(work.parts)) all.push(uri);
  const parts = all.filter((uri) => uri.endsWith('.jsonl')).sort();
  const results = await mapBounded(parts, AT_ONCE, async (part) => (await readJson<PartResult>(part.replace(/l$/, ''), files))!);
  await files.join(uris.labels, 'application/jsonlines', '', parts);
  const { labelAttributeName, escapeFormulas } = event.request;
  const table = { job: `supervisely-project-${plan.projectId}`, labelAttribute: labelAttributeName, lines: files.lines(uris.labels) };
  const columns = columnsOf(results.flatMap(({ inputKeys }) => inputKeys));
  await files.write(uris.table, 'text/csv', csvOf([table], { columns, header: true, escapeFormulas }));
  const summary = summaryOf(event, plan, results, ports.now());
  await files.write(uris.summary, 'application/json', once(JSON.stringify(summary)));
  await clean(event, ports);
  const detail = detailOf(summary);
  log('exported', { ...detail });
  return detail;
}

/** The plan first: with it a repeated call would take the parts that are left for all there were. */
export async function clean(event: FinishEvent | CleanEvent, { files }: ExportPorts): Promise<void> {
  const work = new WorkFiles(event);
  await files.remove([work.plan]);
  const uris: string[] = [];
  for await (const uri of files.list(`${work.folder}/`)) uris.push(uri);
  await files.remove(uris);
}

function urisOf({ resultUri }: ExportRequest): Record<'labels' | 'table' | 'summary', string> {
  const { labels, table, summary } = EXPORT_FILES;
  return { labels: under(resultUri, labels), table: under(resultUri, table), summary: under(resultUri, summary) };
}

function summaryOf({ request, run }: FinishEvent, plan: ExportPlan, results: readonly PartResult[], now: number): LabelsExportSummary {
  const sum = (count: 'objects' | 'labeled' | 'failed' | 'unlabeled' | 'leftOut' | 'copied'): number => results.reduce((total, result) => total + result[count], 0);
  const unreadable = results.flatMap((result) => result.unreadable);
  return {
    format: 1,
    run,
    exportedAt: new Date(now).toISOString(),
    serverUrl: request.connection.ServerUrl,
    projectId: plan.projectId,
    ...urisOf(request),
    labelAttributeName: request.labelAttributeName,
    completed: plan.completed,
    type: LABEL_KINDS[plan.format.kind].type,
    classes: plan.classes.map(({ name }) => name),
    objects: sum('objects'),
    labeled: sum('labeled'),
    failed: sum('failed'),
    unlabeled: sum('unlabeled'),
    leftOut: sum('leftOut'),
    copied: sum('copied'),
    unreadable: unreadable.length,
    jobs: plan.jobs.map(({ id, title, status }, index) => ({
      id, name: title, status, images: results.reduce((total, { byJob }) => total + (byJob[index] ?? 0), 0),
    })),
    missing: plan.missing,
    unreadableImages: unreadable.slice(0, MOST_NAMED),
  };
}

/** An event has 256 kB, and people's names are no one's business on a bus. */
function detailOf({ jobs, missing, unreadableImages, classes, ...detail }: LabelsExportSummary): LabelsExportedDetail {
  return detail;
}
