import * as fs from 'node:fs';
import * as path from 'node:path';
import { type CompletionWebhookProperties, decodeCompletionWebhookProperties } from '../../../src/supervisely/private/completion-webhook-contract';

/** Properties as the first release renders them: Delete and rollback bring them back for ever. */
const released = JSON.parse(fs.readFileSync(path.join(__dirname, '../../fixtures/contracts/supervisely-completion-webhook-1.json'), 'utf8')) as CompletionWebhookProperties;

test('all that CloudFormation made strings is restored', () => {
  expect(decodeCompletionWebhookProperties(released)).toEqual({
    connection: { ...{ serverUrl: 'https://labels.example.com', secretArn: released.Connection.SecretArn, allowPlainHttp: false }, requestTimeoutSeconds: 60 },
    teamId: 8,
    receiverUrl: released.ReceiverUrl,
    pathSecretArn: released.PathSecretArn,
    actions: ['labeling_job.completed', 'labeling_queue.job.completed', 'labeling_queue.completed'],
    retriesCount: 5,
    retriesDelay: 10,
  });
});

test.each([
  ['TeamId of a job that is prepared', { TeamId: '' }, 'TeamId: the id is not known yet, the job or queue that it is of is still preparing'],
  ['TeamId', { TeamId: '0' }, 'TeamId: expected the id of something on the server'],
  ['Actions', { Actions: ['labeling_job.begun'] }, 'Actions[0]: expected one of labeling_job.completed'],
  ['RetriesCount', { RetriesCount: '-1' }, 'RetriesCount: expected a whole number'],
])('%s is checked', (_, changes, message) => {
  expect(() => decodeCompletionWebhookProperties({ ...released, ...changes } as CompletionWebhookProperties)).toThrow(message);
});
