import { CustomResource, Duration, Resource, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Connection } from './connection';
import { LabelingJob } from './labeling-job';
import { LabelingQueue } from './labeling-queue';
import {
  COMPLETION_WEBHOOK_CONTRACT_VERSION, COMPLETION_WEBHOOK_RESOURCE_TYPE, CompletionWebhookProperties, EVENT_SOURCE, JOB_COMPLETED, QUEUE_COMPLETED,
  RECEIVER_ENVIRONMENT, WEBHOOK_ACTIONS,
} from './private/completion-webhook-contract';
import { allowToReadSecret, COMPLETION_WEBHOOKS, secretStatements, superviselyProvider } from './private/supervisely-provider';
import { wholeNumberProblems } from './private/validation';
import { refuse } from '../private/errors';
import { HandlerFunction, handlerLogGroup } from '../private/handler-function';
import { SERVICE_TIMEOUT } from '../private/job-provider';
import { isKnown } from '../private/tokens';

/** A message is answered once the server has been asked about it. */
const RECEIVER_TIMEOUT = Duration.minutes(1);
/** Of the address's last part: as many as nobody can guess. */
const PATH_LENGTH = 64;

/** Properties of a `CompletionWebhook`. */
export interface CompletionWebhookProps {
  /** The server, which must be able to reach the internet. */
  readonly connection: Connection;

  /** Id of the team whose jobs and queues are announced. */
  readonly teamId: number;

  /**
   * The bus that gets the events.
   *
   * @default - the account's default bus
   */
  readonly eventBus?: events.IEventBus;

  /**
   * How often the server sends a message again that was not taken, from 0.
   *
   * @default 5
   */
  readonly retriesCount?: number;
}

/** Which events a rule is for. */
export interface CompletionEventOptions extends events.OnEventOptions {
  /**
   * The jobs whose completion is meant, former and next ones of theirs included.
   *
   * @default - all jobs of the team, those of others too
   */
  readonly jobs?: LabelingJob[];
}

/** Which events of queues a rule is for. */
export interface QueueCompletionEventOptions extends events.OnEventOptions {
  /**
   * The queues whose completion is meant, former and next ones of theirs included.
   *
   * @default - all queues of the team, those of others too
   */
  readonly queues?: LabelingQueue[];
}

/**
 * Completed jobs and queues of a team as events of EventBridge.
 *
 * The server sends a message to an address that nobody can guess; the receiver takes from it nothing but an id, asks the server about it, and announces
 * what the server says. An event may come twice.
 *
 * @see https://developer.supervisely.com/advanced-user-guide/webhooks
 */
export class CompletionWebhook extends Resource {
  /** The bus that gets the events. */
  public readonly eventBus: events.IEventBus;

  /**
   * @param scope the construct that owns the webhook
   * @param id the webhook's id in its scope
   * @param props whose jobs and queues are announced
   */
  constructor(scope: Construct, id: string, props: CompletionWebhookProps) {
    refuse(`${scope.node.path}/${id}`, [...wholeNumberProblems('teamId', props.teamId, 1), ...wholeNumberProblems('retriesCount', props.retriesCount, 0)]);
    super(scope, id);
    const { connection, teamId } = props;
    this.eventBus = props.eventBus ?? events.EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    const path = new secretsmanager.Secret(this, 'Path', {
      description: `Last part of the address that is known to ${isKnown(connection.serverUrl) ? connection.serverUrl : 'the Supervisely server'} alone`,
      generateSecretString: { passwordLength: PATH_LENGTH, excludePunctuation: true },
    });
    const url = this.receiver(props, path).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });

    const provider = superviselyProvider(this, connection, COMPLETION_WEBHOOKS);
    allowToReadSecret(this, provider, path);
    const properties: Omit<Record<keyof CompletionWebhookProperties, unknown>, 'ServiceToken'> = {
      ContractVersion: COMPLETION_WEBHOOK_CONTRACT_VERSION,
      Connection: connection._properties,
      TeamId: teamId,
      ReceiverUrl: url.url,
      PathSecretArn: path.secretArn,
      Actions: WEBHOOK_ACTIONS,
      RetriesCount: props.retriesCount ?? 5,
      RetriesDelaySeconds: 10,
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: COMPLETION_WEBHOOK_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(path, ...provider.permissions);
  }

  /** A rule for completed jobs. */
  public onJobCompleted(id: string, options: CompletionEventOptions = {}): events.Rule {
    const { jobs, ...others } = options;
    refuse(`${this.node.path}/${id}`, jobs?.length === 0 ? ['\'jobs\' is empty: leave it out for all jobs of the team'] : []);
    return this.rule(id, this._completed(jobs), others);
  }

  /** A rule for completed queues. */
  public onQueueCompleted(id: string, options: QueueCompletionEventOptions = {}): events.Rule {
    const { queues, ...others } = options;
    refuse(`${this.node.path}/${id}`, queues?.length === 0 ? ['\'queues\' is empty: leave it out for all queues of the team'] : []);
    const detail = queues && { queueName: prefixes(queues) };
    return this.rule(id, { source: [EVENT_SOURCE], detailType: [QUEUE_COMPLETED], ...detail && { detail } }, others);
  }

  /**
   * The events of completed jobs: of all, or of these ones, by the beginning of their names.
   *
   * @internal
   */
  public _completed(jobs?: ReadonlyArray<Pick<LabelingJob, '_nameBase'>>): events.EventPattern {
    const detail = jobs && { jobName: prefixes(jobs) };
    return { source: [EVENT_SOURCE], detailType: [JOB_COMPLETED], ...detail && { detail } };
  }

  private rule(id: string, pattern: events.EventPattern, { crossStackScope, eventPattern, target, ...props }: events.OnEventOptions): events.Rule {
    const rule = new events.Rule(crossStackScope ?? this, id, { eventBus: this.eventBus, ...props });
    rule.addEventPattern(pattern);
    if (eventPattern) rule.addEventPattern(eventPattern);
    rule.addTarget(target);
    return rule;
  }

  /** Everybody may call it, for the server cannot sign its messages as AWS wants it. */
  private receiver({ connection, teamId }: CompletionWebhookProps, path: secretsmanager.ISecret): HandlerFunction {
    const receiver = new HandlerFunction(this, 'Receiver', {
      bundle: COMPLETION_WEBHOOKS.bundle,
      handler: 'receive',
      description: `Receives messages of a Supervisely server for ${this.node.path}`.slice(0, 256),
      timeout: RECEIVER_TIMEOUT,
      logGroup: handlerLogGroup(this, 'Logs'),
      network: connection._network,
    });
    receiver.addEnvironment(RECEIVER_ENVIRONMENT.connection, Stack.of(this).toJsonString(connection._properties));
    receiver.addEnvironment(RECEIVER_ENVIRONMENT.teamId, String(teamId));
    receiver.addEnvironment(RECEIVER_ENVIRONMENT.pathSecretArn, path.secretArn);
    receiver.addEnvironment(RECEIVER_ENVIRONMENT.eventBusName, this.eventBus.eventBusName);
    for (const secret of [connection.apiToken, path]) secretStatements(this, secret).forEach((statement) => receiver.addToRolePolicy(statement));
    this.eventBus.grantPutEventsTo(receiver);
    return receiver;
  }
}

/** By the beginning of the names by which the library knows jobs and queues: it stays when next ones follow. */
function prefixes(named: ReadonlyArray<{ readonly _nameBase: string }>): object[] {
  return named.map(({ _nameBase }) => ({ prefix: `${_nameBase}-` }));
}
