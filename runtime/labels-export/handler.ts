import { columnsFile, endedLines, memberFile, mergeMember, once, readJson, readMembers, readResult, tabulateMember } from './member-files';
import { MemberMerge, MemberResult } from './merge-member';
import { plan, workUriOf } from './plan';
import type { ExportPorts } from './ports';
import { summaryOf } from './summary';
import { csvOf, TableSource } from './table';
import { EXPORT_FILES, ExportMember, ExportPlan, ExportSummary, LabelsExportEvent } from '../../src/groundtruth/private/labels-export-contract';
import { columnsOf } from '../../src/model/dataset/label-row';
import { mapBounded } from '../shared/bounded';
import { errorMessage, errorName, UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { under } from '../shared/s3-uri';

/** Reads of small files at once. */
const AT_ONCE = 16;

/** Every action may be repeated: it writes the same files again. What it answers fits into a state machine's state. */
export async function handleExport(event: LabelsExportEvent, ports: ExportPorts): Promise<object> {
  try {
    return await act(event, ports);
  } catch (error) {
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${errorName(error)}: ${errorMessage(error)}`, error);
  }
}

async function act(event: LabelsExportEvent, ports: ExportPorts): Promise<object> {
  switch (event.action) {
    case 'plan': return plan(event, ports);
    case 'whole': return event.plan.how === 'NOTHING' ? {} : exportWhole(event.plan, ports);
    case 'merge': return nothingToSay(mergeMember(event.plan, event.member, ports.files));
    case 'columns': return nothingToSay(findColumns(event.plan, ports));
    case 'table': return nothingToSay(tabulateMember(event.plan, event.member, ports.files));
    case 'join': return join(event.plan, ports);
    case 'clean': return nothingToSay(clean(workUriOf(event.resultUri, event.run), ports));
    default: throw new Error(`action: expected plan, whole, merge, columns, table, join or clean, got ${JSON.stringify(event)}`);
  }
}

/** Thousands of answers of a Distributed Map have to fit into one. */
async function nothingToSay(work: Promise<void>): Promise<object> {
  await work;
  return {};
}

/** All members in one go: the lines first, then the table out of the lines, as only these know all columns. */
async function exportWhole(exported: ExportPlan, ports: ExportPorts): Promise<object> {
  const { files } = ports;
  const members = await readMembers(exported, files);
  const results: MemberResult[] = [];
  const labels = under(exported.resultUri, EXPORT_FILES.labels);
  await files.write(labels, 'application/jsonlines', endedLines(mergedLines(members, results, ports)));
  const csv = csvOf(tableSources(members, results, files.lines(labels)), {
    columns: columnsOf(results.flatMap(({ inputKeys }) => inputKeys)), header: true, escapeFormulas: exported.escapeFormulas,
  });
  await files.write(under(exported.resultUri, EXPORT_FILES.table), 'text/csv', csv);
  return finish(exported, summaryOf(exported, members, results, ports.now()), ports);
}

async function* mergedLines(members: readonly ExportMember[], results: MemberResult[], { files }: ExportPorts): AsyncIterable<string> {
  for (const member of members) {
    const merge = new MemberMerge(member, files);
    yield* merge.lines();
    results.push(merge.result);
  }
}

/** The lines of the result again, each member's by itself. */
function* tableSources(members: readonly ExportMember[], results: readonly MemberResult[], lines: AsyncIterable<string>): Iterable<TableSource> {
  const all = lines[Symbol.asyncIterator]();
  for (const [index, { key, labelAttributeName }] of members.entries()) {
    const { labeled, failed, unlabeled } = results[index];
    yield { job: key, labelAttribute: labelAttributeName, lines: next(all, labeled + failed + unlabeled) };
  }
}

async function* next(lines: AsyncIterator<string>, count: number): AsyncIterable<string> {
  for (let left = count; left > 0; left--) {
    const { value, done } = await lines.next();
    if (done) throw new UserError(`${EXPORT_FILES.labels} has fewer lines than were just written: another export has replaced it, start this one again`);
    yield value;
  }
}

/** After all members were merged: what columns there are, and the summary. */
async function findColumns(exported: ExportPlan, ports: ExportPorts): Promise<void> {
  const { files } = ports;
  const members = await readMembers(exported, files);
  const results = await mapBounded(members, AT_ONCE, (member) => readResult(exported, member, files));
  const columns = columnsOf(results.flatMap(({ inputKeys }) => inputKeys));
  await files.write(columnsFile(exported), 'application/json', once(JSON.stringify(columns)));
  await files.write(summaryFile(exported), 'application/json', once(JSON.stringify(summaryOf(exported, members, results, ports.now()))));
}

async function join(exported: ExportPlan, ports: ExportPorts): Promise<object> {
  const { files } = ports;
  const members = await readMembers(exported, files);
  const summary = await readJson<ExportSummary>(summaryFile(exported), files);
  let header = '';
  const columns = await readJson<string[]>(columnsFile(exported), files);
  for await (const chunk of csvOf([], { columns, header: true, escapeFormulas: exported.escapeFormulas })) header += chunk;
  const parts = (extension: 'jsonl' | 'csv') => members.map(({ number }) => memberFile(exported, number, extension));
  await files.join(under(exported.resultUri, EXPORT_FILES.labels), 'application/jsonlines', '', parts('jsonl'));
  await files.join(under(exported.resultUri, EXPORT_FILES.table), 'text/csv', header, parts('csv'));
  return finish(exported, summary, ports);
}

/** The summary last: whoever reads it finds what it points to. */
async function finish(exported: ExportPlan, summary: ExportSummary, ports: ExportPorts): Promise<object> {
  await ports.files.write(under(exported.resultUri, EXPORT_FILES.summary), 'application/json', once(JSON.stringify(summary)));
  await clean(exported.workUri, ports);
  const { jobs, ...totals } = summary;
  log('exported', { ...totals, jobs: jobs.length });
  return { ...totals, jobs: jobs.length };
}

async function clean(workUri: string, { files }: ExportPorts): Promise<void> {
  const uris: string[] = [];
  for await (const uri of files.list(`${workUri}/`)) uris.push(uri);
  await files.remove(uris);
}

function summaryFile({ workUri }: ExportPlan): string {
  return under(workUri, 'summary.json');
}
