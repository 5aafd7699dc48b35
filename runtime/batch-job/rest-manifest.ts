import { createHash } from 'node:crypto';
import { declaredManifest, named } from './job-manifest';
import { restSource, RestSource } from './leftovers';
import { manifestRows } from './manifest-rows';
import { ObservedJob } from './observe';
import { Files, JobManifest, Ports } from './ports';
import { JobState } from '../../src/model/job-state';
import { Ledger } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { Resume } from '../../src/model/plan';
import { manifestLine, partOf, subject, TaskRow } from '../../src/model/s3batch/rest-rows';
import { workOf, writtenManifestKey } from '../../src/model/s3batch/work';
import { ReportFiles, reportRows } from '../shared/completion-report';
import { UserError } from '../shared/errors';
import { parseS3Uri } from '../shared/s3-uri';

const FORMAT = 'S3BatchOperations_CSV_20180820';

/** How many succeeded rows are held at once: 22 characters each, and what a set needs besides. */
const ROWS_AT_ONCE = 3_000_000;

/** What the next generation reads: where no task was run, the same as the one before; else failed rows and rows without a result. */
export async function manifestOfRest(resume: Resume, resumed: ObservedJob, name: string, ledger: Ledger, ports: Ports): Promise<JobManifest | undefined> {
  const partition = ledger.owner.stackId.split(':')[1];
  const work = workOf(ledger.desired!);
  if (resume.read === 'own-input') {
    const before = findGeneration(ledger, resumed.name);
    return before?.resumes === undefined ? declaredManifest(work, name, partition, ports) : before.request!.Manifest as JobManifest;
  }
  const location = { bucket: work.manifestBucket, key: writtenManifestKey(work, name) };
  const written = await writeRest(resumed, await restSource(resumed, ledger, ports), location, ports.files);
  if (written.rows === 0) throw new UserError(`${resumed.name} has not done all its tasks, but its report names none that is left: nothing is made for it`);
  return named(location, { Format: FORMAT, Fields: ['Bucket', 'Key', ...written.versioned ? ['VersionId'] : []] }, undefined, partition, ports);
}

interface Written {
  readonly rows: number;
  readonly versioned: boolean;
}

async function writeRest(job: ObservedJob, source: RestSource, location: { bucket: string; key: string }, files: Files): Promise<Written> {
  const rest = job.state === JobState.COMPLETED ? failedRows(source, files) : undoneRows(source, job.counters.totalLabeled, files);
  let rows = 0;
  // all rows name versions, or none does: as the job's own manifest has it, for a report may add them; else the first one says it
  let versioned = source.manifest?.Spec.Fields?.includes('VersionId');
  await files.write(location, (async function* () {
    for await (const row of rest) {
      versioned ??= row.versionId !== undefined;
      rows++;
      yield manifestLine(row, versioned);
    }
  })());
  return { rows, versioned: versioned ?? false };
}

/** A job that is complete has a result for every row. */
function failedRows({ reportUri }: RestSource, files: Files): AsyncIterable<TaskRow> {
  return reportRows(reportUri!, byUri(files), 'failed');
}

/**
 * Rows of the manifest that have not succeeded. However many have, only some of them are held at once: the manifest and the report are
 * read once for each part of the rows.
 */
async function* undoneRows({ reportUri, manifest }: RestSource, succeeded: number, files: Files): AsyncGenerator<TaskRow> {
  const { versioned, rows } = await manifestRows(manifest!, files);
  const parts = Math.max(1, Math.ceil(succeeded / ROWS_AT_ONCE));
  for (let part = 0; part < parts; part++) {
    const done = new Set<string>();
    for await (const row of reportRows(reportUri!, byUri(files), 'succeeded')) {
      const about = subject(row, versioned);
      if (partOf(about, parts) === part) done.add(digest(about));
    }
    for await (const row of rows()) {
      const about = subject(row, versioned);
      if (partOf(about, parts) === part && !done.has(digest(about))) yield row;
    }
  }
}

function byUri(files: Files): ReportFiles {
  return {
    exists: async (uri) => await files.head(parseS3Uri(uri)) !== undefined,
    bytes: (uri) => files.bytes(parseS3Uri(uri)),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 22);
}
