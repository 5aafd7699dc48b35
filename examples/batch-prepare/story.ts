import { CreateBucketCommand, GetObjectCommand, GetObjectTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateWorkteamCommand, DescribeLabelingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { deployAssembly } from '../../local/src/commands/deploy';
import { Engine } from '../../local/src/engine';
import { synthesiseExample } from '../synth';
import { memberDefinition } from '../user-pool';
import { ARCHIVE, ARCHIVED_MAILS } from './mails';

const STACK = 'MailArchive';
const PATIENCE_MS = 300_000;

/** A line of the labeling job's output. */
export interface LabeledMail {
  readonly 'mail': string;
  readonly 'source-ref': string;
  readonly 'subject': string;
  readonly 'checksum': { readonly algorithm: string; readonly hex: string };
  readonly 'kind'?: { readonly label: string };
}

/** What became of the archive. */
export interface ArchiveStory {
  /** The labeling job's status as the deployment left it. */
  readonly statusAfterDeployment: string;
  readonly labels: readonly LabeledMail[];
  /** What could not be prepared, and why. */
  readonly unprepared: ReadonlyArray<{ readonly 'line': number; readonly 'source-ref': string; readonly 'step': string; readonly 'reason': string }>;
  /** Tags of each labeled page, by its URI. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How long it took, in the engine's time. */
  readonly hours: number;
}

/** An archive of mails is restored, made pages, fingerprinted, labeled and tagged on a local engine. */
export async function tellArchiveStory(tell: (text: string) => void = () => undefined): Promise<ArchiveStory> {
  tell('Synthesising examples/batch-prepare');
  const assemblyDirectory = await synthesiseExample('batch-prepare');
  const engine = await Engine.start({ iam: 'enforce' });
  try {
    const account = new Account(engine);
    await account.fillArchive();
    const begun = engine.core.clock.now();
    const { stacks: { [STACK]: { status, reason, outputs } } } = await deployAssembly({ endpoint: engine.endpoint, assemblyDirectory });
    if (status !== 'CREATE_COMPLETE') throw new Error(`the deployment ended as ${status}: ${reason}`);
    const output = (name: string) => Object.entries(outputs).find(([key]) => key.startsWith(`Mails${name}`))![1];
    tell(`Deployed: ${output('JobName')} is ${output('JobState')}, its data is being prepared`);
    await account.labeled(output('JobName'));
    tell('Labeled');
    const labels = await account.lines<LabeledMail>(output('OutputUri'));
    const tags = await account.tags(labels.filter(({ kind }) => kind).map((line) => line['source-ref']));
    const unprepared = await account.lines<ArchiveStory['unprepared'][number]>(output('UnpreparedUri'));
    return { statusAfterDeployment: output('JobState'), labels, unprepared, tags, hours: (engine.core.clock.now() - begun) / 3600_000 };
  } finally {
    await engine.stop();
  }
}

/** The account on the local engine. */
class Account {
  private readonly s3: S3Client;
  private readonly sagemaker: SageMakerClient;

  constructor(private readonly engine: Engine) {
    const credentials = { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'example' };
    const config = { endpoint: engine.endpoint, region: engine.core.settings.region, credentials };
    this.sagemaker = new SageMakerClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
  }

  /** Mails in the archive's storage class; the team; and what annotators will find true of the pages. */
  async fillArchive(): Promise<void> {
    await this.s3.send(new CreateBucketCommand({ Bucket: ARCHIVE }));
    for (const { key, body } of ARCHIVED_MAILS) await this.s3.send(new PutObjectCommand({ Bucket: ARCHIVE, Key: key, Body: body, StorageClass: 'GLACIER' }));
    await this.sagemaker.send(new CreateWorkteamCommand({
      WorkteamName: 'mail-readers',
      Description: 'People who read mails',
      MemberDefinitions: [{ CognitoMemberDefinition: await memberDefinition(this.engine, 'mail-readers') }],
    }));
    const { accountId, region } = this.engine.core.settings;
    const pageOf = (key: string) => `s3://mail-labels-${accountId}-${region}/pages/${key.replace(/\.eml$/, '')}.html`;
    await this.control('annotators', {
      annotators: ['ada', 'ben', 'cleo'].map((name) => ({ name, accuracy: 0.95 })),
      truth: ARCHIVED_MAILS.filter(({ label }) => label).map(({ key, label }) => ({ source: pageOf(key), label })),
    });
  }

  async labeled(LabelingJobName: string): Promise<void> {
    await this.until(`${LabelingJobName} is completed`, async () => {
      const { LabelingJobStatus, FailureReason } = await this.sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName })).catch(notYet);
      if (LabelingJobStatus === 'Failed') throw new Error(FailureReason);
      return LabelingJobStatus === 'Completed';
    });
  }

  async lines<Line>(uri: string): Promise<Line[]> {
    const { Body } = await this.s3.send(new GetObjectCommand(locationOf(uri)));
    return (await Body!.transformToString()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** As soon as every object has some. */
  async tags(uris: readonly string[]): Promise<Record<string, Record<string, string>>> {
    const found: Record<string, Record<string, string>> = {};
    await this.until('all labeled pages are tagged', async () => {
      for (const uri of uris) {
        const { TagSet = [] } = await this.s3.send(new GetObjectTaggingCommand(locationOf(uri)));
        found[uri] = Object.fromEntries(TagSet.map(({ Key, Value }) => [Key!, Value!]));
      }
      return Object.values(found).every((tags) => Object.keys(tags).length > 0);
    });
    return found;
  }

  private async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!await isSo()) {
      if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async control(route: string, body: object): Promise<void> {
    const response = await fetch(`${this.engine.endpoint}/_local/${route}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`);
  }
}

/** The job has its name before it is there. */
function notYet(error: unknown): { LabelingJobStatus?: string; FailureReason?: string } {
  if ((error as Error).name === 'ResourceNotFound') return {};
  throw error;
}

function locationOf(uri: string): { Bucket: string; Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
  return { Bucket, Key };
}
