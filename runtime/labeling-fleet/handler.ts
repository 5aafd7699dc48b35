import { deployFleetComplete } from './deploy-complete';
import { DeployFleetEvent, FleetEvent, RemoveFleetEvent, Waiting } from './events';
import { onDeployFleet, onRemoveFleet } from './on-event';
import { FleetPorts } from './ports';
import { decodeFleetProperties, decodeFleetRemoval } from './properties';
import { removeFleetComplete } from './remove-complete';
import { isOver, timedOut } from '../labeling-job/deadline';
import { patienceSeconds } from '../labeling-job/remove-complete';
import { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { errorMessage, isAccessDenied, isTransient, UserError } from '../shared/errors';
import { log, logError, logEvent } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

/** What must be left of an invocation's time for another try. */
const LEAST_TIME_MS = 20_000;
const PAUSE_MS = 1_000;
/** How long a new permission may take until all of AWS knows it. */
const NEW_RIGHTS_PATIENCE_MS = 60_000;

export async function handleFleetEvent(event: FleetEvent, ports: FleetPorts): Promise<OnEventResponse> {
  logEvent('onEvent', event);
  const started = ports.now();
  return failClearly(async () => {
    for (;;) {
      try {
        return await (event.RequestType === 'Delete' ? onRemoveFleet(event, ports) : onDeployFleet(event, ports));
      } catch (error) {
        // there is no later poll for this one: it is patient itself
        if (!isWorthATry(error, { ...event, StartedAt: started }, ports) || ports.remaining() < LEAST_TIME_MS) throw error;
        log('trying again', { reason: errorMessage(error) });
        await ports.sleep(PAUSE_MS);
      }
    }
  });
}

export async function handleFleetIsComplete(event: Waiting<FleetEvent>, ports: FleetPorts): Promise<IsCompleteResponse> {
  logEvent('isComplete', event);
  return failClearly(async () => {
    try {
      return await (event.RequestType === 'Delete'
        ? removeFleetComplete(event as Waiting<RemoveFleetEvent>, ports) : deployFleetComplete(event as Waiting<DeployFleetEvent>, ports));
    } catch (error) {
      if (!isWorthATry(error, event, ports)) throw error;
      const seconds = patience(event);
      if (isOver(event, seconds, ports)) throw timedOut(seconds, `an answer other than: ${errorMessage(error)}`, error);
      log('trying again at the next poll', { reason: errorMessage(error) });
      return { IsComplete: false };
    }
  });
}

function patience(event: FleetEvent): number {
  return event.RequestType === 'Delete'
    ? patienceSeconds(decodeFleetRemoval(event.ResourceProperties)) : decodeFleetProperties(event.ResourceProperties).timeoutSeconds;
}

/** Throttles and outages pass, and so do the first seconds of rights that came with this very deployment. A Delete has had its rights for long. */
function isWorthATry(error: unknown, event: FleetEvent & { readonly StartedAt?: number }, ports: FleetPorts): boolean {
  if (isTransient(error) || error instanceof LedgerConflict) return true;
  const denied = isAccessDenied(error) || isAccessDenied((error as { cause?: unknown }).cause);
  return denied && event.RequestType !== 'Delete' && event.StartedAt !== undefined && ports.now() < event.StartedAt + NEW_RIGHTS_PATIENCE_MS;
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
