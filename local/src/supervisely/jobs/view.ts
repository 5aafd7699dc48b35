import type { Listing } from '../server/listing';
import type { Site } from '../site';
import type { Job, JobMeta, ReviewStatus } from '../store/job-records';
import type { Project } from '../store/records';

export function jobListing(site: Site): Listing<Job> {
  return {
    fields: {
      userId: ({ userId }) => userId,
      createdBy: ({ createdBy }) => createdBy,
      reviewerId: ({ reviewerId }) => reviewerId,
      projectId: ({ projectId }) => projectId,
      projectType: ({ projectId }) => site.store.projects.get(projectId)?.type,
      datasetId: ({ datasetId }) => datasetId,
      labelingQueueId: ({ labelingQueueId }) => labelingQueueId,
      name: ({ name }) => name,
      status: ({ status }) => status,
    },
    sortable: {
      createdAt: ({ createdAt }) => createdAt,
      updatedAt: ({ updatedAt }) => updatedAt,
      startedAt: ({ startedAt }) => startedAt,
      finishedAt: ({ finishedAt }) => finishedAt,
      annotationFinishedAt: ({ annotationFinishedAt }) => annotationFinishedAt,
      reviewFinishedAt: ({ reviewFinishedAt }) => reviewFinishedAt,
      priority: ({ priority }) => priority,
    },
    view: (job) => jobView(site, job),
  };
}

/** A job as lists show it; `jobs.info` adds its images. */
export function jobView({ store }: Site, job: Job): object {
  const project = store.projects.get(job.projectId);
  const loginOf = (id: number | null): string | null => id === null ? null : store.users.get(id)!.login;
  return {
    id: job.id,
    name: job.name,
    readme: job.readme,
    description: job.description,
    type: 'annotation',
    teamId: job.teamId,
    workspaceId: job.workspaceId,
    workspaceTitle: store.workspaces.get(job.workspaceId)!.name,
    projectId: job.projectId,
    projectTitle: project?.name ?? null,
    projectType: project?.type ?? null,
    datasetId: job.datasetId,
    datasetTitle: job.datasetId === null ? null : store.datasets.get(job.datasetId)?.name ?? null,
    createdBy: job.createdBy,
    managerLogin: loginOf(job.createdBy),
    userId: job.userId,
    labelerLogin: loginOf(job.userId),
    reviewerId: job.reviewerId,
    reviewerLogin: loginOf(job.reviewerId),
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    startedAt: job.startedAt,
    annotationFinishedAt: job.annotationFinishedAt,
    reviewFinishedAt: job.reviewFinishedAt,
    finishedAt: job.finishedAt,
    status: job.status,
    disabled: job.disabled,
    labelingQueueId: job.labelingQueueId,
    labelingExamId: null,
    priority: job.priority,
    ...counts(job),
    meta: metaView(project, job.meta),
    customData: job.customData,
  };
}

export function jobInfo(site: Site, job: Job): object {
  const entities = job.entities.map(({ id, reviewStatus }) => ({ reviewStatus, id, name: site.store.images.get(id)?.name ?? null }));
  return { ...jobView(site, job), entities };
}

type Count = 'imagesCount' | 'finishedImagesCount' | 'rejectedImagesCount' | 'acceptedImagesCount' | 'progressImagesCount';

export function counts({ entities }: Job): Record<Count, number> {
  const count = (...statuses: ReviewStatus[]): number => entities.filter(({ reviewStatus }) => statuses.includes(reviewStatus)).length;
  return {
    imagesCount: entities.length,
    finishedImagesCount: count('done', 'accepted', 'rejected', 'quality_check_accepted'),
    rejectedImagesCount: count('rejected'),
    acceptedImagesCount: count('accepted', 'quality_check_accepted'),
    progressImagesCount: count('done'),
  };
}

/** Names of the request become `{id, name}`; clients need these four members in every answer. */
function metaView(project: Project | undefined, { classes, projectTags, imageTags, range, imageFiguresLimit, imageTagsLimit, others }: JobMeta): object {
  const classId = (name: string): number | null => project?.classes.find(({ title }) => title === name)?.id ?? null;
  const tagId = (name: string): number | null => project?.tags.find((tag) => tag.name === name)?.id ?? null;
  return {
    ...others,
    classes: classes.map((name) => ({ id: classId(name), name })),
    projectTags: projectTags.map((name) => ({ id: tagId(name), name })),
    imageTags: imageTags.map(({ name, positive }) => ({ id: tagId(name), name, positive })),
    range,
    imageFiguresLimit,
    imageTagsLimit,
  };
}
