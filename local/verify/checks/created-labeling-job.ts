import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CreateLabelingJobCommand, type CreateLabelingJobRequest, DescribeLabelingJobCommand, type DescribeLabelingJobResponse, StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { type Account, type Check, judge, judgeRefusal, type Permission, type Refusal, refusalOf, together } from '../check';
import { NotPossible } from '../not-possible';
import { oneOfMany } from '../one-of-many';
import { until } from '../until';

const TEMPLATE = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script><crowd-form>'
  + '<crowd-input name="word" label="{{ task.input.source }}"></crowd-input></crowd-form>';
const MANIFEST = '{"source":"A check of a deployment: please leave it alone"}\n';
const ENDED = ['Completed', 'Failed', 'Stopped'];
/** What the service may add to a request; all else that a description has beside the request is about the job's life. */
const FILLED_IN = [
  'OutputConfig.KmsKeyId', 'StoppingConditions', 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig', 'HumanTaskConfig.MaxConcurrentTaskCount',
  'HumanTaskConfig.TaskAvailabilityLifetimeInSeconds',
];
const REQUESTED = ['InputConfig', 'OutputConfig', 'StoppingConditions', 'LabelingJobAlgorithmsConfig', 'HumanTaskConfig'] as const;

/** All that the life of one labeling job shows. */
interface Life {
  readonly asked: CreateLabelingJobRequest;
  readonly created: DescribeLabelingJobResponse;
  readonly sameNameInOtherCase?: Refusal;
  /** By the state in which a stop was asked for. */
  readonly stops: ReadonlyArray<{ readonly status: string; readonly refusal?: Refusal }>;
  readonly ended: DescribeLabelingJobResponse;
}

/** One labeling job is made, asked what it can be asked, and stopped before anybody labels. */
export function createdLabelingJobChecks(): Check[] {
  const life = oneOfMany(live);
  return [
    {
      assumption: 'a name used before',
      creates: true,
      run: async (account) => judgeRefusal((await life(account)).sameNameInOtherCase, ({ name }) => name === 'ResourceInUse'),
    },
    {
      assumption: 'stopping in Initializing, Stopping or an end state',
      creates: true,
      run: async (account) => together((await life(account)).stops.filter(({ status }) => status !== 'InProgress').map(({ status, refusal }) => {
        const finding = judgeRefusal(refusal, ({ name }) => name === 'ValidationException');
        return { ...finding, seen: `${status}: ${finding.seen}` };
      })),
    },
    {
      assumption: '`KmsKeyId` not sent',
      creates: true,
      run: async (account) => {
        const { OutputConfig } = (await life(account)).created;
        return judge(OutputConfig?.KmsKeyId === '', `KmsKeyId ${JSON.stringify(OutputConfig?.KmsKeyId)}`);
      },
    },
    {
      assumption: 'Values that DescribeLabelingJob fills in',
      creates: true,
      run: async (account) => {
        const { asked, created } = await life(account);
        const added = Object.keys(leaves(created)).filter((field) => !(field in leaves(asked)));
        const unexpected = added.filter((field) => !FILLED_IN.some((known) => field.startsWith(known)));
        return judge(unexpected.length === 0, `filled in: ${added.join(', ') || 'nothing'}`);
      },
    },
    {
      assumption: '`DescribeLabelingJob` shows a job as soon as `CreateLabelingJob` has answered',
      creates: true,
      run: async (account) => judge((await life(account)).created.LabelingJobStatus !== undefined, 'described at once'),
    },
  ];
}

async function live(account: Account): Promise<Life> {
  const { bucket, labelingRole, workteam } = account.may ?? {} as Permission;
  if (!bucket || !labelingRole || !workteam) throw new NotPossible('give --bucket, --labeling-role and --workteam');
  const name = `verify-aws-${Date.now().toString(36)}`;
  const files = { 'input.manifest': MANIFEST, 'template.html': TEMPLATE };
  const folder = `verify-aws/${name}`;
  try {
    for (const [file, Body] of Object.entries(files)) await account.s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${folder}/${file}`, Body }));
    return await jobOf(account, request(name, `s3://${bucket}/${folder}`, labelingRole, workteam));
  } finally {
    for (const file of Object.keys(files)) await account.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${folder}/${file}` }));
  }
}

async function jobOf({ sagemaker, pollMs }: Account, asked: CreateLabelingJobRequest): Promise<Life> {
  const name = asked.LabelingJobName!;
  const describe = () => sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: name }));
  const stops: Array<{ status: string; refusal?: Refusal }> = [];
  const stop = async () => {
    const status = (await describe()).LabelingJobStatus!;
    stops.push({ status, refusal: await refusalOf(sagemaker.send(new StopLabelingJobCommand({ LabelingJobName: name }))) });
  };
  await sagemaker.send(new CreateLabelingJobCommand(asked));
  try {
    const created = await describe();
    const sameNameInOtherCase = await refusalOf(sagemaker.send(new CreateLabelingJobCommand({ ...asked, LabelingJobName: name.toUpperCase() })));
    await stop();
    await until(async () => (await describe()).LabelingJobStatus !== 'Initializing', `${name} to begin`, pollMs);
    await stop();
    await stop();
    await until(async () => ENDED.includes((await describe()).LabelingJobStatus!), `${name} to end`, pollMs);
    await stop();
    return { asked, created, sameNameInOtherCase, stops, ended: await describe() };
  } finally {
    // whatever went wrong: nobody is to find a task
    if (!ENDED.includes((await describe()).LabelingJobStatus!)) await refusalOf(sagemaker.send(new StopLabelingJobCommand({ LabelingJobName: name })));
  }
}

/** The least that a job of a custom type without functions needs. */
function request(name: string, folder: string, RoleArn: string, WorkteamArn: string): CreateLabelingJobRequest {
  return {
    LabelingJobName: name,
    LabelAttributeName: 'word',
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `${folder}/input.manifest` } } },
    OutputConfig: { S3OutputPath: `${folder}/output` },
    RoleArn,
    HumanTaskConfig: {
      WorkteamArn,
      UiConfig: { UiTemplateS3Uri: `${folder}/template.html` },
      TaskTitle: 'Check of a deployment',
      TaskDescription: 'Please leave it alone, it goes away by itself',
      NumberOfHumanWorkersPerDataObject: 1,
      TaskTimeLimitInSeconds: 30,
    },
  };
}

/** Every value below the members that both have, by its path. */
function leaves(job: CreateLabelingJobRequest | DescribeLabelingJobResponse): Record<string, unknown> {
  const of = (value: unknown, path: string): Array<[string, unknown]> => (
    typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => of(member, `${path}.${key}`)) : [[path, value]]);
  return Object.fromEntries(REQUESTED.flatMap((member) => of(job[member] ?? {}, member)));
}
