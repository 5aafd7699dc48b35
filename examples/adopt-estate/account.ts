import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, PutBucketCorsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateLabelingJobCommand, CreateWorkteamCommand, DescribeLabelingJobCommand, ListLabelingJobsCommand, ListTagsCommand, SageMakerClient,
  StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { CreateLabelingJobRequest, DescribeLabelingJobResponse } from '@aws-sdk/client-sagemaker';
import { strToU8, zipSync } from 'fflate';
import type { Engine } from '../../local/src/engine';
import { memberDefinition } from '../user-pool';

/** A machine that does much else at the same time is slow. */
const PATIENCE_MS = 240_000;
const LOOK_MS = 20;

/** The account on the local engine: AWS's own calls by their own names, and what only a simulation can do. */
export class EstateAccount {
  private readonly sagemaker: SageMakerClient;
  private readonly s3: S3Client;
  private readonly lambda: LambdaClient;
  private readonly roles = new Map<string, string>();

  constructor(private readonly engine: Engine) {
    const credentials = { accessKeyId: engine.accessKeyId, secretAccessKey: engine.secretAccessKey };
    const config = { endpoint: engine.endpoint, region: engine.core.settings.region, credentials };
    this.sagemaker = new SageMakerClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.lambda = new LambdaClient(config);
  }

  async makeBucket(Bucket: string): Promise<void> {
    await this.s3.send(new CreateBucketCommand({ Bucket }));
    await this.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }));
  }

  async makeTeam(WorkteamName: string): Promise<string> {
    const { WorkteamArn } = await this.sagemaker.send(new CreateWorkteamCommand({
      WorkteamName,
      Description: WorkteamName,
      MemberDefinitions: [{ CognitoMemberDefinition: await memberDefinition(this.engine, WorkteamName) }],
    }));
    return WorkteamArn!;
  }

  /** A role as accounts have them that grew by hand: it may do everything. Made once; `name` may begin with a path. */
  async makeRole(name: string, service: string): Promise<string> {
    const { core } = this.engine;
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
    if (!this.roles.has(name)) {
      const [, Path, RoleName] = /^(.*\/)?([^/]+)$/.exec(name)!;
      const { Role: { Arn } } = await core.call('iam', 'CreateRole', { RoleName, Path: `/${Path ?? ''}`, AssumeRolePolicyDocument: JSON.stringify(trust) });
      await core.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
      this.roles.set(name, Arn);
    }
    return this.roles.get(name)!;
  }

  async makeFunction(FunctionName: string, code: string): Promise<string> {
    const { FunctionArn } = await this.lambda.send(new CreateFunctionCommand({
      FunctionName, Handler: 'index.handler', Runtime: 'nodejs20.x', Role: await this.makeRole('function', 'lambda.amazonaws.com'), Code: { ZipFile: zipSync({ 'index.js': strToU8(code) }) },
    }));
    return FunctionArn!;
  }

  async put(Bucket: string, Key: string, body: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(body) }));
  }

  async text(uri: string): Promise<string> {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
    return (await this.s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
  }

  async lines(uri: string): Promise<Array<Record<string, unknown>>> {
    return (await this.text(uri)).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  async makeJob(request: CreateLabelingJobRequest): Promise<void> {
    await this.sagemaker.send(new CreateLabelingJobCommand(request));
  }

  async stop(LabelingJobName: string): Promise<void> {
    await this.sagemaker.send(new StopLabelingJobCommand({ LabelingJobName }));
  }

  async describe(LabelingJobName: string): Promise<DescribeLabelingJobResponse> {
    return this.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName }));
  }

  /** Name -> status of every labeling job. */
  async statuses(): Promise<Record<string, string>> {
    const { LabelingJobSummaryList: jobs = [] } = await this.sagemaker.send(new ListLabelingJobsCommand({ MaxResults: 100 }));
    return Object.fromEntries(jobs.map((job) => [job.LabelingJobName!, job.LabelingJobStatus!]));
  }

  async tags(name: string): Promise<Record<string, string>> {
    const { LabelingJobArn } = await this.describe(name);
    const { Tags = [] } = await this.sagemaker.send(new ListTagsCommand({ ResourceArn: LabelingJobArn }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key!, Value!]));
  }

  /** Waits in real time; virtual time jumps to whatever is to be done next. */
  async until(what: string, isSo: () => Promise<boolean>, meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!await isSo()) {
      if (Date.now() > end) throw new Error(`waited in vain: ${what}; the jobs are ${JSON.stringify(await this.statuses())}`);
      await meanwhile();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** What the engine can and AWS cannot: who works, when the service fails, and how time passes. */
  async control(route: string, body: object): Promise<void> {
    const response = await fetch(`${this.engine.endpoint}/_local/${route}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`);
  }
}
