import { finish } from './finish';
import { lookAtStep } from './look-at-step';
import type { Ports } from './ports';
import { readInput } from './read-input';
import { startStep } from './start-step';
import { readLabels, reportTags } from './tag-labeled';
import { NOT_YET, type PreparationAnswer, type PreparationEvent } from '../../src/s3batch/private/data-preparation-contract';
import { errorMessage, errorName, UserError } from '../shared/errors';
import { logError } from '../shared/log';
import { wakeJobs } from '../shared/wake';

/** A call of a state machine. Every one may be repeated: it goes on from the files. */
export async function handleStep(event: PreparationEvent, ports: Ports): Promise<PreparationAnswer> {
  try {
    return await act(event, ports);
  } catch (error) {
    if (errorName(error) === NOT_YET) throw error;
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${errorName(error)}: ${errorMessage(error)}`, error);
  }
}

async function act(event: PreparationEvent, ports: Ports): Promise<PreparationAnswer> {
  switch (event.action) {
    case 'read': return readInput(event, ports);
    case 'start': return startStep(event, ports);
    case 'look': return lookAtStep(event, ports);
    case 'finish': return finish(event, ports);
    case 'wake': return wakeJobs(event, ports);
    case 'labels': return readLabels(event, ports);
    case 'tagged': return reportTags(event, ports);
    default: throw new Error(`action: expected read, start, look, finish, wake, labels or tagged, got ${JSON.stringify(event)}`);
  }
}
