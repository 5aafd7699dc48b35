import { ledgerKey, RemoveEvent } from './events';
import { refuseSuperseded, updateLedger } from './ledger-session';
import { Ports } from './ports';
import { decodeLabelingJobRemoval } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { bury, deleteScope, standing } from '../../src/model/ledger-transitions';
import { OnEventResponse } from '../shared/custom-resource';
import { logError } from '../shared/log';
import { BucketGone } from '../shared/ports';

/** A Delete: writes the tombstones, so that no late writer makes again what is about to go, and answers with the id it was given. */
export async function onRemove(event: RemoveEvent, ports: Ports): Promise<OnEventResponse> {
  const { stateBucket } = decodeLabelingJobRemoval(event.ResourceProperties);
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
