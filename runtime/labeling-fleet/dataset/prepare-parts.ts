import type { PreparedParts, PrepareParts } from './interface';
import { manifestParts } from './manifest-parts';
import { prefixParts } from './prefix-parts';
import { readRecord } from './record';
import type { DatasetPart, DatasetShare } from '../../../src/groundtruth/private/job-fleet-contract';
import { UserError } from '../../shared/errors';

export const prepareParts: PrepareParts = async (request, ports, isTimeOver): Promise<PreparedParts> => {
  const { source, shares } = request.dataset;
  const record = await readRecord(request.recordUri, ports);
  const parts = source.kind === 'manifest'
    ? await manifestParts(source, record, request, ports, isTimeOver)
    : await prefixParts(source, record, request, ports, isTimeOver);
  if (parts === undefined) return { state: 'again' };
  refuseOrphans(parts, shares);
  return { state: 'ready', parts };
};

/** A part belongs to its share for good: an object that moved to another job would be labeled twice. */
function refuseOrphans(parts: readonly DatasetPart[], shares: readonly DatasetShare[] = []): void {
  const orphan = parts.find(({ share }) => share !== undefined && !shares.some(({ key }) => key === share));
  if (!orphan) return;
  throw new UserError(`dataset: the share ${JSON.stringify(orphan.share)} has the part ${orphan.key} and must stay, got the shares `
    + `${JSON.stringify(shares.map(({ key }) => key))}: keep it, with another work team or less weight where you wish`);
}
