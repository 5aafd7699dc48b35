import { FleetInput } from './properties';
import { DatasetPart, FleetSpecHead, MemberSpec } from '../../src/groundtruth/private/job-fleet-contract';
import { restoreIntegers } from '../../src/groundtruth/private/labeling-job-contract';
import { memberBase } from '../../src/model/fleet/member-names';
import { UserError } from '../shared/errors';

/** The fleet's specification, read line by line: the head at once, the members while they are asked for. */
export interface Specification {
  readonly head: FleetSpecHead;
  /** Sorted by their name bases. */
  readonly members: AsyncIterable<MemberSpec>;
}

export async function readSpecification(lines: AsyncIterable<string>, input: FleetInput): Promise<Specification> {
  const parsed = parseLines(lines, input.tokens)[Symbol.asyncIterator]();
  const first = await parsed.next();
  const head = first.value as FleetSpecHead | undefined;
  if (first.done || head?.format !== 1) throw new UserError(`SpecUri: ${input.specUri} does not begin with the head of a specification in format 1`);
  return { head, members: { [Symbol.asyncIterator]: () => parsed as AsyncIterator<MemberSpec> } };
}

async function* parseLines(lines: AsyncIterable<string>, tokens: FleetInput['tokens']): AsyncIterable<unknown> {
  for await (const line of lines) if (line !== '') yield restore(JSON.parse(withTokens(line, tokens)) as Record<string, unknown>);
}

/** Texts that only the deployment knows stand in JSON strings, so that is how they are put in. */
function withTokens(line: string, tokens: FleetInput['tokens']): string {
  return line.replace(/\$\{([A-Za-z0-9]+)\}/g, (placeholder, name: string) => (
    Object.hasOwn(tokens, name) ? JSON.stringify(tokens[name]).slice(1, -1) : placeholder));
}

/** A number that was a token has become a text. */
function restore(line: Record<string, unknown>): unknown {
  return line.request === undefined ? line : { ...line, request: restoreIntegers(line.request, 'request') };
}

/** A part of the dataset is a member like those that are declared by themselves. */
export function partAsMember(part: DatasetPart, head: FleetSpecHead, { nameBase, path }: FleetInput): MemberSpec {
  const share = head.dataset?.shares?.find(({ key }) => key === part.share);
  const shared = restoreIntegers(share?.request ?? {}, 'shares.request') as Record<string, unknown>;
  return {
    key: part.key,
    base: memberBase(nameBase, path, part.key),
    identity: { ...head.identity, Input: part.digest },
    request: mergeRequests(shared, { InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: part.uri } } } }),
    revision: share?.revision,
  };
}

type Structure = Readonly<Record<string, unknown>>;

/** Structure by structure; lists and texts replace what they are put over. */
export function mergeRequests(under: Structure, over: Structure): Structure {
  const merged = Object.entries(over).map(([key, value]): [string, unknown] => {
    const below = under[key];
    return [key, isStructure(below) && isStructure(value) ? mergeRequests(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(merged) };
}

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
