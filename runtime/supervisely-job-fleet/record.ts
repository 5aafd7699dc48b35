import type { FleetLook } from './look';
import type { FleetFiles } from './ports';
import { type FleetJob, isFinished, phaseOf } from '../../src/model/supervisely/fleet/fleet-job';
import { FLEET_FILES } from '../../src/supervisely/private/job-fleet-contract';

/** Writes who has what: a line for each labeler who has or had jobs. */
export async function writeRecord(seen: FleetLook, files: FleetFiles): Promise<void> {
  await files.writeLines(FLEET_FILES.record, lines(seen));
}

async function* lines(seen: FleetLook): AsyncIterable<string> {
  const declared = seen.resolved.labelers.map(({ userId }) => userId);
  const left = seen.jobs.map(({ userId }) => userId).filter((userId) => !declared.includes(userId)).sort((a, b) => a - b);
  for (const userId of new Set([...declared, ...left])) yield JSON.stringify(labeler(userId, seen));
}

function labeler(userId: number, { jobs, resolved, desired }: FleetLook): object {
  const own = jobs.filter((job) => job.userId === userId && job.identity === desired.identity).sort((a, b) => a.jobId - b.jobId);
  const declared = resolved.labelers.find((one) => one.userId === userId);
  const images = own.flatMap(({ entities }) => entities);
  return {
    userId,
    login: declared?.login ?? null,
    weight: declared?.weight ?? 0,
    finished: new Set(images.filter(isFinished).map(({ id }) => id)).size,
    left: own.filter((job) => phaseOf(job) === 'at work').flatMap(({ entities }) => entities).filter((image) => !isFinished(image)).length,
    jobs: own.map(jobLine),
  };
}

function jobLine({ jobId, name, status, datasetId, images, finished, accepted, rejected, disabled }: FleetJob): object {
  return { jobId, name, status, datasetId, images, finished, accepted, rejected, disabled };
}
