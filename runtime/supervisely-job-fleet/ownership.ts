import type { GenerationRecord, Owner } from '../../src/model/ledger';
import type { ServerJob } from '../shared/supervisely/jobs';
import { type JobOwnerNote, ownerNote, ownerOfJob } from '../supervisely-labeling-job/ownership';

/** What stands in the custom data of a fleet's job under our key. */
interface FleetJobNote extends JobOwnerNote {
  readonly attempt?: string;
}

export function fleetNote(owner: Owner, record: GenerationRecord): FleetJobNote {
  const { attempt = '' } = record.tags;
  return { ...ownerNote(owner, record), ...(attempt !== '' && { attempt }) };
}

/** With which attempt a job was made, as far as it tells. */
export function notedAttempt(job: Pick<ServerJob, 'customData'>): string {
  return (ownerOfJob(job) as FleetJobNote | undefined)?.attempt ?? '';
}
