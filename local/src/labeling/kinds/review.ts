import type { InterfaceTask } from './task-kind';

/** An object to be reviewed must carry a label of the kind: which one, the worker template says. */
export function checkReviewed(...types: string[]): (task: InterfaceTask) => Promise<void> {
  return async ({ object: { line } }) => {
    const labels = Object.entries(line).filter(([name, value]) => (
      name.endsWith('-metadata') && types.includes(String((value as { type?: unknown } | null)?.type)) && name.slice(0, -'-metadata'.length) in line));
    if (labels.length === 0) {
      throw new Error(`the line has no label to review: none of its "…-metadata" has the type ${types.join(' or ')}`);
    }
  };
}
