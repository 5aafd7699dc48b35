import { activityMethods } from './api/activity';
import { annotationMethods } from './api/annotations';
import { collectionMethods } from './api/collections';
import { datasetMethods } from './api/datasets';
import { figureMethods } from './api/figures';
import { imageFileMethods } from './api/image-files';
import { imageMethods } from './api/images';
import { memberMethods } from './api/members';
import { projectMetaMethods } from './api/project-meta';
import { projectMethods } from './api/projects';
import { queueMethods } from './api/queues';
import { tagMethods } from './api/tag-methods';
import { teamMethods } from './api/teams';
import { userMethods } from './api/users';
import type { WebhookSender } from './api/webhook-sender';
import { webhookMethods } from './api/webhooks';
import { jobMethods } from './jobs/methods';
import { reviewMethods } from './jobs/review-methods';
import { statsMethods } from './jobs/stats';
import { open } from './schema';
import { get, type Methods } from './server/method';
import type { Site } from './site';

/** What the Python SDK compares with the version that it needs. */
const INSTANCE_VERSION = '6.99.0';

/** Every served method of the public API. */
export function methodsOf(site: Site, webhooks: WebhookSender): Methods {
  return {
    'instance.version': get(open({}), () => ({ version: INSTANCE_VERSION })),
    ...userMethods(site),
    ...memberMethods(site),
    ...teamMethods(site),
    ...activityMethods(site),
    ...projectMethods(site),
    ...projectMetaMethods(site),
    ...datasetMethods(site),
    ...collectionMethods(site),
    ...imageMethods(site),
    ...imageFileMethods(site),
    ...tagMethods(site),
    ...annotationMethods(site),
    ...figureMethods(site),
    ...jobMethods(site),
    ...reviewMethods(site),
    ...statsMethods(site),
    ...queueMethods(site),
    ...webhookMethods(site, webhooks),
  };
}
