import { StoppingConditions } from './conditions';
import { Counters, objectsLeft } from './counters';
import { hasEnded, JobState } from './job-state';
import { Tags } from './ledger';
import { StreamFacts } from './stream';
import { SystemTraits, traitsOf } from './system-traits';

/** A job that is ours, as the service shows it or as the ledger recorded its end. */
export interface ActualJob {
  readonly name: string;
  readonly arn: string;
  readonly identity: string;
  readonly generation: number;
  readonly revision: string;
  /** The service's own word, for messages. */
  readonly status: string;
  /** `undefined` when the service uses a word we do not know. */
  readonly state: JobState | undefined;
  readonly counters: Counters;
  readonly createdAt: number;
  readonly endedAt: number;
  readonly failureReason?: string;
  readonly outputUri?: string;
  readonly outputPath: string;
  /** The model that automated labeling has trained. */
  readonly finalModelArn?: string;
  /** What stands in the output of an ended job that may have to be resumed; known only where it was looked at. */
  readonly leftovers?: Leftovers;
  /** There for a streaming job. */
  readonly stream?: StreamFacts;
}

/** What an ended job left behind. */
export interface Leftovers {
  readonly outputManifest: boolean;
  readonly consolidatedAnnotations: boolean;
}

export type Step =
  | CreateStep
  | { readonly kind: 'stop'; readonly name: string; readonly why: string }
  /** An existing job becomes the first generation: it is written down and gets its owner's tags, and nothing else happens to it. */
  | { readonly kind: 'adopt'; readonly name: string }
  /** The way back: an adopted job runs on, without us. */
  | { readonly kind: 'release'; readonly name: string; readonly why: string }
  | { readonly kind: 'tag'; readonly name: string; readonly set: Tags; readonly remove: readonly string[] };

export interface CreateStep {
  readonly kind: 'create';
  readonly generation: number;
  /** Absent: reads the declared input. */
  readonly resume?: Resume;
}

/** The generation that is taken up again, and what its successor reads. */
export interface Resume {
  readonly name: string;
  /** `nothing`: whatever its stream still holds is given to the next generation as it comes. */
  readonly read: 'output-manifest' | 'own-input' | 'nothing';
  readonly objectsLeft: number;
  readonly conditions: StoppingConditions;
  /** Both are streaming jobs. */
  readonly stream?: true;
}

/** For people: `stop mails-…-r1: its settings change`. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'create': return step.resume ? `make generation ${step.generation} ${whatFor(step.resume)}` : 'make the job';
    case 'stop': return `stop ${step.name}: ${step.why}`;
    case 'tag': return `change the tags of ${step.name}`;
    case 'adopt': return `adopt ${step.name}`;
    case 'release': return `release ${step.name}: ${step.why}`;
  }
}

function whatFor({ name, objectsLeft: left, stream }: Resume): string {
  return stream ? `to go on with the stream of ${name}` : `for the ${left} objects that ${name} left`;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** What the next look waits for. */
  readonly waitingFor: readonly string[];
  /** What a user should know: reports and warnings. */
  readonly notes: readonly string[];
  /** Why nothing may be done at all. */
  readonly error?: string;
}

export const NOTHING: Plan = { steps: [], waitingFor: [], notes: [] };

export function isSettled(plan: Plan): boolean {
  return plan.error === undefined && plan.steps.length === 0 && plan.waitingFor.length === 0;
}

export function wait(what: string): Plan {
  return { ...NOTHING, waitingFor: [what] };
}

export function note(text: string): Plan {
  return { ...NOTHING, notes: [text] };
}

export function merge(plans: readonly Plan[]): Plan {
  return {
    steps: plans.flatMap((plan) => plan.steps),
    waitingFor: plans.flatMap((plan) => plan.waitingFor),
    notes: plans.flatMap((plan) => plan.notes),
  };
}

/** The way of a job to its end, one step for each look. */
export function endJob(job: ActualJob, why: string, traits: SystemTraits = traitsOf({})): Plan {
  if (hasEnded(job.state!)) return NOTHING;
  if (job.state === JobState.STOPPING) return wait(`${job.name} to stop`);
  if (job.state === JobState.PENDING && !traits.stopsPending) return wait(`${job.name} to start, before it is stopped`);
  return { steps: [{ kind: 'stop', name: job.name, why }], waitingFor: [`${job.name} to stop`], notes: [lossOf(job, why, traits)] };
}

function lossOf({ name, counters }: ActualJob, why: string, { items, undone, lost }: SystemTraits): string {
  return `${name} is stopped (${why}) with ${objectsLeft(counters)} ${items} ${undone}${lost === undefined ? '' : `; ${lost}`}`;
}

/** A streaming job never ends by itself as long as somebody may send: it is stopped when all that it was given is done. */
export function drain(job: ActualJob, why: string): Plan {
  return job.stream?.open === false ? endJob(job, `${why}, and nothing is open`) : wait(`the open objects of ${job.name}`);
}
