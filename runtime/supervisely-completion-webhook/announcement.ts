/** What a message is about; of a job in a queue it is the job. */
export interface Announcement {
  readonly jobId?: number;
  readonly labelingQueueId?: number;
}

const JOB_NAMES = ['jobId', 'labelingJobId', 'job_id', 'labeling_job_id'];
const QUEUE_NAMES = ['labelingQueueId', 'queueId', 'labeling_queue_id', 'queue_id'];
/** Where a server may put what the message is about. */
const ENVELOPES = ['data', 'payload', 'job', 'labelingJob', 'queue', 'labelingQueue'];

/**
 * The form of the server's messages is not documented, so an id is looked for under all the names that its API has for it, at the top and one or two
 * members below. A wrong guess does no harm: the server is asked about whatever is found.
 */
export function namedIn(message: unknown): Announcement | undefined {
  const places = placesIn(message, 2);
  const jobId = firstId(places, JOB_NAMES) ?? firstId(places.filter(({ under }) => /job$/i.test(under)), ['id']);
  if (jobId !== undefined) return { jobId };
  const labelingQueueId = firstId(places, QUEUE_NAMES) ?? firstId(places.filter(({ under }) => /queue$/i.test(under)), ['id']);
  return labelingQueueId === undefined ? undefined : { labelingQueueId };
}

interface Place {
  /** Name of the member that holds it. */
  readonly under: string;
  readonly members: Readonly<Record<string, unknown>>;
}

function placesIn(value: unknown, depth: number, under = ''): Place[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const members = value as Readonly<Record<string, unknown>>;
  const deeper = depth === 0 ? [] : ENVELOPES.flatMap((name) => placesIn(members[name], depth - 1, name));
  return [{ under, members }, ...deeper];
}

function firstId(places: readonly Place[], names: readonly string[]): number | undefined {
  const values = places.flatMap(({ members }) => names.map((name) => members[name]));
  const ids = values.filter((value) => typeof value === 'number' || typeof value === 'string').map(Number);
  return ids.find((value) => Number.isSafeInteger(value) && value > 0);
}
