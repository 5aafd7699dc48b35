import { DescribeStacksCommand, type CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';

/** How often a running operation is looked at. Real time: the engine's own clock jumps meanwhile. */
const POLL_MILLISECONDS = 50;

export function isMissing(error: unknown): boolean {
  return error instanceof Error && /does not exist/.test(error.message);
}

export function isBusy({ StackStatus }: Stack): boolean {
  return StackStatus!.endsWith('_IN_PROGRESS') && StackStatus !== 'REVIEW_IN_PROGRESS';
}

/** The stack once nothing happens to it any more; `onPoll` is called each time it is looked at. */
export async function settled(cloudFormation: CloudFormationClient, StackName: string, onPoll: () => Promise<void> = async () => {}): Promise<Stack> {
  for (;;) {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    await onPoll();
    if (!isBusy(stack)) {
      return stack;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}
