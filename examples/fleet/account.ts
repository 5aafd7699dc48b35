import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateWorkteamCommand, DescribeLabelingJobCommand, paginateListLabelingJobs, SageMakerClient, StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import type { Engine } from '../../local/src/engine';
import { Mail } from '../quickstart/mails';
import { memberDefinition } from '../user-pool';

/** How much virtual time passes between two looks. */
const MINUTES_A_LOOK = 10;
const PATIENCE_MS = 300_000;

/** A line of an output manifest. */
export type Label = Readonly<Record<string, unknown>> & { readonly mail: string; readonly label?: number };

/** The account on the local engine: what the AWS SDK shows of it, and what only a simulation can do. */
export class Account {
  /** The most jobs seen under way at once. */
  mostAtOnce = 0;
  private readonly sagemaker: SageMakerClient;
  private readonly s3: S3Client;

  constructor(private readonly engine: Engine) {
    const credentials = { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'example' };
    const config = { endpoint: engine.endpoint, region: engine.core.settings.region, credentials };
    this.sagemaker = new SageMakerClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
  }

  async prepare(quota: number, team: readonly string[], mails: readonly Mail[]): Promise<void> {
    await this.control('quotas', { labelingJobs: quota });
    await this.truth(mails);
    await this.team(team);
    await this.sagemaker.send(new CreateWorkteamCommand({
      WorkteamName: 'mail-readers',
      Description: 'People who read mails',
      MemberDefinitions: [{ CognitoMemberDefinition: await memberDefinition(this.engine, 'mail-readers') }],
    }));
  }

  /** What a careful reader would answer. */
  async truth(mails: readonly Mail[]): Promise<void> {
    await this.control('annotators', { truth: mails.map((mail) => ({ source: mail.text, label: mail.label })) });
  }

  /** Who labels; whoever leaves does so before the next task. */
  async team(names: readonly string[], leaves?: string): Promise<void> {
    await this.control('annotators', {
      annotators: names.map((name) => ({ name, accuracy: 0.95, secondsPerTask: 60, dropout: name === leaves ? 1 : 0 })),
    });
  }

  async fail(job: string, reason: string): Promise<void> {
    await this.control(`labeling-jobs/${job}/fail`, { reason });
  }

  async stop(LabelingJobName: string): Promise<void> {
    await this.sagemaker.send(new StopLabelingJobCommand({ LabelingJobName }));
  }

  async running(): Promise<string[]> {
    return (await this.summaries()).filter(({ LabelingJobStatus }) => LabelingJobStatus === 'InProgress').map(({ LabelingJobName }) => LabelingJobName!);
  }

  async status(LabelingJobName: string): Promise<string> {
    return (await this.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName }))).LabelingJobStatus!;
  }

  async labeled(LabelingJobName: string): Promise<number> {
    return (await this.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName }))).LabelCounters!.TotalLabeled!;
  }

  /** All jobs, and which mails each of them labeled itself: a line says which job its label is from. */
  async jobs(): Promise<Array<{ name: string; status: string; labeled: string[] }>> {
    const jobs = [];
    for (const { LabelingJobName, LabelingJobStatus, LabelingJobOutput } of await this.summaries()) {
      const lines = LabelingJobOutput?.OutputDatasetS3Uri ? await this.lines(LabelingJobOutput.OutputDatasetS3Uri) : [];
      const own = lines.filter((line) => (line['label-metadata'] as { 'job-name'?: string } | undefined)?.['job-name']?.endsWith(LabelingJobName!));
      jobs.push({ name: LabelingJobName!, status: LabelingJobStatus!, labeled: own.map(({ mail }) => mail) });
    }
    return jobs;
  }

  /** The merged labels, as soon as so many of them are there. */
  async resultOf(resultUri: string, count: number): Promise<Label[]> {
    const uri = `${resultUri.replace(/\/$/, '')}/labels.jsonl`;
    let labels: Label[] = [];
    await this.until(`${count} labels at ${uri}`, async () => {
      labels = await this.lines(uri).catch((error) => {
        if ((error as Error).name === 'NoSuchKey') return [];
        throw error;
      });
      return labels.filter(({ label }) => label !== undefined).length === count;
    });
    return labels;
  }

  async pauseTime(paused: boolean): Promise<void> {
    await this.control('clock', { paused });
  }

  async passTime(advanceSeconds: number): Promise<void> {
    await this.control('clock', { advanceSeconds });
  }

  async passTimeUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
    await this.until(what, async () => {
      if (await isSo()) return true;
      await this.passTime(MINUTES_A_LOOK * 60);
      return false;
    });
  }

  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!await isSo()) {
      if (Date.now() > end) throw new Error(`waited in vain: ${what}; the jobs are ${JSON.stringify((await this.summaries()).map(({ LabelingJobName, LabelingJobStatus }) => [LabelingJobName, LabelingJobStatus]))}`);
      this.mostAtOnce = Math.max(this.mostAtOnce, (await this.summaries()).filter((job) => /^(Initializing|InProgress|Stopping)$/.test(job.LabelingJobStatus!)).length);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async summaries(): Promise<LabelingJobSummary[]> {
    const all: LabelingJobSummary[] = [];
    for await (const page of paginateListLabelingJobs({ client: this.sagemaker }, {})) all.push(...page.LabelingJobSummaryList ?? []);
    return all;
  }

  private async lines(uri: string): Promise<Label[]> {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body!.transformToString()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  private async control(route: string, body: object): Promise<void> {
    const response = await fetch(`${this.engine.endpoint}/_local/${route}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`);
  }
}
