import { OnEventResponse } from './custom-resource';
import { ledgerKey, LedgerPorts, Remove } from './job-resource';
import { refuseSuperseded, updateLedger } from './ledger-session';
import { logError } from './log';
import { BucketGone } from './ports';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { bury, deleteScope, standing } from '../../src/model/ledger-transitions';

/** A Delete: writes the tombstones, so that no late writer makes again what is about to go, and answers with the id it was given. */
export async function recordRemoval(event: Remove<unknown>, stateBucket: string, ports: LedgerPorts): Promise<OnEventResponse> {
  const id = event.PhysicalResourceId;
  const response = { PhysicalResourceId: id, StartedAt: ports.now() };
  if (stateBucket === '') return response;
  try {
    await updateLedger(ports.ledgerAt(stateBucket, ledgerKey(event)), ports, (stored) => {
      if (!stored || stored.ledger.movedTo !== undefined) return undefined;
      refuseSuperseded(stored.ledger, event.RequestId);
      if (standing(stored.ledger, event.RequestId) === 'newest') return undefined;
      const scope = deleteScope(stored.ledger, id, parseResourceId(id)?.identity);
      return bury(stored.ledger, { id: event.RequestId, type: 'Delete', at: ports.now() }, scope);
    });
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by names and tags', error);
  }
  return response;
}
