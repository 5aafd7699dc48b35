import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { refuse } from '../../private/errors';
import { HandlerNetwork, LONGEST_HANDLER_TIMEOUT } from '../../private/handler-function';
import { JobProvider } from '../../private/job-provider';
import { Connection } from '../connection';

/** A kind of custom resource on a Supervisely server. */
export interface SuperviselyKind {
  readonly id: string;
  readonly bundle: string;
  readonly description: string;
  readonly handlerTimeout: Duration;
  readonly waits: boolean;
}

const SHORT = Duration.minutes(5);

export const TEAM_MEMBERS: SuperviselyKind = {
  id: 'SuperviselyTeamMemberProvider',
  bundle: 'supervisely-team-member',
  description: 'Members of Supervisely teams',
  handlerTimeout: SHORT,
  waits: false,
};

export const PROJECT_METAS: SuperviselyKind = {
  id: 'SuperviselyProjectMetaProvider',
  bundle: 'supervisely-project-meta',
  description: 'Classes and tags of Supervisely projects',
  handlerTimeout: SHORT,
  waits: false,
};

export const LABELING_JOBS: SuperviselyKind = {
  id: 'SuperviselyLabelingJobProvider',
  bundle: 'supervisely-labeling-job',
  description: 'Supervisely labeling jobs of this stack',
  // a call that crashed leaves its lease behind, so a call must not be longer than it needs
  handlerTimeout: SHORT,
  waits: true,
};

export const JOB_FLEETS: SuperviselyKind = {
  id: 'SuperviselyJobFleetProvider',
  bundle: 'supervisely-job-fleet',
  description: 'Fleets of Supervisely labeling jobs',
  // what takes longer goes on in a next call
  handlerTimeout: SHORT,
  waits: true,
};

export const LABELING_QUEUES: SuperviselyKind = {
  id: 'SuperviselyLabelingQueueProvider',
  bundle: 'supervisely-labeling-queue',
  description: 'Supervisely labeling queues of this stack',
  handlerTimeout: SHORT,
  waits: true,
};

export const QUEUE_INVENTORIES: SuperviselyKind = {
  id: 'SuperviselyLabelingQueueInventoryProvider',
  bundle: 'supervisely-labeling-queue-inventory',
  description: 'Lists of Supervisely labeling queues',
  handlerTimeout: LONGEST_HANDLER_TIMEOUT,
  waits: false,
};

export const INVENTORIES: SuperviselyKind = {
  id: 'SuperviselyLabelingJobInventoryProvider',
  bundle: 'supervisely-labeling-job-inventory',
  description: 'Lists of Supervisely labeling jobs',
  handlerTimeout: LONGEST_HANDLER_TIMEOUT,
  waits: false,
};

export const COMPLETION_WEBHOOKS: SuperviselyKind = {
  id: 'SuperviselyCompletionWebhookProvider',
  bundle: 'supervisely-completion-webhook',
  description: 'Webhooks of Supervisely teams',
  handlerTimeout: SHORT,
  waits: false,
};

/**
 * The provider of a stack's resources of one kind. CloudFormation never lets a resource go to another provider, so a stack has one for all
 * its connections, in one network.
 */
export function superviselyProvider(scope: Construct, connection: Connection, kind: SuperviselyKind): JobProvider {
  const provider = JobProvider.of(scope, { ...kind, network: connection._network });
  refuse(scope, isSameNetwork(provider.network, connection._network) ? [] : ['\'connection\' has another network than the one that the stack used before: '
    + 'a stack\'s handlers run in one network, give the same \'vpc\', \'vpcSubnets\' and \'securityGroups\', or use another stack']);
  allowToReadSecret(scope, provider, connection.apiToken);
  return provider;
}

/** Two connections may name one network. Security groups that were made for one of them are not those of another. */
function isSameNetwork(one: HandlerNetwork | undefined, other: HandlerNetwork | undefined): boolean {
  if (one === other || !one || !other) return one === other;
  const groups = new Set(one.securityGroups);
  return one.vpc === other.vpc && groups.size === new Set(other.securityGroups).size && other.securityGroups.every((group) => groups.has(group))
    && sameSubnets(one.vpc, one.vpcSubnets, other.vpcSubnets);
}

function sameSubnets(vpc: ec2.IVpc, one: ec2.SubnetSelection | undefined, other: ec2.SubnetSelection | undefined): boolean {
  if (one === other) return true;
  const [ids, otherIds] = [one, other].map((selection) => vpc.selectSubnets(selection).subnetIds);
  return ids.join() === otherIds.join();
}

/** The present version of a secret, read when it is needed. */
export function allowToReadSecret(scope: Construct, provider: JobProvider, secret: secretsmanager.ISecret): void {
  provider.allow(`secret ${secret.node.path}`, 'all', () => secretStatements(scope, secret));
}

export function secretStatements(scope: Construct, secret: secretsmanager.ISecret): iam.PolicyStatement[] {
  const { encryptionKey } = secret;
  return [
    // the ARN of a secret that is known by its name lacks the six characters at its end
    new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretFullArn ?? `${secret.secretArn}-??????`] }),
    ...encryptionKey ? [new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(scope).region}.amazonaws.com` } },
    })] : [],
  ];
}
