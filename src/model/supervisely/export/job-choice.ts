import type { EntityReviewStatus, SuperviselyJobStatus } from '../limits';

/** A job as far as it decides on labels. */
export interface ExportJob {
  readonly id: number;
  readonly name: string;
  readonly status: SuperviselyJobStatus;
  readonly finishedAt: string | null;
  readonly labelerLogin: string;
  readonly images: ReadonlyArray<{ readonly id: number; readonly reviewStatus: EntityReviewStatus }>;
}

/** Whose label an image gets. */
export interface ImageChoice {
  readonly imageId: number;
  /** Place of the job in the list; undefined: no job has finished the image. */
  readonly job?: number;
  readonly accepted: boolean;
  /** Places of jobs whose labelers have drawn another answer on the same image. */
  readonly others: readonly number[];
}

/** How good a reason an image's state in a job is to take its label from there. */
const RANK: Readonly<Record<EntityReviewStatus, number>> = { none: 0, rejected: 0, done: 1, accepted: 2, quality_check_accepted: 2 };

/** One label for each image of all jobs, by their ids: of the job where it was accepted, else of the one that was finished last. */
export function chooseJobs(jobs: readonly ExportJob[]): ImageChoice[] {
  const byImage = new Map<number, Array<{ readonly job: number; readonly reviewStatus: EntityReviewStatus }>>();
  jobs.forEach(({ images }, job) => {
    for (const { id, reviewStatus } of images) {
      const answers = byImage.get(id);
      if (answers) answers.push({ job, reviewStatus });
      else byImage.set(id, [{ job, reviewStatus }]);
    }
  });
  return [...byImage].sort(([a], [b]) => a - b).map(([imageId, answers]) => {
    const best = answers.reduce((a, b) => (isBetter(b, a, jobs) ? b : a));
    if (RANK[best.reviewStatus] === 0) return { imageId, accepted: false, others: [] };
    const rivals = answers.filter((answer) => isRival(answer, jobs) && jobs[answer.job].labelerLogin !== jobs[best.job].labelerLogin);
    return { imageId, job: best.job, accepted: RANK[best.reviewStatus] === 2, others: rivals.map(({ job }) => job) };
  });
}

type Answer = Pick<ImageChoice, never> & { readonly job: number; readonly reviewStatus: EntityReviewStatus };

function isBetter(one: Answer, other: Answer, jobs: readonly ExportJob[]): boolean {
  const ranks = RANK[one.reviewStatus] - RANK[other.reviewStatus];
  if (ranks !== 0) return ranks > 0;
  const [a, b] = [jobs[one.job], jobs[other.job]];
  const [at, bt] = [a.finishedAt ?? '', b.finishedAt ?? ''];
  return at === bt ? a.id > b.id : at > bt;
}

/** Who ended without finishing an image has left a beginning, on which the next labeler went on; all else is an answer of its own. */
function isRival({ job, reviewStatus }: Answer, jobs: readonly ExportJob[]): boolean {
  return reviewStatus !== 'none' || !['completed', 'stopped'].includes(jobs[job].status);
}
