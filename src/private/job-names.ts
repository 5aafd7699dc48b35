import { Names, Stack, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { isKnown } from './tokens';
import { fleetNameBase, nameBase, stackPrefix } from '../model/groundtruth/names';

/** What the names of a construct's jobs begin with. */
export interface JobNames {
  /** Of all jobs of the stack. */
  readonly stackWide: string;
  /** All that synthesis knows of the construct's own. */
  readonly base: string;
  /** The construct's path, which the names' hashes start from. */
  readonly path: string;
}

/** The names of a single job's generations. */
export function jobNames(scope: Construct): JobNames {
  const { stackWide, label, path } = namesOf(scope);
  return { stackWide, base: nameBase(stackWide, label, path), path };
}

/** The names of a fleet's jobs. */
export function fleetNames(scope: Construct): JobNames {
  const { stackWide, label, path } = namesOf(scope);
  return { stackWide, base: fleetNameBase(stackWide, label, path), path };
}

function namesOf(scope: Construct): { stackWide: string; label: string; path: string } {
  const stack = Stack.of(scope);
  const path = pathInStage(scope);
  const stackPath = pathInStage(stack);
  return { stackWide: stackPrefix(nameOf(stack), stackPath), label: path.slice(stackPath.length + 1), path };
}

/**
 * The path without the stage's: a stack that keeps its name keeps its jobs when its app is wrapped in a stage. Stacks of two stages have
 * different names, or different accounts or regions.
 */
function pathInStage(construct: IConstruct): string {
  const stagePath = Stage.of(construct)?.node.path ?? '';
  return stagePath === '' || construct.node.path === stagePath ? construct.node.path : construct.node.path.slice(stagePath.length + 1);
}

/** The stack's name; a nested stack's is only known at deployment, its parent's and its path tell it apart as well. */
function nameOf(stack: Stack): string {
  return isKnown(stack.stackName) ? stack.stackName : stack.nestedStackParent ? nameOf(stack.nestedStackParent) : Names.uniqueId(stack);
}
