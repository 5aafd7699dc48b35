import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { s3batch } from '../../src';
import { newStack, statementsOf } from '../groundtruth/fixtures';

/** A bucket whose name only the deployment knows. */
export function images(stack: Stack): s3.IBucket {
  return stack.node.tryFindChild('Images') as s3.Bucket | undefined ?? new s3.Bucket(stack, 'Images');
}

/** The least that a job needs. */
export function jobProps(stack: Stack, overrides: Partial<s3batch.BatchJobProps> = {}): s3batch.BatchJobProps {
  return { operation: s3batch.Operation.deleteTags(), manifest: s3batch.Manifest.fromRows(images(stack), [{ key: 'cat.jpg' }]), ...overrides };
}

export interface Synthesised {
  readonly stack: Stack;
  readonly job: s3batch.BatchJob;
  readonly template: Template;
  /** Properties of the job's custom resource. */
  readonly properties: Record<string, any>;
  /** Its CreateJob request; tokens are replaced by `<logical id>`. */
  readonly request: Record<string, any>;
  /** What its role may do. */
  readonly statements: Array<Record<string, any>>;
}

/** A stack with one job. */
export function synthJob(overrides: (stack: Stack) => Partial<s3batch.BatchJobProps> = () => ({}), stack = newStack()): Synthesised {
  const job = new s3batch.BatchJob(stack, 'Job', jobProps(stack, overrides(stack)));
  const template = Template.fromStack(stack);
  const [{ Properties: properties }] = Object.values(template.findResources('Custom::S3BatchJob'));
  return { stack, job, template, properties, request: JSON.parse(joined(properties.Request)), statements: statementsOf(template, 'JobRole') };
}

/** A text of which parts are only known at deployment: these are named. */
export function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Ref': ref, 'Fn::GetAtt': attribute } = value as Record<string, any>;
  if (ref) return `<${ref}>`;
  if (attribute) return `<${attribute.join('.')}>`;
  if (join) return join[1].map(joined).join(join[0]);
  return '<?>';
}

/** Actions by resource, both as texts, of what a role may do. */
export function rights(statements: ReadonlyArray<Record<string, any>>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { Action, Resource } of statements) {
    for (const resource of [Resource].flat().map(joined)) found[resource] = [...new Set([...found[resource] ?? [], ...[Action].flat()])];
  }
  return found;
}
