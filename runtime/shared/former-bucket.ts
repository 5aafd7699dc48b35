import { Deploy, ledgerKey, LedgerPorts, StatefulProperties } from './job-resource';
import { updateLedger } from './ledger-session';
import { logError } from './log';
import { BucketGone } from './ports';
import { Ledger } from '../../src/model/ledger';
import { standing } from '../../src/model/ledger-transitions';

type DeployEvent = Deploy<StatefulProperties>;

/** Where the resource wants its ledger now. */
interface Present {
  readonly stateBucket: string;
}

function formerBucket(event: DeployEvent, input: Present): string | undefined {
  const bucket = event.RequestType === 'Update' ? event.OldResourceProperties.StateBucket : undefined;
  return bucket === input.stateBucket ? undefined : bucket;
}

/** Where the state bucket changes, the ledger of the former one is the newer one, on the way back by rollback too. */
export async function fromFormerBucket(
  event: DeployEvent, input: Present, here: Ledger | undefined, ports: LedgerPorts,
): Promise<Ledger | undefined> {
  const bucket = formerBucket(event, input);
  if (bucket === undefined || (here && here.movedTo === undefined && standing(here, event.RequestId) !== 'new')) return undefined;
  try {
    const former = (await ports.ledgerAt(bucket, ledgerKey(event)).read())?.ledger;
    return former && former.movedTo === undefined ? former : undefined;
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('the former state bucket does not answer: the ledger is rebuilt from names and tags', error);
    return undefined;
  }
}

/** The former ledger says where it went, so that late waiters of former events change nothing. */
export async function leaveFormerBucket(event: DeployEvent, input: Present, ports: LedgerPorts): Promise<void> {
  const bucket = formerBucket(event, input);
  if (bucket === undefined) return;
  try {
    await updateLedger(ports.ledgerAt(bucket, ledgerKey(event)), ports, (former) => former && { ...former.ledger, movedTo: input.stateBucket });
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
  }
}

/** Nothing waits for the former ledger any more once the Update has succeeded. */
export async function clearFormerBucket(event: DeployEvent, input: Present, ports: LedgerPorts): Promise<void> {
  const bucket = formerBucket(event, input);
  if (bucket === undefined) return;
  try {
    const store = ports.ledgerAt(bucket, ledgerKey(event));
    if ((await store.read())?.ledger.movedTo === input.stateBucket) await store.remove();
  } catch (error) {
    logError('the former ledger was not removed', error);
  }
}
