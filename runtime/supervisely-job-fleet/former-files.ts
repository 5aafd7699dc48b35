import { type DeployFleetEvent, ownerOf, statePrefix } from './events';
import type { FleetFiles, Ports } from './ports';
import { FLEET_FILES } from '../../src/supervisely/private/job-fleet-contract';
import { logError } from '../shared/log';
import { BucketGone } from '../shared/ports';

/** Where a fleet lay before this event, if that was elsewhere. */
function formerFiles(event: DeployFleetEvent, { filesAt }: Pick<Ports, 'filesAt'>): FleetFiles | undefined {
  if (event.RequestType !== 'Update') return undefined;
  const { StateBucket: former } = event.OldResourceProperties;
  return former === event.ResourceProperties.StateBucket ? undefined : filesAt(former, statePrefix(ownerOf(event)));
}

/** What jobs were made for goes along with the ledger; the record is written anew. */
export async function copyPages(event: DeployFleetEvent, here: FleetFiles, ports: Ports): Promise<void> {
  const former = formerFiles(event, ports);
  if (!former) return;
  try {
    for await (const key of former.keys(FLEET_FILES.pages)) await here.put(key, (await former.read(key))!.text);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('the former state bucket does not answer: what removed jobs were made for is not known any more', error);
  }
}

/** Nothing waits for them any more once the Update has succeeded. */
export async function removeFormerFiles(event: DeployFleetEvent, ports: Ports): Promise<void> {
  const former = formerFiles(event, ports);
  if (!former) return;
  try {
    const keys: string[] = [];
    for await (const key of former.keys('')) if (key !== 'ledger.json') keys.push(key);
    if (keys.length > 0) await former.remove(keys);
  } catch (error) {
    logError('the former objects were not removed', error);
  }
}
