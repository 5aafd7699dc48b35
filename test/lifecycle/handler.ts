import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, ExecutionListItem, ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { Lifecycle } from './harness';

/** An event as CDK's framework hands it to the handler. */
export interface HandlerEvent {
  readonly RequestType: string;
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Record<string, string>;
  readonly OldResourceProperties?: Record<string, string>;
}

/** The deployed handler of the labeling jobs, to be called as CDK's framework calls it. */
export class Handler {
  static async of(life: Lifecycle): Promise<Handler> {
    const config = { endpoint: life.engine.endpoint, region: 'us-east-1', credentials: { accessKeyId: life.engine.core.root.accessKeyId, secretAccessKey: 'x' } };
    const client = new LambdaClient(config);
    const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
    const named = (handler: string) => Functions.find((each) => each.Handler === handler)!.FunctionName!;
    return new Handler(client, new SFNClient(config), named('index.onEvent'), named('index.isComplete'), named);
  }

  private constructor(
    private readonly client: LambdaClient, private readonly states: SFNClient,
    private readonly onEventName: string, private readonly isCompleteName: string, private readonly named: (handler: string) => string,
  ) {}

  /** The newest event that CDK's waiter was started with. */
  async lastEvent(): Promise<HandlerEvent> {
    const inputs: Array<{ started: number; input: string }> = [];
    for (const { executionArn, startDate } of await this.waiters()) {
      const { input } = await this.states.send(new DescribeExecutionCommand({ executionArn }));
      inputs.push({ started: startDate!.getTime(), input: input! });
    }
    return JSON.parse(inputs.sort((a, b) => b.started - a.started)[0].input);
  }

  /** Until no waiter polls any more, the ones included that CloudFormation does not listen to. */
  async idle(): Promise<void> {
    while ((await this.waiters()).some(({ status }) => status === 'RUNNING')) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  private async waiters(): Promise<ExecutionListItem[]> {
    const { stateMachines = [] } = await this.states.send(new ListStateMachinesCommand({}));
    const lists = await Promise.all(stateMachines.map(({ stateMachineArn }) => this.states.send(new ListExecutionsCommand({ stateMachineArn }))));
    return lists.flatMap(({ executions = [] }) => executions);
  }

  async onEvent(event: HandlerEvent): Promise<{ PhysicalResourceId?: string }> {
    return this.invoke(this.onEventName, event);
  }

  /** As a rule or a schedule does, for the resource of that event. */
  async reconcile({ StackId, LogicalResourceId, ResourceProperties }: HandlerEvent): Promise<{ steps: string[]; notes: string[]; skipped?: string }> {
    const key = `${StackId.split('/').at(-1)}/${LogicalResourceId}/ledger.json`;
    return this.invoke(this.named('index.reconcile'), { stateBucket: ResourceProperties.StateBucket, key });
  }

  async isComplete(event: HandlerEvent): Promise<{ IsComplete: boolean; Data?: Record<string, string> }> {
    return this.invoke(this.isCompleteName, event);
  }

  /** Polls as the waiter does until the handler says that it is done. */
  async complete(event: HandlerEvent): Promise<void> {
    for (let poll = 0; poll < 100; poll++) {
      if ((await this.isComplete(event)).IsComplete) return;
    }
    throw new Error(`${event.RequestType} ${event.RequestId} is not complete after 100 polls`);
  }

  private async invoke<T>(name: string, event: object): Promise<T> {
    const { Payload, FunctionError } = await this.client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }));
    const answer = JSON.parse(Buffer.from(Payload!).toString());
    if (FunctionError) throw new Error(answer.errorMessage);
    return answer;
  }
}
