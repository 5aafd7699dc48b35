import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, DeleteMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Lifecycle } from './harness';
import type { LogsService } from '../../local/src/services/logs';
import { DesiredState, groundtruth, LabelCategories } from '../../src';

/** What became of what was published, counted where the truth lies: in the jobs' output and in the dead letters. */
export interface StreamCounts {
  /** Different data objects. */
  readonly published: number;
  readonly duplicates: number;
  readonly refused: number;
  /** Messages to the job's topic, repeats included. */
  readonly forwarded: number;
  readonly labeledOnce: number;
  readonly labeledTwice: number;
  readonly lost: number;
  readonly deadLetters: number;
}

export interface StreamVariation {
  readonly title?: string;
  readonly desiredState?: DesiredState;
  /** Objects that are before the workers at once. */
  readonly maxConcurrentTaskCount?: number;
}

const BATCH = 10;
const PUBLISHERS = 4;
const LOOKS_WITHOUT_PROGRESS = 6;
const DAY_SECONDS = 24 * 3600;
const WORKERS = 20;

/** A durable stream on the engine, whoever publishes to it, and what came of it. */
export class StreamRun {
  static async start(variation: StreamVariation = {}, settings: Parameters<typeof Lifecycle.start>[0] = {}): Promise<StreamRun> {
    const life = await Lifecycle.start({ annotators: 'on', ...settings });
    const run = new StreamRun(life);
    const annotators = Array.from({ length: WORKERS }, (_, index) => ({ name: `reader-${index}`, secondsPerTask: 0.5, accuracy: 1, dropout: 0 }));
    await life.control('annotators', { annotators });
    await run.deploy(variation);
    return run;
  }

  private readonly sns: SNSClient;
  private readonly sqs: SQSClient;
  private outputs: Readonly<Record<string, string>> = {};
  private published = 0;
  private duplicates = 0;
  private refused = 0;
  private deadLetters = 0;
  private logGroups: readonly string[] = [];
  private readonly labels = new Map<string, number>();

  private constructor(readonly life: Lifecycle) {
    const config = { endpoint: life.engine.endpoint, region: 'us-east-1', credentials: { accessKeyId: life.engine.core.root.accessKeyId, secretAccessKey: 'x' } };
    this.sns = new SNSClient(config);
    this.sqs = new SQSClient(config);
  }

  stop(): Promise<void> {
    return this.life.stop();
  }

  async deploy({ title, desiredState, maxConcurrentTaskCount = 500 }: StreamVariation): Promise<void> {
    const { stacks } = await this.life.deploy((stack: Stack) => {
      const intake = new groundtruth.StreamIntake(stack, 'Intake', { deduplicationKey: 'n' });
      new groundtruth.LabelingJob(stack, 'Mails', {
        taskType: groundtruth.TaskType.textClassification(),
        workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
        labels: LabelCategories.of('ham', 'spam'),
        input: groundtruth.InputManifest.streaming(intake),
        workersPerDataObject: 1,
        title,
        desiredState,
        maxConcurrentTaskCount,
      });
      new CfnOutput(stack, 'Topic', { value: intake.inputTopic.topicArn });
      new CfnOutput(stack, 'DeadLetters', { value: intake.deadLetterQueue.queueUrl });
    });
    const { status, outputs } = stacks.Life;
    if (!/_COMPLETE$/.test(status) || /ROLLBACK/.test(status)) throw new Error(`the stream was not deployed: ${status}`);
    this.outputs = outputs;
    await this.findLogs();
  }

  /** Publishes new objects; every tenth comes twice, and with every fiftieth something comes that is no data object. */
  async publish(objects: number): Promise<void> {
    const first = this.published;
    this.published += objects;
    const messages: string[] = [];
    for (let n = first; n < first + objects; n++) {
      const record = JSON.stringify({ n: `n${n}`, source: `mail ${n}` });
      messages.push(record);
      if (n % 10 === 0) messages.push(record);
      if (n % 50 === 0) messages.push(n % 100 === 0 ? '{\'source\': \'no JSON\'}' : JSON.stringify({ text: `no data object ${n}` }));
    }
    this.duplicates += messages.filter((message, index) => message === messages[index - 1]).length;
    this.refused += messages.filter((message) => !message.startsWith('{"n"')).length;
    await this.send(messages);
  }

  private async send(messages: readonly string[]): Promise<void> {
    const batches = Array.from({ length: Math.ceil(messages.length / BATCH) }, (_, index) => messages.slice(index * BATCH, (index + 1) * BATCH));
    let next = 0;
    const publisher = async () => {
      while (next < batches.length) {
        const PublishBatchRequestEntries = batches[next++].map((Message, index) => ({ Id: String(index), Message }));
        const { Failed = [] } = await this.sns.send(new PublishBatchCommand({ TopicArn: this.outputs.Topic, PublishBatchRequestEntries }));
        if (Failed.length > 0) throw new Error(`${Failed.length} messages were not published: ${Failed[0].Message}`);
      }
    };
    await Promise.all(Array.from({ length: PUBLISHERS }, publisher));
  }

  /**
   * Waits, in real time, until so many of all objects are labeled. The engine's clock jumps to work by itself; what a crash or a throttle has left
   * to time-outs comes when time goes on.
   */
  async labeled(objects = this.published, seconds = 600): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    for (let before = -1, still = 0; ;) {
      const done = await this.totalLabeled();
      if (done >= objects) return;
      if (Date.now() > deadline) throw new Error(`${done} of ${objects} objects were labeled within ${seconds} s`);
      still = done === before ? still + 1 : 0;
      before = done;
      if (still > 0 && still % LOOKS_WITHOUT_PROGRESS === 0) await this.pass(60);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async pass(seconds: number): Promise<void> {
    await this.life.control('clock', { advanceSeconds: seconds });
  }

  private async totalLabeled(): Promise<number> {
    let total = 0;
    for (const name of Object.keys(await this.life.jobs())) total += (await this.life.describe(name)).LabelCounters!.TotalLabeled!;
    return total;
  }

  /** Nothing comes for so long that the service ends the job; its successor is made. */
  async idle(): Promise<void> {
    const before = Object.keys(await this.life.jobs()).length;
    // the hourly looks are there for lost wakes: 240 of them would only take time
    await this.switchSchedules('DisableRule');
    await this.pass(10 * DAY_SECONDS + 3600);
    await this.switchSchedules('EnableRule');
    await this.nextJob(before);
  }

  private async switchSchedules(operation: 'DisableRule' | 'EnableRule'): Promise<void> {
    const { core } = this.life.engine;
    const { Rules } = await core.call<{ Rules: Array<{ Name: string; ScheduleExpression?: string }> }>('events', 'ListRules', {});
    for (const { Name, ScheduleExpression } of Rules) if (ScheduleExpression) await core.call('events', operation, { Name });
  }

  private async nextJob(before: number): Promise<void> {
    await this.life.until('the next generation', async () => {
      const statuses = Object.values(await this.life.jobs());
      if (statuses.length > before && statuses.includes('InProgress')) return true;
      await this.pass(30);
      return false;
    });
  }

  async counts(): Promise<StreamCounts> {
    // a job writes its output now and then
    await this.pass(900);
    await this.readLabels();
    this.deadLetters += await this.takeDeadLetters();
    const times = [...this.labels.values()];
    return {
      published: this.published,
      duplicates: this.duplicates,
      refused: this.refused,
      forwarded: await this.forwarded(),
      labeledOnce: times.filter((each) => each === 1).length,
      labeledTwice: times.filter((each) => each > 1).length,
      lost: this.published - times.length,
      deadLetters: this.deadLetters,
    };
  }

  /** The labeled lines of all jobs' output manifests, by the objects' own numbers. */
  private async readLabels(): Promise<void> {
    this.labels.clear();
    for (const name of Object.keys(await this.life.jobs())) {
      const { LabelingJobOutput, LabelAttributeName } = await this.life.describe(name);
      if (!LabelingJobOutput?.OutputDatasetS3Uri) continue;
      for (const line of await this.life.labels(name)) {
        if (line[LabelAttributeName!] === undefined) continue;
        this.labels.set(String(line.n), (this.labels.get(String(line.n)) ?? 0) + 1);
      }
    }
  }

  private async takeDeadLetters(): Promise<number> {
    const QueueUrl = this.outputs.DeadLetters;
    let taken = 0;
    for (;;) {
      const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: BATCH, VisibilityTimeout: 3600 }));
      if (Messages.length === 0) return taken;
      taken += Messages.length;
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** By the forwarder's own metric: its log keeps the newest lines only. */
  private async forwarded(): Promise<number> {
    const { core } = this.life.engine;
    const metric = { Namespace: 'CdkLabelingWorkflows/Stream', MetricName: 'Forwarded' };
    const { Metrics } = await core.call<{ Metrics: Array<{ Dimensions: object[] }> }>('cloudwatch', 'ListMetrics', metric);
    let sum = 0;
    for (const { Dimensions } of Metrics) {
      const span = { StartTime: new Date(0), EndTime: new Date(core.clock.now() + 1000), Period: DAY_SECONDS, Statistics: ['Sum'] };
      const { Datapoints } = await core.call<{ Datapoints: Array<{ Sum: number }> }>('cloudwatch', 'GetMetricStatistics', { ...metric, Dimensions, ...span });
      for (const { Sum } of Datapoints) sum += Sum;
    }
    return sum;
  }

  /** Peak memory of the stream's functions in MB, as Lambda reports it after each call, oldest first. */
  memory(): number[] {
    return this.logLines().flatMap((line) => /Max Memory Used: ([0-9]+) MB/.exec(line)?.[1] ?? []).map(Number);
  }

  logLines(): string[] {
    const { core } = this.life.engine;
    const logs = core.service<LogsService>('logs');
    return this.logGroups.flatMap((group) => logs.lines(group));
  }

  private async findLogs(): Promise<void> {
    const { logGroups } = await this.life.engine.core.call<{ logGroups: Array<{ logGroupName: string }> }>('logs', 'DescribeLogGroups', {});
    this.logGroups = logGroups.map(({ logGroupName }) => logGroupName).filter((name) => /StreamLogs/.test(name));
  }

  /** The name under which a function of the stream is deployed. */
  async function(handler: 'intake' | 'forward' | 'collect'): Promise<string> {
    const { Functions } = await this.life.engine.core.call<{ Functions: Array<{ FunctionName: string; Handler: string }> }>('lambda', 'ListFunctions', {});
    return Functions.find(({ Handler }) => Handler === `index.${handler}`)!.FunctionName;
  }
}
