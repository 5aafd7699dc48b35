/** What `FIDELITY.md` says of this server beside the names of its methods. */
export const NOTES: readonly string[] = [
  'The server of `"supervisely": {"server", "token"}`: methods are `POST /public/api/v3/<method>` with the header `x-api-key`; the documented verb (GET, PUT) is taken too. `POST /api/account` logs in.',
  'Inputs are checked against the documented types and limits; a member unknown to a method that changes something is refused, in a list it is let through.',
  'Projects of images only; figures are bitmaps, rectangles, polygons, lines and points. Things removed are gone: there is no restoring.',
  'Faults, calls: `"service": "supervisely"`, `"operation"` the method (`jobs.add`); `"error"` may hold `"retryAfterSeconds"`.',
  '`POST /_local/supervisely/labelers {"labelers": [{"login"?, "accuracy"?, "secondsPerImage"?, "secondsToStart"?, "objectsPerImage"?}], "reviewers": [{"login"?, "secondsPerImage"?, "rejects"?, "finds"?, "rework"?}]}` says how people work; `"rework"` is `return` (the job goes back to its labeler), `restart` (a new job) or `leave`.',
  '`GET /_local/supervisely/webhook-deliveries` lists what was posted to webhooks; hosts other than this machine are not called, delivery counts as failed.',
  'After each answer time keeps still for 0.2 s, so that a script sees what it has just made before people work on it.',
];

export const SIMPLIFIED: Readonly<Record<string, string>> = {
  'annotations.bulk.add': 'the given annotation replaces the image\'s; pixel-wise probabilities are not kept',
  'images.bulk.add': 'links are read from the engine\'s S3 and this machine only; images of other hosts are taken without size',
  'images.list': '"filters" by collection only, not by class, tag or content',
  'entities-collections.add': 'no collections of the AI search',
  'images.info': '"fullStorageUrl" is the link of a linked image, else null',
  'figures.list': 'no "filters", only "filter"',
  'jobs.add': 'no "srcJobId", no "additionalDatasetIds"; guides, validation rules and image classes are kept and have no effect',
  'jobs.stats': 'editing and annotating take the same time',
  'labeling-queues.add': 'quality checkers are members and have nothing to do; review jobs are not jobs of their own',
  'labeling-queues.stats.entities': '"filters" by collection only',
  'projects.archive': 'removed at once',
  'projects.settings.update': 'kept, without effect',
  'teams.activity': 'actions: members, workspaces, projects, datasets and images made, figures created, durations, review statuses',
  'webhooks.add': 'the form of the message is the engine\'s own: {"action", "data": {"teamId", "projectId", "datasetId", "jobId"?, "labelingQueueId"}}',
  'webhooks.test': 'posts the payload as it is',
};

/** Methods that the Python SDK has for the same things, and the server not; it has others for videos, point clouds, apps and models. */
export const ABSENT: readonly string[] = [
  'advanced.object_classes.editInfo', 'advanced.object_classes.info', 'advanced.tags.editInfo', 'annotations.bulk.copy', 'datasets.list.all', 'datasets.move',
  'datasets.remove.permanently', 'entities-collections.editInfo', 'figures.bulk.download.geometry', 'figures.bulk.restore', 'figures.bulk.upload.geometry',
  'figures.editInfo', 'guides.*', 'image-tags.remove-from-image', 'image-tags.update-tag-value', 'images.bulk.download-by-hash', 'images.update.links',
  'jobs.figure.update-review-status', 'jobs.pause', 'jobs.tag.update-review-status', 'projects.clone', 'projects.list.all', 'projects.remove.permanently',
  'projects.stats', 'tags.bulk.add', 'teams.archive', 'teams.editInfo', 'workspaces.archive', 'workspaces.editInfo',
];
