import { IConstruct } from 'constructs';
import { commonPart, difference, FleetMember, has } from './fleet-member';
import type { DatasetSpec, FleetSpecHead, MemberSpec } from './job-fleet-contract';
import { memberBase } from '../../model/fleet/member-names';
import { manifestText } from '../../model/groundtruth/manifest';
import { refuse } from '../../private/errors';
import { TokenTexts } from '../../private/token-texts';

/** CloudFormation hands the properties around twice, old and new, in messages of 256 kB. */
const MAX_TOKENS = 400;

/** All that a specification is made from. */
export interface FleetSpecInput {
  readonly nameBase: string;
  readonly path: string;
  readonly members: readonly FleetMember[];
  readonly dataset?: DatasetSpec;
  /** What jobs have that the handlers make of the dataset. */
  readonly datasetJob?: Pick<FleetMember, 'request' | 'revision' | 'labelsOnlyUnlabeled' | 'identity'>;
  readonly head: Pick<FleetSpecHead, 'resume' | 'resultUri'>;
}

/** A specification as a file, and what its placeholders stand for. */
export interface FleetSpec {
  readonly text: string;
  readonly tokens: Readonly<Record<string, unknown>>;
}

const NO_IDENTITY = { Input: '', LabelAttributeName: '', LabelCategories: '', TaskType: '' };

/** The same declarations give the same file, in whatever order they were made. */
export function fleetSpec(scope: IConstruct, input: FleetSpecInput): FleetSpec {
  const texts = new TokenTexts(scope);
  const plain = <T>(value: T, where: string) => texts.replace(value, where) as T;
  const members = input.members.map((member) => plain(member, `job ${member.key}`));
  const datasetJob = input.datasetJob && plain(input.datasetJob, 'dataset');
  // jobs of a dataset have nothing but the head
  const common = datasetJob ?? { request: commonPart(members.map((each) => each.request)), revision: commonPart(members.map((each) => each.revision)) };
  const first = datasetJob ?? members[0];
  const { Input: _, ...identity } = first?.identity ?? NO_IDENTITY;
  const head: FleetSpecHead = {
    format: 1,
    members: members.length,
    request: common.request,
    identity,
    revision: common.revision,
    labelsOnlyUnlabeled: first?.labelsOnlyUnlabeled ?? true,
    ...plain(input.head, 'result'),
    ...input.dataset && { dataset: plain(input.dataset, 'dataset') },
  };
  const apart = members.filter((member) => !has(member.request, head.request));
  refuse(scope, apart.map(({ key }) => `job ${JSON.stringify(key)} lacks what the jobs of the dataset have: declare it in a fleet of its own`));
  const lines = inOrder(scope, members.map((member) => line(input, head, member)));
  const { tokens } = texts;
  const count = Object.keys(tokens).length;
  refuse(scope, count > MAX_TOKENS
    ? [`the jobs have ${count} values that only the deployment knows, at most ${MAX_TOKENS} fit: name teams, buckets and roles by texts where that is possible`] : []);
  return { text: manifestText([head, ...lines] as unknown as ReadonlyArray<Record<string, unknown>>), tokens };
}

function line({ nameBase, path }: FleetSpecInput, head: FleetSpecHead, member: FleetMember): MemberSpec {
  const { request, revision, labelsOnlyUnlabeled, ...rest } = member;
  return {
    ...rest,
    base: memberBase(nameBase, path, member.key),
    ...optional('request', difference(request, head.request)),
    ...optional('revision', difference(revision, head.revision)),
    ...labelsOnlyUnlabeled === head.labelsOnlyUnlabeled ? {} : { labelsOnlyUnlabeled },
  };
}

function optional(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value };
}

/** Eight hex of a key are in its jobs' names: two keys that share them cannot stand in one fleet. */
function inOrder(scope: IConstruct, lines: MemberSpec[]): MemberSpec[] {
  const sorted = [...lines].sort((a, b) => (a.base < b.base ? -1 : 1));
  const twins = sorted.slice(1).flatMap((each, index) => (each.base === sorted[index].base ? [[sorted[index].key, each.key]] : []));
  refuse(scope, twins.map(([a, b]) => `the jobs ${JSON.stringify(a)} and ${JSON.stringify(b)} would get the same names, because their keys have the same hash: rename one`));
  return sorted;
}
