import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { leaveAnswersUnread } from './unread-answer';

let client: SageMakerClient | undefined;

/** The client for listings, made once for each process. Tries are made by the listing, which slows down: the SDK's own would multiply them. */
export function listingClient(): SageMakerClient {
  client ??= leaveAnswersUnread(new SageMakerClient({ maxAttempts: 1, cacheMiddleware: true }));
  return client;
}
