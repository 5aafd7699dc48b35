import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from './fixtures';
import { groundtruth, LabelCategories } from '../../src';

/* eslint-disable @typescript-eslint/no-explicit-any -- what stands in a file is any JSON */

/** A fleet of two jobs. */
export function fleetOf(stack: Stack, overrides: Partial<groundtruth.JobFleetProps> = {}): groundtruth.JobFleet {
  const input = (source: string) => groundtruth.InputManifest.fromRecords([{ source }]);
  return new groundtruth.JobFleet(stack, 'Fleet', {
    taskType: groundtruth.TaskType.textClassification(),
    labels: LabelCategories.of('ham', 'spam'),
    jobs: groundtruth.FleetJobs.declared({ a: { input: input('a') }, b: { input: input('b') } }),
    ...('workteam' in overrides ? {} : { workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers') }),
    ...overrides,
  });
}

export interface Specification {
  readonly text: string;
  readonly head: Record<string, any>;
  readonly members: Array<Record<string, any>>;
}

/** The file in which the jobs of the stack's one fleet travel. */
export function specificationOf(stack: Stack): Specification {
  Template.fromStack(stack);
  const asset = stack.node.findAll().find(({ node }) => node.id === 'Specification') as unknown as { assetPath: string };
  const folder = (stack.node.root as unknown as { outdir: string }).outdir;
  const text = fs.readFileSync(path.resolve(folder, asset.assetPath), 'utf8');
  const [head, ...members] = text.trim().split('\n').map((line) => JSON.parse(line));
  return { text, head, members };
}

export interface SynthesisedFleet extends Specification {
  readonly stack: Stack;
  readonly fleet: groundtruth.JobFleet;
  readonly template: Template;
  readonly resource: Record<string, any>;
  readonly properties: Record<string, any>;
}

/** A stack with one fleet. */
export function synthFleet(overrides: Partial<groundtruth.JobFleetProps> = {}, stack = newStack()): SynthesisedFleet {
  const fleet = fleetOf(stack, overrides);
  const template = Template.fromStack(stack);
  const [resource] = Object.values(template.findResources('Custom::GroundTruthJobFleet'));
  return { stack, fleet, template, resource, properties: resource.Properties, ...specificationOf(stack) };
}
