import { DesiredVersion, GenerationRecord, Lease, Owner, RequestRecord } from '../ledger';

/**
 * What a fleet remembers: one head object, and pages of members as JSON Lines. The head is small however many jobs there are, and
 * is written only conditionally; a page is written by the one writer that holds the lease.
 */
export interface FleetHead {
  readonly format: typeof FLEET_FORMAT;
  readonly owner: Owner;
  /** The last requests of CloudFormation, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Accepted by `onEvent`, and not yet turned into pages. */
  readonly pending?: PendingVersion;
  /** What the pages say; absent before the first preparation and once everything was deleted. */
  readonly desired?: FleetVersion;
  /** What stood in `desired` when a Delete came: the removal run ends its jobs. */
  readonly buried?: FleetVersion;
  /** The last version whose deployment has succeeded; who comes back to it (rollback) must not fail. */
  readonly deployed?: { readonly requestId: string; readonly digest: string };
  /** The execution of the state machine that was started last for a request. */
  readonly execution?: { readonly requestId: string; readonly number: number };
  /** `relabel` as recorded with the last change of a member's identity. */
  readonly relabel?: string;
  readonly lease?: Lease;
  /** Somebody asked for a run while another was under way. */
  readonly wanted?: boolean;
  /** The newest run, finished or not. */
  readonly run?: RunRecord;
  /** Labels have come to their end that the merged result does not have yet. */
  readonly exportDue?: boolean;
  /** The ledger was lost, or there never was one: the next preparation looks for jobs of ours by name and tags. */
  readonly rebuild?: boolean;
}

export const FLEET_FORMAT = 1;

/** A request that waits for its preparation; `error` says why it was refused. */
export interface PendingVersion {
  readonly requestId: string;
  /** The custom resource's properties, as they came. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

export interface FleetVersion {
  readonly requestId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Where the merged labels go, as the specification says. */
  readonly resultUri?: string;
  /** All members, sorted by their name bases; those that are no longer desired among them. */
  readonly pages: readonly PageRecord[];
  /** The dataset grows between deployments: so many parts of it stand in the pages. */
  readonly growing?: { readonly parts: number };
}

export interface PageRecord {
  /** Below the fleet's prefix in the state bucket. */
  readonly key: string;
  readonly first: string;
  readonly last: string;
  readonly members: number;
}

/** One job of the fleet with all its generations: what the ledger of a single job is, without what the head says for all. */
export interface MemberRecord {
  /** The user's own name of the job within the fleet. */
  readonly key: string;
  /** All of its jobs' names but identity and generation; orders the members. */
  readonly base: string;
  /** Absent once it is no longer desired. */
  readonly desired?: MemberVersion;
  readonly generations: readonly GenerationRecord[];
  /** Ids with which an update came in and that it replaced. */
  readonly replacedIds: readonly string[];
  /** How many objects its data has, where that is known. */
  readonly objects?: number;
}

/** As of a single job, the request merged from the fleet's and the member's own. */
export type MemberVersion = DesiredVersion;

/** A run of the writer. */
export interface RunRecord {
  readonly id: string;
  readonly requestId: string;
  readonly startedAt: number;
  /** Absent while it is under way. */
  readonly endedAt?: number;
  /** How often it has looked at its jobs from the first to the last, and been called. */
  readonly calls: number;
  /** The page that comes next, where a run goes on after its time was over. */
  readonly cursor?: number;
  /** Where the listing goes on then. */
  readonly listingToken?: string;
  readonly summary?: RunSummary;
}

/** What a run found and did. */
export interface RunSummary {
  /** Members by the state of their newest generation: a `JobState`, or `NotStarted`. */
  readonly states: Readonly<Record<string, number>>;
  readonly objects: { readonly total: number; readonly labeled: number; readonly failed: number; readonly left: number };
  readonly created: number;
  readonly adopted: number;
  readonly resumed: number;
  readonly stopped: number;
  /** Members that wait for a free place under the quota. */
  readonly waitingForQuota: number;
  /** Members with steps still to do or things to wait for. */
  readonly unsettled: number;
  /** Adopted members whose job differs from the declaration. */
  readonly drifted: number;
  /** Age of the oldest job that is not at its end, in milliseconds. */
  readonly oldestRunning: number;
  /** The first few reports; all of them stand in the run's record. */
  readonly notes: readonly string[];
  readonly errors: readonly string[];
}
