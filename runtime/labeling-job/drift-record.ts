import { adoptedDrift } from './drift';
import { Ports } from './ports';
import { describeDrift, FieldDrift } from '../../src/model/groundtruth/drift';
import { Ledger } from '../../src/model/ledger';
import { log } from '../shared/log';

/** Where the drift of an adopted job stands, beside the ledger. */
export function driftKey(keyOfLedger: string): string {
  return keyOfLedger.replace(/[^/]*$/, 'drift.json');
}

/** Looks for drift of an adopted job, and writes its fields down: an attribute has no room for them. */
export async function recordDrift(bucket: string, keyOfLedger: string, ledger: Ledger, name: string | undefined, ports: Ports): Promise<FieldDrift[]> {
  const drift = await adoptedDrift(ledger, name, ports);
  if (drift.length === 0) return drift;
  log('the adopted job differs from its declaration', { name, drift });
  const record = JSON.stringify({ labelingJobName: name, drift });
  await ports.objects.writeLines(`s3://${bucket}/${driftKey(keyOfLedger)}`, (async function* () { yield record; })());
  return drift;
}

/** What a user should know of it: the first fields, in one line. */
export function driftNotes(name: string | undefined, drift: readonly FieldDrift[]): string[] {
  return drift.length === 0 ? [] : [`${name} differs from its declaration in ${drift.length} fields: ${drift.map(describeDrift).join('; ')}`];
}
