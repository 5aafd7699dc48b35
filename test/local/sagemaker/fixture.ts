import { S3Client, CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CreateLabelingJobCommand, CreateWorkteamCommand, DescribeLabelingJobCommand, SageMakerClient,
  type CreateLabelingJobRequest, type DescribeLabelingJobResponse, type LabelingJobStatus,
} from '@aws-sdk/client-sagemaker';
import type { EngineOptions } from '../../../local/src/engine';
import { startEngine, type TestEngine } from '../engine-for-tests';

export const BUCKET = 'labeling-data';
export const CLASSIFIER = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="crowd-classifier" categories="{{ task.input.labels | to_json | escape }}" header="Is this spam?">
    <classification-target>{{ task.input.taskObject }}</classification-target>
    <full-instructions header="Instructions">Read it.</full-instructions>
    <short-instructions>Read it.</short-instructions>
  </crowd-classifier>
</crowd-form>`;

/** The functions of the region that the tests run in, written out: the engine's own table is under test. */
export const pre = (suffix: string) => `arn:aws:lambda:us-east-1:432418664414:function:PRE-${suffix}`;
export const acs = (suffix: string) => `arn:aws:lambda:us-east-1:432418664414:function:ACS-${suffix}`;

/** An engine with a bucket, a work team and everything that a job's request names. */
export class LabelingFixture {
  static async start(options: EngineOptions = {}): Promise<LabelingFixture> {
    const engine = await startEngine(options);
    const s3 = new S3Client({ ...engine.clientConfig, forcePathStyle: true });
    const sagemaker = new SageMakerClient({ ...engine.clientConfig, maxAttempts: 1 });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const { WorkteamArn } = await sagemaker.send(new CreateWorkteamCommand({
      WorkteamName: 'mail-team',
      Description: 'Reads mails',
      MemberDefinitions: [{ CognitoMemberDefinition: { UserPool: 'us-east-1_aBcDeFgHi', UserGroup: 'readers', ClientId: 'client' } }],
    }));
    const fixture = new LabelingFixture(engine, s3, sagemaker, WorkteamArn!);
    await fixture.put('template.liquid.html', CLASSIFIER);
    await fixture.putLabels('labels.json', ['ham', 'spam']);
    return fixture;
  }

  private constructor(readonly engine: TestEngine, readonly s3: S3Client, readonly sagemaker: SageMakerClient, readonly workteamArn: string) {}

  async stop(): Promise<void> {
    this.s3.destroy();
    this.sagemaker.destroy();
    await this.engine.stop();
  }

  async put(key: string, body: string | Buffer): Promise<string> {
    await this.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: Buffer.from(body) }));
    return `s3://${BUCKET}/${key}`;
  }

  putLabels(key: string, labels: readonly string[]): Promise<string> {
    return this.put(key, JSON.stringify({ 'document-version': '2018-11-28', 'labels': labels.map((label) => ({ label })) }));
  }

  putManifest(key: string, lines: readonly object[]): Promise<string> {
    return this.put(key, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  async read(uri: string): Promise<string> {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri)!;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Body!.transformToString();
  }

  async readBytes(uri: string): Promise<Buffer> {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri)!;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from(await Body!.transformToByteArray());
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- manifest lines hold whatever a test put there
  async readLines(uri: string): Promise<any[]> {
    return (await this.read(uri)).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
  }

  async keys(prefix: string): Promise<string[]> {
    const { Contents } = await this.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
    return (Contents ?? []).map((object) => object.Key!);
  }

  /** A valid text classification job on `manifest.jsonl`, changed as given. */
  request(changes: Partial<CreateLabelingJobRequest> = {}, taskConfig: Partial<CreateLabelingJobRequest['HumanTaskConfig']> = {}): CreateLabelingJobRequest {
    return {
      LabelingJobName: 'mails',
      LabelAttributeName: 'kind',
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${BUCKET}/manifest.jsonl` } } },
      OutputConfig: { S3OutputPath: `s3://${BUCKET}/output/` },
      RoleArn: 'arn:aws:iam::123456789012:role/labeling',
      LabelCategoryConfigS3Uri: `s3://${BUCKET}/labels.json`,
      ...changes,
      HumanTaskConfig: {
        WorkteamArn: this.workteamArn,
        UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/template.liquid.html` },
        PreHumanTaskLambdaArn: pre('TextMultiClass'),
        AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: acs('TextMultiClass') },
        TaskTitle: 'Mails',
        TaskDescription: 'Tell ham from spam',
        NumberOfHumanWorkersPerDataObject: 3,
        TaskTimeLimitInSeconds: 600,
        ...changes.HumanTaskConfig,
        ...taskConfig,
      },
    };
  }

  async create(changes: Partial<CreateLabelingJobRequest> = {}, taskConfig: Partial<CreateLabelingJobRequest['HumanTaskConfig']> = {}): Promise<string> {
    const { LabelingJobArn } = await this.sagemaker.send(new CreateLabelingJobCommand(this.request(changes, taskConfig)));
    return LabelingJobArn!;
  }

  describe(name: string): Promise<DescribeLabelingJobResponse> {
    return this.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: name }));
  }

  async until(name: string, ...statuses: LabelingJobStatus[]): Promise<DescribeLabelingJobResponse> {
    for (let attempt = 0; attempt < 10_000; attempt++) {
      const job = await this.describe(name);
      if (statuses.includes(job.LabelingJobStatus!)) {
        return job;
      }
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    throw new Error(`${name} never became ${statuses.join(' or ')}: ${JSON.stringify(await this.describe(name))}`);
  }

  ended(name: string): Promise<DescribeLabelingJobResponse> {
    return this.until(name, 'Completed', 'Failed', 'Stopped');
  }
}

export function texts(count: number): Array<{ source: string }> {
  return Array.from({ length: count }, (_, index) => ({ source: `mail number ${index}` }));
}
