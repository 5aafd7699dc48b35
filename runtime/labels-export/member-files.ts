import { MemberMerge, MemberResult } from './merge-member';
import type { ExportFiles } from './ports';
import { csvOf } from './table';
import type { ExportMember, ExportPlan } from '../../src/groundtruth/private/labels-export-contract';
import { under } from '../shared/s3-uri';

/** Intermediate files of a member, where a Distributed Map makes the result. */
export function memberFile({ workUri }: ExportPlan, number: number, extension: 'jsonl' | 'csv' | 'json'): string {
  return under(workUri, `${String(number).padStart(6, '0')}.${extension}`);
}

export async function mergeMember(plan: ExportPlan, member: ExportMember, files: ExportFiles): Promise<void> {
  const merge = new MemberMerge(member, files);
  await files.write(memberFile(plan, member.number, 'jsonl'), 'application/jsonlines', endedLines(merge.lines()));
  await files.write(memberFile(plan, member.number, 'json'), 'application/json', once(JSON.stringify(merge.result)));
}

export async function tabulateMember(plan: ExportPlan, member: ExportMember, files: ExportFiles): Promise<void> {
  const columns = await readJson<string[]>(columnsFile(plan), files);
  const source = { job: member.key, labelAttribute: member.labelAttributeName, lines: files.lines(memberFile(plan, member.number, 'jsonl')) };
  const csv = csvOf([source], { columns, header: false, escapeFormulas: plan.escapeFormulas });
  await files.write(memberFile(plan, member.number, 'csv'), 'text/csv', csv);
}

export async function readResult(plan: ExportPlan, { number }: ExportMember, files: ExportFiles): Promise<MemberResult> {
  return readJson(memberFile(plan, number, 'json'), files);
}

export function columnsFile({ workUri }: ExportPlan): string {
  return under(workUri, 'columns.json');
}

export async function readMembers({ members }: ExportPlan, files: ExportFiles): Promise<ExportMember[]> {
  const read: ExportMember[] = [];
  for await (const line of files.lines(`s3://${members.bucket}/${members.key}`)) read.push(JSON.parse(line) as ExportMember);
  return read;
}

export async function readJson<T>(uri: string, files: ExportFiles): Promise<T> {
  for await (const line of files.lines(uri)) return JSON.parse(line) as T;
  throw new Error(`${uri} is empty`);
}

export async function* endedLines(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${line}\n`;
}

export async function* once(text: string): AsyncIterable<string> {
  yield text;
}
