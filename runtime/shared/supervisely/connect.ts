import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiToken, type ReadSecret, secretsOf } from './api-token';
import { SuperviselyClient } from './client';
import type { ConnectionInput } from '../../../src/supervisely/private/connection-contract';
import type { LambdaContext } from '../custom-resource';

/** Reads secrets; made once for each Lambda process, so that connections are reused. */
export const readSecret: ReadSecret = secretsOf(new SecretsManagerClient({ maxAttempts: 4 }));

/** A client that reads its token once, in the invocation to which it belongs. */
export function connecting(context: LambdaContext): (connection: ConnectionInput) => SuperviselyClient {
  return (connection) => new SuperviselyClient(connection, {
    fetch: (url, init) => fetch(url, init),
    token: () => apiToken(readSecret, connection.secretArn, connection.secretField),
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}
