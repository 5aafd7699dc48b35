/**
 * Messages of a Supervisely server on completed jobs and queues become events: the custom resource that registers the receiver's address with the
 * server, and the receiver.
 *
 * What they may do, and why:
 *
 * | actions                          | resource                                                                              |
 * |----------------------------------|---------------------------------------------------------------------------------------|
 * | secretsmanager:GetSecretValue    | the secret of the API token, and that of the address's last part                       |
 * | kms:Decrypt                      | the keys of these secrets, where they have their own                                   |
 * | events:PutEvents                 | the bus, the receiver alone                                                            |
 */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { MAX_ATTEMPTS } from './shared/clients';
import type { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { secretText } from './shared/supervisely/api-token';
import { connecting, readSecret } from './shared/supervisely/connect';
import { receive as receiveMessage } from './supervisely-completion-webhook/receive';
import { type CompletionWebhookEvent, handleCompletionWebhook } from './supervisely-completion-webhook/register';
import { EVENT_SOURCE, RECEIVER_ENVIRONMENT } from '../src/supervisely/private/completion-webhook-contract';
import { decodeConnection } from '../src/supervisely/private/connection-contract';

const eventBridge = new EventBridgeClient({ maxAttempts: MAX_ATTEMPTS });

export function onEvent(event: CompletionWebhookEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleCompletionWebhook(event, {
    connect: connecting(context),
    readSecret,
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}

/** The last part of the address, read once for each Lambda process: anybody may call the receiver, and every reading is paid for. */
let path: Promise<string> | undefined;

export function receive(event: LambdaFunctionURLEvent, context: LambdaContext): Promise<LambdaFunctionURLResult> {
  const setting = (name: keyof typeof RECEIVER_ENVIRONMENT): string => process.env[RECEIVER_ENVIRONMENT[name]]!;
  const remember = (): Promise<string> => path ??= secretText(readSecret, setting('pathSecretArn'), undefined).catch((error) => {
    path = undefined;
    throw error;
  });
  return receiveMessage(event, {
    caller: connecting(context)(decodeConnection(JSON.parse(setting('connection')))),
    teamId: Number(setting('teamId')),
    path: remember,
    announce: (detailType, detail) => announce(setting('eventBusName'), detailType, detail),
  });
}

/** An event that the bus does not take is an error, although the call succeeds. */
async function announce(EventBusName: string, DetailType: string, detail: object): Promise<void> {
  const entry = { EventBusName, Source: EVENT_SOURCE, DetailType, Detail: JSON.stringify(detail) };
  const { Entries } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  const refused = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new Error(`the event bus ${EventBusName} did not take the event: ${refused.ErrorCode}: ${refused.ErrorMessage}`);
}
