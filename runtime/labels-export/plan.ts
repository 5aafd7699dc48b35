import { fleetMembers } from './fleet-members';
import { describedMembers } from './job-members';
import type { ExportPorts } from './ports';
import { EXPORT_WORK_FOLDER, ExportMember, ExportPlan, PlanEvent } from '../../src/groundtruth/private/labels-export-contract';
import { log } from '../shared/log';
import { parseS3Uri, under } from '../shared/s3-uri';

/** A member before its place in the result is known. */
export type PlannedMember = Omit<ExportMember, 'number'>;

export interface PlannedMembers {
  readonly members: readonly PlannedMember[];
  /** As far as is known. */
  readonly objects: number;
}

/** More members than that are too many requests for one call of a function. */
const MOST_MEMBERS_IN_FUNCTION = 500;

/** Writes down what is to be merged, in the order of the result. */
export async function plan(event: PlanEvent, ports: ExportPorts): Promise<ExportPlan> {
  const { resultUri, run, maxObjectsInFunction, escapeFormulas } = event;
  const workUri = workUriOf(resultUri, run);
  const planned = event.fleet ? await fleetMembers(event.fleet, ports) : await describedMembers(event.jobs ?? [], ports);
  const { members, objects } = planned ?? { members: [], objects: 0 };
  const membersUri = under(workUri, 'members.jsonl');
  if (planned) await ports.files.write(membersUri, 'application/jsonlines', lines(members));
  const how = planned === undefined ? 'NOTHING' : objects > maxObjectsInFunction || members.length > MOST_MEMBERS_IN_FUNCTION ? 'MAP' : 'WHOLE';
  log('export planned', { how, members: members.length, objects, workUri });
  return { how, resultUri, workUri, members: parseS3Uri(membersUri), escapeFormulas };
}

export function workUriOf(resultUri: string, run: string): string {
  return under(resultUri, `${EXPORT_WORK_FOLDER}/${run}`);
}

async function* lines(members: readonly PlannedMember[]): AsyncIterable<string> {
  for (const [index, member] of members.entries()) yield `${JSON.stringify({ number: index + 1, ...member })}\n`;
}
