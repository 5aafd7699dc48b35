import { counts } from './view';
import { ID, open } from '../schema';
import { get, type Methods } from '../server/method';
import type { Site } from '../site';
import type { Job, JobEntity } from '../store/job-records';
import type { Figure, ObjectClass, TagMeta } from '../store/records';
import type { Store } from '../store/store';

/** What a job's labelers have done, and how long it took them. */
export function statsMethods({ store, access }: Site): Methods {
  return { 'jobs.stats': get(open({ id: ID }), ({ id }, { user }) => jobStats(store, access.job(user, id))) };
}

/** An image of the job with what is on it. */
interface Labeled {
  readonly entity: JobEntity;
  readonly figures: readonly Figure[];
  readonly tagIds: readonly number[];
}

function jobStats(store: Store, job: Job): object {
  const labeled = job.entities.map((entity) =>
    ({ entity, figures: store.figures.of(entity.id), tagIds: store.images.get(entity.id)?.tags.map(({ tagId }) => tagId) ?? [] }));
  const { classes = [], tags = [] } = store.projects.get(job.projectId) ?? {};
  const seconds = sum(job.entities.map((entity) => entity.seconds));
  const { imagesCount, finishedImagesCount } = counts(job);
  const { id, name, startedAt, finishedAt } = job;
  const tagsStats = tags.map((tag) => tagStats(tag, labeled));
  return {
    job: { id, name, startedAt, finishedAt, imagesCount, finishedImagesCount, editingDuration: seconds, annotationDuration: seconds, tagsStats },
    classes: classes.map((one) => classStats(one, labeled)),
    images: { total: imagesCount, images: labeled.map((one) => imageStats(store, one)) },
  };
}

function imageStats(store: Store, { entity: { id, reviewStatus, seconds }, figures }: Labeled): object {
  const name = store.images.get(id)?.name ?? null;
  return { id, name, reviewStatus, annotationDuration: seconds, totalDuration: seconds, labelsCount: figures.length };
}

/** Time spent on an image is shared evenly by its labels. */
function classStats({ id, title, color, shape }: ObjectClass, labeled: readonly Labeled[]): object {
  const shares = labeled.map(({ entity, figures }) => ({ entity, all: figures.length, own: figures.filter(({ classId }) => classId === id).length }))
    .filter(({ own }) => own > 0);
  const labelsCount = sum(shares.map(({ own }) => own));
  const totalDuration = sum(shares.map(({ entity, all, own }) => entity.seconds * own / all));
  const avgDuration = labelsCount === 0 ? null : totalDuration / labelsCount;
  return { id, name: title, color, shape, totalDuration, imagesCount: shares.length, avgDuration, labelsCount };
}

function tagStats({ id, name, color }: TagMeta, labeled: readonly Labeled[]): object {
  const images = labeled.filter(({ tagIds }) => tagIds.includes(id)).length;
  const figures = labeled.flatMap((one) => one.figures).filter(({ tags }) => tags.some(({ tagId }) => tagId === id)).length;
  return { id, name, color, images, figures };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
