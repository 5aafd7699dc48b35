import type { Look } from './look';
import { jobState } from '../../src/model/job-state';
import type { Ledger } from '../../src/model/ledger';
import type { OwnQueue } from '../../src/model/supervisely/own-queue';
import { LABELING_QUEUE_ATTRIBUTES, type LabelingQueueAttributes } from '../../src/supervisely/private/labeling-queue-contract';
import { cutToBytes } from '../shared/errors';

/** The response as a whole has 4,096 bytes. */
const MAX_MESSAGE_BYTES = 1000;

/** The queue that counts: the newest of the declared identity. */
export function newestQueue({ queues, desired }: Pick<Look, 'queues' | 'desired'>): OwnQueue | undefined {
  return queues.filter(({ identity }) => identity === desired.identity).sort((a, b) => b.generation - a.generation)[0];
}

/** What the ledger knows of a queue whose server or people cannot be looked up. */
export function recordedAttributes({ generations, desired }: Ledger, notes: readonly string[]): LabelingQueueAttributes {
  const [newest] = generations.filter(({ identity, arn }) => identity === desired?.identity && arn !== undefined).sort((a, b) => b.generation - a.generation);
  const counts = { ImagesCount: '0', PendingImagesCount: '0', InProgressImagesCount: '0', AnnotatedImagesCount: '0', AcceptedImagesCount: '0' };
  return {
    ...Object.fromEntries(LABELING_QUEUE_ATTRIBUTES.map((name) => [name, ''])) as LabelingQueueAttributes,
    ...counts,
    QueueId: newest?.arn ?? '',
    Generation: String(newest?.generation ?? 0),
    TeamId: newest?.tags.teamId ?? '',
    ProjectId: newest?.tags.projectId ?? '',
    Message: cutToBytes(notes.join('; '), MAX_MESSAGE_BYTES),
  };
}

/** Every attribute, on every path: CloudFormation fails a stack that asks for one which is missing. */
export function attributes(seen: Look, notes: readonly string[]): LabelingQueueAttributes {
  const queue = newestQueue(seen);
  const { team, projectId, dataset } = seen.resolved;
  return {
    QueueId: String(queue?.queueId ?? ''),
    QueueName: queue?.title ?? '',
    Status: queue?.status ?? '',
    State: queue ? jobState('supervisely', queue.status) ?? '' : '',
    Generation: String(queue?.generation ?? 0),
    TeamId: String(team.id),
    ProjectId: String(projectId),
    DatasetId: String(dataset?.id ?? ''),
    ImagesCount: String(queue?.images ?? 0),
    PendingImagesCount: String(queue?.pending ?? 0),
    InProgressImagesCount: String(queue?.inProgress ?? 0),
    AnnotatedImagesCount: String(queue?.annotated ?? 0),
    AcceptedImagesCount: String(queue?.accepted ?? 0),
    Message: cutToBytes(notes.join('; '), MAX_MESSAGE_BYTES),
  };
}
