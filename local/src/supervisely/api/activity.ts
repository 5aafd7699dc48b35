import { ID, open } from '../schema';
import { FILTER } from '../server/filters';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods } from '../server/method';
import type { Site } from '../site';
import type { ActivityEvent } from '../store/records';

/** What happened in a team. */
export function activityMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'teams.activity': get(open({ teamId: ID, filter: FILTER }, LIST_MEMBERS), (input, { user }) => {
      access.team(user, input.teamId);
      return listPage(input, store.activity.of(input.teamId), {
        fields: {
          userId: (event) => event.userId,
          projectId: (event) => event.projectId,
          jobId: (event) => event.jobId,
          labelerId: (event) => event.meta.labelerId as number | undefined,
          reviewStatus: (event) => event.meta.reviewStatus as string | undefined,
          type: (event) => event.action,
          date: (event) => event.date,
        },
        view: (event) => eventView(site, event),
      });
    }),
  };
}

function eventView({ store }: Site, event: ActivityEvent): object {
  const { userId, action, date, projectId = null, datasetId = null, imageId = null, classId = null, figureId = null, jobId = null, tagId = null, meta } = event;
  const project = projectId === null ? undefined : store.projects.get(projectId);
  return {
    userId,
    user: store.users.get(userId)?.login ?? null,
    action,
    date,
    projectId,
    project: project?.name ?? null,
    datasetId,
    dataset: datasetId === null ? null : store.datasets.get(datasetId)?.name ?? null,
    imageId,
    image: imageId === null ? null : store.images.get(imageId)?.name ?? null,
    classId,
    class: project?.classes.find(({ id }) => id === classId)?.title ?? null,
    figureId,
    jobId,
    job: jobId === null ? null : store.jobs.get(jobId)?.name ?? null,
    tagId,
    tag: project?.tags.find(({ id }) => id === tagId)?.name ?? null,
    meta,
  };
}
