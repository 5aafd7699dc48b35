import { type ConnectionInput, type ConnectionProperties, decodeConnection, id } from './connection-contract';
import { integer, oneOf } from '../../private/property-decoding-contract';

/** What passes between the `CompletionWebhook` construct, its resource's handler and the receiver. All of them import this file. */
export const COMPLETION_WEBHOOK_RESOURCE_TYPE = 'Custom::SuperviselyCompletionWebhook';
export const COMPLETION_WEBHOOK_CONTRACT_VERSION = '1';

/** What the server calls webhooks for. */
export const WEBHOOK_ACTIONS = ['labeling_job.completed', 'labeling_queue.job.completed', 'labeling_queue.completed'] as const;
export type WebhookAction = typeof WEBHOOK_ACTIONS[number];

/**
 * Registers the receiver's address with the server. Webhooks are known as the resource's own by their address, which is no other's; the
 * physical id is `<team id>/<logical id>`. They go with the resource.
 */
export interface CompletionWebhookProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  readonly TeamId: string;
  /** The receiver's function URL, ending in a slash. */
  readonly ReceiverUrl: string;
  /** ARN of the secret with the last part of the address. */
  readonly PathSecretArn: string;
  readonly Actions: readonly WebhookAction[];
  /** How often the server tries again when the receiver does not take a message. */
  readonly RetriesCount: string;
  readonly RetriesDelaySeconds: string;
}

/** Attributes: every one is returned on every path. */
export const COMPLETION_WEBHOOK_ATTRIBUTES = ['TeamId', 'WebhookCount'] as const;
export type CompletionWebhookAttribute = typeof COMPLETION_WEBHOOK_ATTRIBUTES[number];
export type CompletionWebhookAttributes = Readonly<Record<CompletionWebhookAttribute, string>>;

export interface CompletionWebhookInput {
  readonly connection: ConnectionInput;
  readonly teamId: number;
  readonly receiverUrl: string;
  readonly pathSecretArn: string;
  readonly actions: readonly WebhookAction[];
  readonly retriesCount: number;
  readonly retriesDelay: number;
}

export function decodeCompletionWebhookProperties(properties: CompletionWebhookProperties): CompletionWebhookInput {
  return {
    connection: decodeConnection(properties.Connection),
    teamId: id('TeamId', properties.TeamId),
    receiverUrl: properties.ReceiverUrl,
    pathSecretArn: properties.PathSecretArn,
    actions: properties.Actions.map((action, index) => oneOf(`Actions[${index}]`, action, WEBHOOK_ACTIONS, 'labeling_job.completed')),
    retriesCount: integer('RetriesCount', properties.RetriesCount),
    retriesDelay: integer('RetriesDelaySeconds', properties.RetriesDelaySeconds),
  };
}

/** Environment variables of the receiver; none of them is a secret. */
export const RECEIVER_ENVIRONMENT = {
  /** `ConnectionProperties` as JSON. */
  connection: 'CONNECTION',
  teamId: 'TEAM_ID',
  pathSecretArn: 'PATH_SECRET_ARN',
  eventBusName: 'EVENT_BUS_NAME',
} as const;

/** Of the events that the receiver puts on the bus. */
export const EVENT_SOURCE = 'cdk-labeling-workflows.supervisely';
export const JOB_COMPLETED = 'Supervisely Labeling Job Completed';
export const QUEUE_COMPLETED = 'Supervisely Labeling Queue Completed';

/** Detail of `JOB_COMPLETED`, as the server has told it when it was called back. */
export interface JobCompletedDetail {
  readonly serverUrl: string;
  readonly teamId: number;
  readonly projectId: number;
  readonly datasetId: number;
  readonly jobId: number;
  readonly name: string;
  /** The part of the name by which the library knows its jobs; absent for jobs of others. */
  readonly jobName?: string;
  readonly labelingQueueId: number | null;
  readonly userId: number | null;
  readonly reviewerId: number | null;
  readonly status: string;
  readonly finishedAt: string | null;
  readonly imagesCount: number;
  readonly acceptedImagesCount: number;
  readonly rejectedImagesCount: number;
}

/** Detail of `QUEUE_COMPLETED`. */
export interface QueueCompletedDetail {
  readonly serverUrl: string;
  readonly teamId: number;
  readonly projectId: number | null;
  readonly datasetId: number | null;
  readonly labelingQueueId: number;
  readonly name: string;
  /** The part of the name by which the library knows its queues; absent for queues of others. */
  readonly queueName?: string;
  readonly status: string;
  readonly finishedAt: string | null;
}
