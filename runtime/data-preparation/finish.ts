import { type FailedObject, PreparationFiles, type PreparedObject, sourceRef, type StepJobs } from './files';
import type { Ports } from './ports';
import { DECLARED, UNREADABLE } from './read-input';
import { type FinishEvent, PREPARED_FILES, type PreparationAnswer, type PreparationStepKind } from '../../src/s3batch/private/data-preparation-contract';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';

interface StepSummary {
  readonly step: PreparationStepKind;
  readonly jobs: readonly string[];
  readonly failed: number;
}

/** Writes the labeling manifest out of what came through all steps, and what did not with the reason. The manifest last: it wakes the labeling. */
export async function finish({ folder, steps }: FinishEvent, ports: Ports): Promise<PreparationAnswer> {
  const files = new PreparationFiles(ports.objects, folder);
  const prepared = new Map<number, PreparedObject>();
  for await (const object of files.readLines<PreparedObject>(files.objectsOf(steps.length))) for (const line of object.lines) prepared.set(line, object);

  const summaries: StepSummary[] = [];
  let failed = 0;
  await files.write(files.uri(PREPARED_FILES.failed), (async function* () {
    for (const [number, step] of [...steps.entries()]) {
      const failures = await files.readIfThere<FailedObject>(files.step(number, 'failed.jsonl'));
      summaries.push({ step, jobs: jobIds(await files.jobs(number)), failed: failures.length });
      for (const failure of failures) yield* told(failure, step);
    }
    for await (const failure of files.readLines<FailedObject>(files.uri(UNREADABLE))) yield* told(failure, 'read');
  })());
  function* told({ lines, ...failure }: FailedObject, step: string): Iterable<object> {
    for (const line of lines) {
      failed++;
      yield { line, step, ...failure };
    }
  }

  const totals = { prepared: prepared.size, failed };
  await files.write(files.uri(PREPARED_FILES.summary), [{ ...totals, steps: summaries }]);
  if (prepared.size === 0) throw new UserError(`no object came through all steps: ${files.uri(PREPARED_FILES.failed)} says why`);
  await ports.objects.writeLines(files.manifest, manifestLines(ports.objects.lines(files.uri(DECLARED)), prepared));
  log('prepared', totals);
  return { next: 'done', objects: prepared.size, failed };
}

function jobIds(attempt: StepJobs | undefined): string[] {
  return attempt?.jobs.flatMap(({ id }) => id ?? []) ?? [];
}

/** The declared lines in their order, each with its object as it is now. */
async function* manifestLines(lines: AsyncIterable<string>, prepared: ReadonlyMap<number, PreparedObject>): AsyncIterable<string> {
  let number = 0;
  for await (const line of lines) {
    const object = prepared.get(++number);
    if (object) yield JSON.stringify({ ...JSON.parse(line) as object, ...object.add, 'source-ref': sourceRef(object) });
  }
}
