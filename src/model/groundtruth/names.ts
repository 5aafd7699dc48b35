import { HASH_LENGTH, sha256 } from './identity';

/**
 * Names of labeling jobs: `<stack ≤10>-<6 hex>-<readable ≤14>-<8 hex>-<12 hex identity>-r<generation>`, lower case.
 *
 * The service compares names without case and burns them for ever, so a name says whose it is, what it labels and which try
 * it was. The first two parts are the prefix to which the handlers' rights are scoped.
 */
export const MAX_NAME_LENGTH = 63;
const STACK_LENGTH = 10;
const STACK_HASH_LENGTH = 6;
const READABLE_LENGTH = 14;
const PATH_HASH_LENGTH = 8;
/** A fleet's part of its jobs' names is as long as a job's readable part, its own hash included. */
const FLEET_HASH_LENGTH = 4;
const FLEET_LENGTH = READABLE_LENGTH - FLEET_HASH_LENGTH - 1;

const PART = '[a-z0-9]+(?:-[a-z0-9]+)*';
const RESOURCE_ID = new RegExp(`^(${PART}-[0-9a-f]{${STACK_HASH_LENGTH}}-${PART}-[0-9a-f]{${PATH_HASH_LENGTH}})-([0-9a-f]{${HASH_LENGTH}})$`);
const GENERATION = /^(.+)-r([1-9][0-9]{0,6})$/;

/** `<stack ≤10>-<6 hex of stack name and path>`: the same for all jobs of a stack. */
export function stackPrefix(stackName: string, stackPath: string): string {
  return `${readable(stackName, STACK_LENGTH, 'stack')}-${sha256(`${stackName}\n${stackPath}`).slice(0, STACK_HASH_LENGTH)}`;
}

/** All of a job's name that is known at synthesis. */
export function nameBase(prefix: string, label: string, constructPath: string): string {
  return `${prefix}-${readable(label, READABLE_LENGTH, 'job')}-${sha256(constructPath).slice(0, PATH_HASH_LENGTH)}`;
}

/**
 * What the names of all jobs of a fleet begin with: `<stack>-<6 hex>-<fleet ≤9>-<4 hex>`. The hash tells it apart from other fleets and
 * jobs of the stack whose ids begin alike, because events are matched by this prefix.
 */
export function fleetNameBase(prefix: string, label: string, fleetPath: string): string {
  return `${prefix}-${readable(label, FLEET_LENGTH, 'fleet')}-${sha256(fleetPath).slice(0, FLEET_HASH_LENGTH)}`;
}

/** The id of the resource: the name of its jobs without `-r<generation>`. */
export function resourceId(base: string, identity: string): string {
  return `${base}-${identity}`;
}

export function jobName(id: string, generation: number): string {
  const name = `${id}-r${generation}`;
  if (name.length > MAX_NAME_LENGTH) {
    throw new Error(`job name ${JSON.stringify(name)} has ${name.length} characters, at most ${MAX_NAME_LENGTH} are allowed`);
  }
  return name;
}

export interface ResourceIdParts {
  readonly base: string;
  readonly identity: string;
}

/** The parts of an id in our form; `undefined` for any other text. */
export function parseResourceId(id: string): ResourceIdParts | undefined {
  const match = RESOURCE_ID.exec(id);
  return match ? { base: match[1], identity: match[2] } : undefined;
}

export interface JobNameParts extends ResourceIdParts {
  readonly id: string;
  readonly generation: number;
}

/** The parts of a job's name in our form; `undefined` for any other text. */
export function parseJobName(name: string): JobNameParts | undefined {
  const match = GENERATION.exec(name);
  const parts = match ? parseResourceId(match[1]) : undefined;
  return match && parts ? { ...parts, id: match[1], generation: Number(match[2]) } : undefined;
}

/** Lower-case letters, digits and single hyphens: what every part of a job's name may consist of. */
function readable(text: string, length: number, otherwise: string): string {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-+/, '').slice(0, length).replace(/-+$/, '') || otherwise;
}
