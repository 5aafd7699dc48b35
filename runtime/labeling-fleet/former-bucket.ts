import { DeployFleetEvent, ownerOf, statePrefix } from './events';
import { readHead, updateHead } from './head-store';
import { FleetPorts, StateStore } from './ports';
import { FLEET_OBJECTS } from '../../src/groundtruth/private/job-fleet-contract';
import { FleetHead } from '../../src/model/fleet/fleet-ledger';
import { standing } from '../../src/model/ledger-transitions';
import { logError } from '../shared/log';
import { BucketGone } from '../shared/ports';

/** Runs are history: they stay where they were made. */
const STAYS = [FLEET_OBJECTS.head, FLEET_OBJECTS.current, FLEET_OBJECTS.runs];

function formerState(event: DeployFleetEvent, ports: FleetPorts): StateStore | undefined {
  if (event.RequestType !== 'Update') return undefined;
  const { StateBucket: former } = event.OldResourceProperties;
  return former === event.ResourceProperties.StateBucket ? undefined : ports.stateAt(former, statePrefix(ownerOf(event)));
}

/**
 * Where the state bucket changes, the ledger of the former one is the newer one, on the way back by rollback too. It learns of the request
 * first, so that whoever is still at work there ends; what that one has done meanwhile is found by names.
 */
export async function headFromFormerBucket(event: DeployFleetEvent, here: StateStore, ports: FleetPorts): Promise<FleetHead | undefined> {
  const former = formerState(event, ports);
  if (!former) return undefined;
  const present = (await readHead(here))?.head;
  if (present && standing(present, event.RequestId) !== 'new') return undefined;
  try {
    const left = await updateHead(former, ports, (head) => head && (standing(head, event.RequestId) === 'new'
      ? { ...head, requests: [...head.requests, { id: event.RequestId, type: event.RequestType, at: ports.now() }] } : head));
    if (!left) return undefined;
    for await (const key of former.keys('')) {
      if (!STAYS.some((stays) => key.startsWith(stays))) await ports.objects.writeLines(here.uri(key), ports.objects.lines(former.uri(key)));
    }
    return { ...left, requests: left.requests.filter(({ id }) => id !== event.RequestId), lease: undefined, execution: undefined };
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('the former state bucket does not answer: the ledger is rebuilt from names and tags', error);
    return undefined;
  }
}

/** Nothing waits for the former ledger any more once the Update has succeeded. */
export async function clearFormerBucket(event: DeployFleetEvent, ports: FleetPorts): Promise<void> {
  const former = formerState(event, ports);
  if (!former) return;
  try {
    const keys: string[] = [];
    for await (const key of former.keys('')) keys.push(key);
    await former.remove(keys);
  } catch (error) {
    logError('the former ledger was not removed', error);
  }
}
