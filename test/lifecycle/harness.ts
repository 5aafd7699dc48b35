import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateLabelingJobCommand, CreateWorkteamCommand, DescribeLabelingJobCommand, ListLabelingJobsCommand, ListTagsCommand, SageMakerClient,
  StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { DescribeLabelingJobResponse } from '@aws-sdk/client-sagemaker';
import { App, aws_lambda as lambda, custom_resources as cr, CustomResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { memberDefinition } from '../../examples/user-pool';
import { deployAssembly } from '../../local/src/commands/deploy';
import { destroyAssembly } from '../../local/src/commands/destroy';
import { Engine } from '../../local/src/engine';
import { groundtruth, LabelCategories } from '../../src';

/**
 * A stack's life on a local engine: every test declares what the stack holds, deploys it with the shipped bundles, and looks
 * at the labeling jobs through the real SDK. Roles may do what their policies say. Nobody labels unless a test asks for annotators.
 */
export class Lifecycle {
  static async start(settings: Partial<Parameters<typeof Engine.start>[0]> = {}): Promise<Lifecycle> {
    const engine = await Engine.start({ annotators: 'off', iam: 'enforce', ...settings });
    const lifecycle = new Lifecycle(engine);
    await lifecycle.sagemaker.send(new CreateWorkteamCommand({
      WorkteamName: 'readers',
      Description: 'readers',
      MemberDefinitions: [{ CognitoMemberDefinition: await memberDefinition(engine, 'readers') }],
    }));
    return lifecycle;
  }

  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
  private readonly folders: string[] = [];
  private assembly?: string;

  private constructor(readonly engine: Engine) {
    const config = { endpoint: engine.endpoint, region: 'us-east-1', credentials: { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'x' } };
    this.sagemaker = new SageMakerClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    for (const folder of this.folders) fs.rmSync(folder, { recursive: true, force: true });
  }

  /** Synthesises a stack called `Life` that `declare` fills, and deploys it as an update of what is there. */
  async deploy(declare: (stack: Stack) => void, parameters: Record<string, string> = {}): ReturnType<typeof deployAssembly> {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'lifecycle-'));
    this.folders.push(outdir);
    const app = new App({ outdir, analyticsReporting: false });
    declare(new Stack(app, 'Life'));
    app.synth();
    this.assembly = outdir;
    return deployAssembly({
      endpoint: this.engine.endpoint,
      assemblyDirectory: outdir,
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`Life:${key}`, value])),
    });
  }

  async destroy(): ReturnType<typeof destroyAssembly> {
    return destroyAssembly({ endpoint: this.engine.endpoint, assemblyDirectory: this.assembly! });
  }

  /** Name -> status of every labeling job that the account has. */
  async jobs(): Promise<Record<string, string>> {
    const { LabelingJobSummaryList: jobs = [] } = await this.sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 100 }));
    return Object.fromEntries(jobs.map((job) => [job.LabelingJobName!, job.LabelingJobStatus!]));
  }

  /** The statuses of all jobs by generation: `{ r1: 'Stopped', r2: 'InProgress' }`; fails where two share a generation. */
  async generations(): Promise<Record<string, string>> {
    const entries = Object.entries(await this.jobs()).map(([name, status]) => [/-(r\d+)$/.exec(name)![1], status]);
    expect(new Set(entries.map(([generation]) => generation)).size).toBe(entries.length);
    return Object.fromEntries(entries);
  }

  async describe(name: string): Promise<DescribeLabelingJobResponse> {
    return this.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: name }));
  }

  /** Waits until a job has ended; annotators' time passes by itself. */
  async ended(name: string): Promise<DescribeLabelingJobResponse> {
    for (;;) {
      const job = await this.describe(name);
      if (['Completed', 'Failed', 'Stopped'].includes(job.LabelingJobStatus!)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async tags(arn: string): Promise<Record<string, string>> {
    const { Tags = [] } = await this.sagemaker.send(new ListTagsCommand({ ResourceArn: arn }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key!, Value!]));
  }

  async keys(bucket: string): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key }) => Key!);
  }

  /** A job of somebody else under a given name, on a manifest of its own. */
  async createForeignJob(name: string, like: DescribeLabelingJobResponse): Promise<void> {
    await this.s3.send(new CreateBucketCommand({ Bucket: 'foreign' }));
    const put = (Key: string, Body: string) => this.s3.send(new PutObjectCommand({ Bucket: 'foreign', Key, Body }));
    await put('input.manifest', '{"source":"theirs"}');
    await put('labels.json', '{"document-version":"2018-11-28","labels":[{"label":"yes"},{"label":"no"}]}');
    await put('template.html', '<crowd-form><crowd-classifier name="crowd-classifier" categories="{{ task.input.labels | to_json | escape }}" header="?">'
      + '<classification-target>{{ task.input.taskObject }}</classification-target><full-instructions header="?">?</full-instructions>'
      + '<short-instructions>?</short-instructions></crowd-classifier></crowd-form>');
    const { core } = this.engine;
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
    await core.call('iam', 'CreateRole', { RoleName: 'foreign', AssumeRolePolicyDocument: JSON.stringify(trust) });
    await core.call('iam', 'AttachRolePolicy', { RoleName: 'foreign', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
    await this.sagemaker.send(new CreateLabelingJobCommand({
      LabelingJobName: name,
      LabelAttributeName: 'label',
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://foreign/input.manifest' } } },
      OutputConfig: { S3OutputPath: 's3://foreign/output' },
      RoleArn: 'arn:aws:iam::123456789012:role/foreign',
      LabelCategoryConfigS3Uri: 's3://foreign/labels.json',
      HumanTaskConfig: { ...like.HumanTaskConfig!, UiConfig: { UiTemplateS3Uri: 's3://foreign/template.html' } },
    }));
  }

  async emptyAndDeleteBucket(bucket: string): Promise<void> {
    for (const Key of await this.keys(bucket)) await this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    await this.s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  }

  /** Calls that reached a service, as the engine recorded them. */
  async calls(service: string, operation: string): Promise<Array<{ operation: string; errorCode?: string; functionName?: string }>> {
    const { calls } = await (await fetch(`${this.engine.endpoint}/_local/calls`)).json() as { calls: Array<{ service: string; operation: string }> };
    return calls.filter((call) => call.service === service && call.operation === operation);
  }

  /** Waits, in real time, for what the engine is about to do. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < 6000; look++) {
      if (await isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited for five minutes in vain: ${what}`);
  }

  /** A person's decision, in the console. */
  async stopByHand(name: string): Promise<void> {
    await this.sagemaker.send(new StopLabelingJobCommand({ LabelingJobName: name }));
    await this.ended(name);
  }

  /** The lines of a job's output manifest. */
  async labels(name: string): Promise<Array<Record<string, unknown>>> {
    const { LabelingJobOutput } = await this.describe(name);
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(LabelingJobOutput!.OutputDatasetS3Uri!)!;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body!.transformToString()).trim().split('\n').map((line) => JSON.parse(line));
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.engine.endpoint}/_local/faults`, { method: 'DELETE' });
  }

  async fault(fault: Record<string, unknown>): Promise<void> {
    await this.control('faults', fault);
  }

  async control(route: string, body: object): Promise<void> {
    const response = await fetch(`${this.engine.endpoint}/_local/${route}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`);
  }
}

export interface JobVariation {
  readonly id?: string;
  readonly records?: ReadonlyArray<Record<string, string>>;
  readonly props?: Partial<groundtruth.LabelingJobProps>;
}

/** A labeling job for the team `readers`, varied as a test needs. */
export function declareJob(stack: Stack, { id = 'Mails', records, props }: JobVariation = {}): groundtruth.LabelingJob {
  const team = stack.node.tryFindChild('Team') as groundtruth.IWorkteam | undefined
    ?? groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers');
  return new groundtruth.LabelingJob(stack, id, {
    taskType: groundtruth.TaskType.textClassification(),
    workteam: team,
    labels: LabelCategories.of('ham', 'spam'),
    input: groundtruth.InputManifest.fromRecords([...records ?? [{ source: 'Lunch at noon?' }, { source: 'Cheap watches!' }]]),
    ...props,
  });
}

/** A fleet of labeling jobs for the team `readers`, each with two texts of its own. */
export function declareFleet(stack: Stack, keys: readonly string[], props: Partial<groundtruth.JobFleetProps> = {}): groundtruth.JobFleet {
  const texts = (key: string) => groundtruth.InputManifest.fromRecords([{ source: `${key}: Lunch at noon?` }, { source: `${key}: Cheap watches!` }]);
  return new groundtruth.JobFleet(stack, 'Fleet', {
    taskType: groundtruth.TaskType.textClassification(),
    workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
    labels: LabelCategories.of('ham', 'spam'),
    jobs: groundtruth.FleetJobs.declared(Object.fromEntries(keys.map((key) => [key, { input: texts(key) }]))),
    ...props,
  });
}

/** A custom resource behind `after` that fails its Create or Update when told to: what makes a stack roll back. */
export function declareFailure(stack: Stack, after: IConstruct, fails: boolean): void {
  const onEventHandler = new lambda.Function(stack, 'FailsOnDemand', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(`exports.handler = async ({ RequestType, ResourceProperties }) => {
      if (RequestType !== 'Delete' && ResourceProperties.fails === 'true') throw new Error('failed on demand');
      return { PhysicalResourceId: 'on-demand' };
    };`),
  });
  const provider = new cr.Provider(stack, 'FailsOnDemandProvider', { onEventHandler });
  new CustomResource(stack, 'Failure', { serviceToken: provider.serviceToken, properties: { fails } }).node.addDependency(after);
}
