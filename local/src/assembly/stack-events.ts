import { paginateDescribeStackEvents, type CloudFormationClient, type StackEvent } from '@aws-sdk/client-cloudformation';

/** A stack's events as they come, each once, oldest first. */
export class StackEvents {
  readonly all: StackEvent[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly client: CloudFormationClient, private readonly stackName: string, private readonly onEvent: (event: StackEvent) => void) {}

  /** Takes what has happened so far as known. */
  async skipPast(): Promise<void> {
    (await this.unseen()).forEach(({ EventId }) => this.seen.add(EventId!));
  }

  async read(): Promise<void> {
    for (const event of await this.unseen()) {
      this.seen.add(event.EventId!);
      this.all.push(event);
      this.onEvent(event);
    }
  }

  /** What failed first, and why: everything after it is a consequence. */
  get firstFailure(): string | undefined {
    const failed = this.all.find(({ ResourceStatus = '', ResourceStatusReason = '', PhysicalResourceId, StackId }) =>
      ResourceStatus.endsWith('_FAILED') && !/ cancelled$/.test(ResourceStatusReason) && PhysicalResourceId !== StackId);
    return failed && `${failed.LogicalResourceId} (${failed.ResourceType}): ${failed.ResourceStatusReason}`;
  }

  /** Newest first in the answers: pages are read until one holds something that is known. */
  private async unseen(): Promise<StackEvent[]> {
    const found: StackEvent[] = [];
    for await (const { StackEvents: events = [] } of paginateDescribeStackEvents({ client: this.client }, { StackName: this.stackName })) {
      const fresh = events.filter(({ EventId }) => !this.seen.has(EventId!));
      found.push(...fresh);
      if (fresh.length < events.length) {
        break;
      }
    }
    return found.reverse();
  }
}
