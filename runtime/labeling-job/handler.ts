import { isOver, timedOut } from './deadline';
import { deployComplete } from './deploy-complete';
import { DeployEvent, LabelingJobEvent, RemoveEvent, Waiting } from './events';
import { onDeploy } from './on-deploy';
import { onRemove } from './on-remove';
import { mayBeTooNew } from './patience';
import { Ports } from './ports';
import { patienceSeconds, removeComplete } from './remove-complete';
import { decodeLabelingJobProperties, decodeLabelingJobRemoval } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { log, logError, logEvent } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

/** What must be left of an invocation's time for another try. */
const LEAST_TIME_MS = 20_000;
const PAUSE_MS = 1_000;

export async function handleEvent(event: LabelingJobEvent, ports: Ports): Promise<OnEventResponse> {
  logEvent('onEvent', event);
  const started = ports.now();
  return failClearly(async () => {
    for (;;) {
      try {
        return await (event.RequestType === 'Delete' ? onRemove(event, ports) : onDeploy(event, ports));
      } catch (error) {
        // there is no later poll for this one: it is patient itself
        const worthATry = isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, { ...event, StartedAt: started }, ports);
        if (!worthATry || ports.remaining() < LEAST_TIME_MS) throw error;
        log('trying again', { reason: errorMessage(error) });
        await ports.sleep(PAUSE_MS);
      }
    }
  });
}

export async function handleIsComplete(event: Waiting<LabelingJobEvent>, ports: Ports): Promise<IsCompleteResponse> {
  logEvent('isComplete', event);
  return failClearly(async () => {
    try {
      return await (event.RequestType === 'Delete'
        ? removeComplete(event as Waiting<RemoveEvent>, ports) : deployComplete(event as Waiting<DeployEvent>, ports));
    } catch (error) {
      if (!(isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, event, ports))) throw error;
      const seconds = patience(event);
      if (isOver(event, seconds, ports)) throw timedOut(seconds, `an answer other than: ${errorMessage(error)}`, error);
      log('trying again at the next poll', { reason: errorMessage(error) });
      return { IsComplete: false };
    }
  });
}

function patience(event: LabelingJobEvent): number {
  return event.RequestType === 'Delete'
    ? patienceSeconds(decodeLabelingJobRemoval(event.ResourceProperties)) : decodeLabelingJobProperties(event.ResourceProperties).timeoutSeconds;
}

/** The log gets the whole error, the user's terminal one line of it. */
async function failClearly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${(error as Error).name}: ${errorMessage(error)}`, error);
  }
}
