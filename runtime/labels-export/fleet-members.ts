import type { PlannedMember, PlannedMembers } from './plan';
import type { ExportPorts } from './ports';
import { FLEET_OBJECTS } from '../../src/groundtruth/private/job-fleet-contract';
import type { PlanEvent } from '../../src/groundtruth/private/labels-export-contract';
import type { FleetHead, MemberRecord } from '../../src/model/fleet/fleet-ledger';
import type { GenerationRecord } from '../../src/model/ledger';
import { errorName } from '../shared/errors';
import { under } from '../shared/s3-uri';

/** The members that a fleet wants, from what it remembers of their generations: parts of a dataset in its order, others by their keys. */
export async function fleetMembers({ stateBucket, prefix }: NonNullable<PlanEvent['fleet']>, { files }: ExportPorts): Promise<PlannedMembers | undefined> {
  const uri = (key: string) => `s3://${stateBucket}/${prefix}${key}`;
  const head = await readHead(uri(FLEET_OBJECTS.head), files);
  if (!head?.desired) return undefined;
  const members: PlannedMember[] = [];
  for (const page of head.desired.pages) {
    for await (const line of files.lines(uri(page.key))) {
      const member = JSON.parse(line) as MemberRecord;
      if (member.desired) members.push(memberOf(member, member.desired));
    }
  }
  return { members: members.sort(inOrder), objects: head.run?.summary?.objects.total ?? 0 };
}

/** `undefined` where the fleet was deleted meanwhile. */
async function readHead(uri: string, files: ExportPorts['files']): Promise<FleetHead | undefined> {
  let text = '';
  try {
    for await (const line of files.lines(uri)) text += line;
  } catch (error) {
    if (errorName(error) === 'NoSuchKey' || errorName(error) === 'NoSuchBucket') return undefined;
    throw error;
  }
  return JSON.parse(text) as FleetHead;
}

interface DeclaredRequest {
  readonly LabelAttributeName?: string;
  readonly InputConfig?: { readonly DataSource?: { readonly S3DataSource?: { readonly ManifestS3Uri?: string } } };
  readonly OutputConfig?: { readonly S3OutputPath?: string };
}

function memberOf({ key, generations }: MemberRecord, desired: NonNullable<MemberRecord['desired']>): PlannedMember {
  const { LabelAttributeName = '', InputConfig, OutputConfig } = desired.request as DeclaredRequest;
  const own = generations.filter(({ identity }) => identity === desired.identity).sort((a, b) => b.generation - a.generation);
  return {
    key,
    labelAttributeName: LabelAttributeName,
    inputUri: InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri,
    outputs: own.map((generation) => ({ job: generation.name, ...outputOf(generation, OutputConfig?.S3OutputPath ?? '') })),
  };
}

/** A job that goes on writes its output manifest from time to time. */
function outputOf({ name, end }: GenerationRecord, outputPath: string): { readonly uri: string; readonly known: boolean } {
  return end?.outputUri !== undefined ? { uri: end.outputUri, known: true }
    : { uri: under(end?.outputPath ?? outputPath, `${name}/manifests/output/output.manifest`), known: false };
}

const PLACE = /-([0-9]{5,})$/;

/** The number at the end of a part's key is its place in the dataset. */
function inOrder(a: PlannedMember, b: PlannedMember): number {
  const [left, right] = [a, b].map(({ key }) => Number(PLACE.exec(key)?.[1] ?? Infinity));
  return left === right ? (a.key < b.key ? -1 : 1) : left - right;
}
