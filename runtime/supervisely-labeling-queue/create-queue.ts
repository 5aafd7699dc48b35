import type { Look } from './look';
import type { Ports } from './ports';
import { jobName } from '../../src/model/groundtruth/names';
import type { GenerationRecord } from '../../src/model/ledger';
import { accept, findGeneration, intend, withdraw } from '../../src/model/ledger-transitions';
import { queuePlaceTags } from '../../src/model/supervisely/queue-ledger';
import { queueTitle } from '../../src/model/supervisely/queue-names';
import { addQueueRequest, type SuperviselyQueueSpec } from '../../src/model/supervisely/queue-request';
import type { CreateQueueStep } from '../../src/model/supervisely/queue-steps';
import { UserError } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';
import { log } from '../shared/log';
import { refuseUnknownNames } from '../shared/supervisely/check-meta';
import { SuperviselyError } from '../shared/supervisely/errors';
import type { ServerQueues } from '../shared/supervisely/queues';

/**
 * Makes a queue. Its name is in the ledger before the server is asked, and on the server it is looked for once more: whoever crashes here, or
 * never hears an answer, is followed by somebody who finds the queue, or makes exactly this one.
 */
export async function createQueue(step: CreateQueueStep, seen: Look, session: LedgerSession, ports: Ports): Promise<void> {
  const { desired, caller, resolved, server } = seen;
  const name = jobName(desired.id, step.generation);
  const made = queueSpec(name, step, seen);
  await refuseUnknownNames(caller, resolved.projectId, made.work, 'queue');
  const record = intention(name, step, seen, session, ports);
  await session.commit((ledger) => (findGeneration(ledger, name)?.arn === undefined ? intend(ledger, record) : ledger));

  if (await isThere(made.name, seen)) return log('the queue is there already, looking again', { name });
  const id = await add(made, name, server, session);
  log('labeling queue created', { id, name, images: step.from?.imageIds.length });
  await session.record((ledger) => accept(ledger, name, { arn: String(id) }));
}

/** What is left was selected before, so that nothing else may select again. */
function queueSpec(name: string, { from }: CreateQueueStep, { spec, resolved }: Look): SuperviselyQueueSpec {
  const { title, ...settings } = spec.settings;
  const { classes, tags } = spec.work;
  return {
    name: queueTitle(title, name),
    datasetId: resolved.dataset?.id,
    collectionId: resolved.collection?.id,
    people: resolved.people,
    work: from ? { classes, tags, imageIds: from.imageIds } : spec.work,
    settings,
  };
}

function intention(
  name: string, { generation, from }: CreateQueueStep, { desired, resolved: { team, projectId } }: Look, session: LedgerSession, ports: Ports,
): GenerationRecord {
  const { identity, revision, people, attempt } = desired;
  const tags = { ...queuePlaceTags({ teamId: team.id, projectId }), people, attempt };
  const { requestId } = session.ledger.desired!;
  return { name, identity, generation, revision, requestId, intendedAt: ports.now(), tags, ...(from && { resumes: from.name }) };
}

/** Whatever came between the look and now: a request of an invocation that was given up may reach the server late. Somebody else's copy is none. */
async function isThere(title: string, { server, resolved: { team, projectId, me } }: Look): Promise<boolean> {
  for await (const queue of server.list(team.id, { projectId, names: [title], showDisabled: true })) {
    if (queue.name === title && queue.createdBy === me.id) return true;
  }
  return false;
}

/** A refusal is final; after anything else nobody knows, and the next look shows it. */
async function add(made: SuperviselyQueueSpec, name: string, server: ServerQueues, session: LedgerSession): Promise<number> {
  try {
    return await server.add(addQueueRequest(made));
  } catch (error) {
    if (!(error instanceof SuperviselyError)) throw error;
    await session.record((ledger) => withdraw(ledger, name));
    throw new UserError(`labeling-queues.add for ${name}: ${error.reason}`, error);
  }
}
