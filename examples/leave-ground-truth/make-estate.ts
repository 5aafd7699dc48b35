import { encode } from 'fast-png';
import { JOBS, LABELS, LeavingJob } from './estate';
import type { EstateAccount } from '../adopt-estate/account';
import { DATA, Kind, KINDS, labelFile, taskOf } from '../adopt-estate/kinds';

/** How many images of the unfinished job have their labels when it is stopped. */
const LABELED_BEFORE = 24;
const NO_FUNCTIONS = { before: '', after: '' };
const ENDED = { Completed: 1, Stopped: 1, Failed: 1 };

/** An account's past, in fast motion: jobs of Ground Truth that people have worked on. */
export async function makeEstate(account: EstateAccount): Promise<void> {
  for (const bucket of [DATA, LABELS]) await account.makeBucket(bucket);
  const team = await account.makeTeam('painters');
  const role = await account.makeRole('ground-truth', 'sagemaker.amazonaws.com');
  const kinds = [...new Set(JOBS.map(({ kind }) => kind))];
  await Promise.all(Object.entries({ ...images(), ...pagesAndLabels(kinds), ...manifests() }).map(([key, body]) => account.put(DATA, key, body)));
  await account.control('annotators', { workteam: team, annotators: [{ name: 'ada', accuracy: 1, secondsPerTask: 20 }] });

  for (const job of JOBS.filter(({ isUnfinished }) => !isUnfinished)) await create(account, job, team, role);
  await ended(account, JOBS.filter(({ isUnfinished }) => !isUnfinished));
  for (const job of JOBS.filter(({ isUnfinished }) => isUnfinished)) await stopHalfWay(account, job, team, role);
}

async function create(account: EstateAccount, { name, kind }: LeavingJob, team: string, RoleArn: string): Promise<void> {
  await account.makeJob({
    LabelingJobName: name,
    LabelAttributeName: KINDS[kind].attribute,
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: uri(`manifests/${name}.manifest`) } } },
    OutputConfig: { S3OutputPath: `s3://${LABELS}` },
    RoleArn,
    LabelCategoryConfigS3Uri: uri(`labels/${kind}.json`),
    HumanTaskConfig: taskOf(kind, team, NO_FUNCTIONS),
  });
}

/** Time passes by hand, so that the job can be met in the middle of its work. */
async function stopHalfWay(account: EstateAccount, job: LeavingJob, team: string, role: string): Promise<void> {
  await account.control('clock', { paused: true });
  await create(account, job, team, role);
  const labeled = async () => (await account.describe(job.name)).LabelCounters!.TotalLabeled! >= LABELED_BEFORE;
  await account.until(`${job.name} has labels`, labeled, () => account.control('clock', { advanceSeconds: 20 }));
  await account.stop(job.name);
  await account.control('clock', { paused: false });
  await ended(account, [job]);
}

async function ended(account: EstateAccount, jobs: readonly LeavingJob[]): Promise<void> {
  await account.until(`${jobs.map(({ name }) => name)} have ended`, async () => {
    const statuses = await account.statuses();
    return jobs.every(({ name }) => statuses[name] in ENDED);
  });
}

function manifests(): Record<string, string> {
  return Object.fromEntries(JOBS.map(({ name, images: count }) => [`manifests/${name}.manifest`, Array.from({ length: count }, (_, index) => (
    `${JSON.stringify({ 'source-ref': uri(`${name}/${index}.png`), 'camera': index % 2 === 0 ? 'north' : 'south' })}\n`)).join('')]));
}

/** Small pictures, each job's in its own folder, with the same names. */
function images(): Record<string, Uint8Array> {
  return Object.fromEntries(JOBS.flatMap(({ name, images: count }) => Array.from({ length: count }, (_, index) => [`${name}/${index}.png`, picture(index)])));
}

/** A grey gradient. */
function picture(seed: number): Uint8Array {
  const [width, height] = [64, 48];
  return encode({ width, height, data: Uint8Array.from({ length: width * height }, (_, pixel) => (pixel + seed * 7) % 256), channels: 1 });
}

function pagesAndLabels(kinds: readonly Kind[]): Record<string, string> {
  return Object.fromEntries(kinds.flatMap((kind) => [[`pages/${kind}.liquid.html`, KINDS[kind].page!], [`labels/${kind}.json`, JSON.stringify(labelFile(kind))]]));
}

function uri(key: string): string {
  return `s3://${DATA}/${key}`;
}
