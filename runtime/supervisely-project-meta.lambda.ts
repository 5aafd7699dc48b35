/**
 * The custom resource of a Supervisely project's classes and tags. They are added where they are missing and never dropped.
 *
 * What it may do, and why:
 *
 * | actions                          | resource                                        |
 * |----------------------------------|-------------------------------------------------|
 * | secretsmanager:GetSecretValue    | the secret of the API token                     |
 * | kms:Decrypt                      | the key of that secret, where it has its own    |
 */
import type { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { connecting } from './shared/supervisely/connect';
import { handleProjectMeta, type ProjectMetaEvent } from './supervisely-project-meta/handler';

export function onEvent(event: ProjectMetaEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleProjectMeta(event, {
    connect: connecting(context),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}
