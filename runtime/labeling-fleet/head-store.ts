import { FleetPorts, StateStore } from './ports';
import { FLEET_OBJECTS } from '../../src/groundtruth/private/job-fleet-contract';
import { FLEET_FORMAT, FleetHead } from '../../src/model/fleet/fleet-ledger';
import { LedgerConflict } from '../shared/ports';

export interface StoredHead {
  readonly head: FleetHead;
  readonly etag: string;
}

const WRITE_TRIES = 10;

/** `undefined` when there is none. */
export async function readHead(state: StateStore): Promise<StoredHead | undefined> {
  const stored = await state.read(FLEET_OBJECTS.head);
  if (!stored) return undefined;
  const head = JSON.parse(stored.text) as FleetHead;
  if (head.format !== FLEET_FORMAT) {
    throw new Error(`${state.uri(FLEET_OBJECTS.head)} has format ${head.format}: a newer release of the library wrote it, deploy with that one`);
  }
  return { head, etag: stored.etag };
}

/** Changes the head whatever others write in between; `change` sees each newer version, and may throw or leave it as it is. */
export async function updateHead(
  state: StateStore, { sleep }: Pick<FleetPorts, 'sleep'>, change: (head: FleetHead | undefined) => FleetHead | undefined,
): Promise<FleetHead | undefined> {
  for (let attempt = 1; ; attempt++) {
    const stored = await readHead(state);
    const changed = change(stored?.head);
    if (changed === undefined || changed === stored?.head) return stored?.head;
    try {
      await state.write(FLEET_OBJECTS.head, JSON.stringify(changed), stored?.etag);
      return JSON.parse(JSON.stringify(changed)) as FleetHead;
    } catch (error) {
      if (!(error instanceof LedgerConflict) || attempt === WRITE_TRIES) throw error;
      await sleep(50 * attempt);
    }
  }
}
