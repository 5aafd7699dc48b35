import type { PlannedMember, PlannedMembers } from './plan';
import type { ExportJob, ExportPorts } from './ports';
import { objectsLeft } from '../../src/model/counters';
import { parseJobName } from '../../src/model/groundtruth/names';
import { UserError } from '../shared/errors';
import { under } from '../shared/s3-uri';

/** Jobs by their names, each with the generations before and after it. */
export async function describedMembers(names: readonly string[], ports: ExportPorts): Promise<PlannedMembers> {
  let objects = 0;
  const members: PlannedMember[] = [];
  for (const name of names) {
    const generations = await generationsOf(name, ports);
    members.push(memberOf(name, generations));
    objects += Math.max(...generations.map(({ counters }) => counters.totalLabeled + objectsLeft(counters)));
  }
  return { members, objects };
}

/** Newest first: those whose names differ in the number alone, then those whose output the oldest of them reads, as of an adopted job. */
async function generationsOf(name: string, { jobs }: ExportPorts): Promise<ExportJob[]> {
  const found: ExportJob[] = [];
  for (const each of await namesOfGenerations(name, jobs)) {
    const job = await jobs.describe(each);
    if (job) found.push(job);
  }
  if (found.length === 0) throw new UserError(`the labeling job ${name} does not exist`);
  const seen = new Set(found.map((job) => job.name));
  for (let before = await predecessor(found.at(-1)!, jobs); before && !seen.has(before.name); before = await predecessor(before, jobs)) {
    seen.add(before.name);
    found.push(before);
  }
  return found;
}

async function namesOfGenerations(name: string, jobs: ExportPorts['jobs']): Promise<string[]> {
  const parts = parseJobName(name);
  if (!parts) return [name];
  const generations: Array<{ readonly name: string; readonly generation: number }> = [];
  for await (const each of jobs.namesContaining(parts.id)) {
    const other = parseJobName(each);
    if (other?.id === parts.id) generations.push({ name: each, generation: other.generation });
  }
  return generations.sort((a, b) => b.generation - a.generation).map((each) => each.name);
}

/** The job whose output this one reads, under the same label; with another label it is one of its own, of which this one makes use. */
async function predecessor(job: ExportJob, jobs: ExportPorts['jobs']): Promise<ExportJob | undefined> {
  const name = /\/([^/]+)\/manifests\/output\/output\.manifest$/.exec(job.inputUri ?? '')?.[1];
  const before = name === undefined ? undefined : await jobs.describe(name);
  return before?.labelAttributeName === job.labelAttributeName ? before : undefined;
}

function memberOf(key: string, generations: readonly ExportJob[]): PlannedMember {
  const oldest = generations.at(-1)!;
  return {
    key,
    labelAttributeName: oldest.labelAttributeName,
    inputUri: oldest.inputUri,
    outputs: generations.map(({ name, outputUri, outputPath }) => ({
      job: name, uri: outputUri ?? under(outputPath, `${name}/manifests/output/output.manifest`), known: outputUri !== undefined,
    })),
  };
}
