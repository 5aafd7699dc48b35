import { DescribeStacksCommand, type CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';

/** How often a running operation is looked at. Real time: the engine's own clock jumps meanwhile. */
const POLL_MILLISECONDS = 100;

export function isMissing(error: unknown): boolean {
  return error instanceof Error && /does not exist/.test(error.message);
}

export function isBusy({ StackStatus }: Stack): boolean {
  return StackStatus!.endsWith('_IN_PROGRESS') && StackStatus !== 'REVIEW_IN_PROGRESS';
}

/** The events of a stack are many to read, and for people: so many looks come between two reports. */
const LOOKS_PER_REPORT = 5;

/** The stack once nothing happens to it any more; `report` is called now and then meanwhile, and at the end. */
export async function settled(cloudFormation: CloudFormationClient, StackName: string, report: () => Promise<void> = async () => {}): Promise<Stack> {
  for (let look = 1; ; look++) {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const busy = isBusy(stack);
    if (!busy || look % LOOKS_PER_REPORT === 0) {
      await report();
    }
    if (!busy) {
      return stack;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}
