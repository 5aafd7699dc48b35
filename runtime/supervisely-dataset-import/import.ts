import { type BatchLine, importBatch } from './batch';
import { begin, isMetaKept } from './begin';
import { ImportFiles } from './files';
import { Overtaken, type Ports, type Stored } from './ports';
import { importLine } from '../../src/model/supervisely/import/import-line';
import { LIMITS } from '../../src/model/supervisely/limits';
import { decodeConnection } from '../../src/supervisely/private/connection-contract';
import type { DatasetImportAnswer, ImportCounts, ImportDefinition, ImportEvent, ImportProgress } from '../../src/supervisely/private/dataset-import-contract';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import type { Caller } from '../shared/supervisely/client';
import { SuperviselyBusy } from '../shared/supervisely/errors';

/** What must be left of an invocation's time for another batch. */
const LEAST_TIME_MS = 120_000;
const AT_ONCE: DatasetImportAnswer = { next: 'again', waitSeconds: 1 };
/** Between two tries while the server does not answer: a tenth of the time that it has not, within these borders. */
const SHORTEST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 600;
const LONGEST_SILENCE_MS = 12 * 3600_000;

type Progress = Stored<ImportProgress>;

interface Work {
  readonly definition: ImportDefinition;
  readonly files: ImportFiles;
  readonly caller: Caller;
  readonly ports: Ports;
}

/** Goes on with an import, or begins it: as many batches as there is time for. Every call may be repeated; it goes on where the files say. */
export async function importImages(event: ImportEvent, ports: Ports): Promise<DatasetImportAnswer> {
  const { action: _, ...definition } = event;
  const files = new ImportFiles(ports.objects, definition.folder);
  const work = { definition, files, ports, caller: ports.connect(decodeConnection(definition.connection)) };
  const known = await files.progress();
  const isCurrent = known?.value.attempt === definition.attempt;
  if (isCurrent && (await files.record())?.attempt === definition.attempt) return done(known.value.counts);
  try {
    return await goOn(isCurrent ? known : await begin(definition, files, known?.version, { ...ports, caller: work.caller }), work);
  } catch (error) {
    // another execution is at work, or nothing is to be imported any more: the next look tells
    if (error instanceof Overtaken) return AT_ONCE;
    if (error instanceof SuperviselyBusy) return later(error, work);
    throw error;
  }
}

async function goOn(from: Progress, work: Work): Promise<DatasetImportAnswer> {
  const { caller, ports } = work;
  if (!await isMetaKept(caller, from.value)) return startAgain(from, work);
  let progress = from;
  for await (const batch of batches(from.value, work)) {
    progress = await take(batch, progress, work);
    if (ports.remaining() < LEAST_TIME_MS) return AT_ONCE;
  }
  // labels that were lost meanwhile are given again
  if (!await isMetaKept(caller, progress.value)) return startAgain(progress, work);
  await finish(progress, work);
  return done(progress.value.counts);
}

interface Batch {
  readonly lines: readonly BatchLine[];
  /** Of what follows. */
  readonly offset: number;
  readonly line: number;
}

async function* batches({ offset: from, line: first }: ImportProgress, { definition, files, ports }: Work): AsyncGenerator<Batch> {
  let lines: BatchLine[] = [];
  let [offset, line] = [from, first];
  for await (const text of ports.objects.linesFrom(files.declared, from)) {
    const read = importLine(text, line++, definition.labels);
    offset += Buffer.byteLength(text) + 1;
    if (read) lines.push(read);
    if (lines.length < LIMITS.imagesPerRequest) continue;
    yield { lines, offset, line };
    lines = [];
  }
  if (lines.length > 0) yield { lines, offset, line };
}

/** The progress is written over the one that was read: of two executions one goes on. */
async function take({ lines, offset, line }: Batch, { value, version }: Progress, { definition, files, caller, ports }: Work): Promise<Progress> {
  const { counts, failures } = await importBatch(lines, definition, value, { caller, objects: ports.objects });
  if (value.counts.images === 0 && counts.images === 0) {
    throw new UserError(`none of the first ${lines.length} images could be imported; line ${failures[0].line}: ${failures[0].reason}${hint(definition)}`);
  }
  await files.writeFailures(value.line, failures);
  const { stuckSince: _, ...rest } = value;
  log('batch', { line: value.line, ...counts });
  return files.writeProgress({ ...rest, offset, line, counts: sum(value.counts, counts) }, version);
}

function hint({ transfer }: ImportDefinition): string {
  return transfer === 'LINK' ? '. The server reads links by itself: connect the bucket to its team as cloud storage, or use ImageTransfer.UPLOAD' : '';
}

async function startAgain({ value, version }: Progress, { files, definition, caller, ports }: Work): Promise<DatasetImportAnswer> {
  log('classes or tags were taken away, and labels with them: they are given again', { projectId: value.projectId });
  await begin(definition, files, version, { ...ports, caller });
  return AT_ONCE;
}

async function finish({ value, version }: Progress, { definition, files, ports }: Work): Promise<void> {
  const { projectId, datasetId, teamId, attempt, counts } = value;
  await files.joinFailures();
  // whoever was overtaken, or whose import was removed, ends here
  await files.writeProgress(value, version);
  const finishedAt = new Date(ports.now()).toISOString();
  await files.writeRecord({ format: 1, projectId, datasetId, teamId, attempt, ...counts, manifest: definition.manifestUri, finishedAt });
  log('imported', { ...counts });
}

/** The server does not answer, or has too much to do. */
async function later(error: SuperviselyBusy, { files, ports }: Work): Promise<DatasetImportAnswer> {
  const now = ports.now();
  const known = await files.progress();
  // without a progress there was nothing but a beginning, which the state machine tries again
  if (!known) throw error;
  const { value, version } = known;
  const stuckSince = value.stuckSince ?? now;
  if (now - stuckSince > LONGEST_SILENCE_MS) throw new UserError(`${error.message}, for 12 hours`);
  if (value.stuckSince === undefined) await files.writeProgress({ ...value, stuckSince }, version);
  const seconds = Math.round((now - stuckSince) / 10_000);
  return { next: 'again', waitSeconds: Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, seconds)) };
}

function done({ images, failed }: ImportCounts): DatasetImportAnswer {
  return { next: 'done', objects: images, failed };
}

function sum(a: ImportCounts, b: ImportCounts): ImportCounts {
  return { images: a.images + b.images, labeled: a.labeled + b.labeled, failed: a.failed + b.failed };
}
