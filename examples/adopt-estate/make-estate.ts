import type { EstateAccount } from './account';
import { manifestOf, sharedObjects, uri } from './data';
import { ESTATE, EstateJob, State } from './estate';
import { DATA, Kind, KINDS, labelFile, OWN_FUNCTIONS, taskOf } from './kinds';

const A_MONTH_SECONDS = 31 * 24 * 3600;
/** How many objects have their labels when a job ends early. */
const LABELED_BEFORE = 2;
const REASONS: Partial<Record<State, string>> = {
  'failed for a while': 'InternalServerError: We encountered an internal error. Please try again.',
  'failed for good': 'ClientError: the execution role may not read the input manifest.',
};
const WORKING = [{ name: 'ada', accuracy: 1, secondsPerTask: 20 }, { name: 'ben', accuracy: 1, secondsPerTask: 20 }];

/** An account's past, in fast motion: thirty jobs that nobody has declared anywhere. */
export class EstateMaker {
  private readonly teams = new Map<string, string>();
  private functions = { before: '', after: '' };

  constructor(private readonly account: EstateAccount) {}

  async make(): Promise<void> {
    await this.prepare();
    await this.people(true);
    for (const job of those('too old')) {
      await this.begin(job);
      await this.people(false, [job.team]);
    }
    await this.account.control('clock', { advanceSeconds: A_MONTH_SECONDS });
    await this.ended(those('too old'), 'Stopped');

    await this.people(true);
    for (const job of those('stopped by a person')) {
      await this.begin(job);
      await this.account.stop(job.name);
      await this.account.control('clock', { advanceSeconds: 60 });
      await this.ended([job], 'Stopped');
    }
    await this.account.control('clock', { paused: false });
    await this.fail(those('failed for a while', 'failed for good'));
    const completed = those('completed', 'completed with failed objects');
    for (const job of completed) await this.create(job);
    await this.ended(completed, 'Completed');

    await this.people(false);
    for (const job of those('goes on')) await this.create(job);
    await this.ended(those('goes on'), 'InProgress');
  }

  /** People come to work, or go home. */
  async people(atWork: boolean, teams: readonly string[] = [...this.teams.keys()]): Promise<void> {
    for (const team of teams) await this.account.control('annotators', { workteam: this.teams.get(team), annotators: atWork ? WORKING : [] });
  }

  private async prepare(): Promise<void> {
    const { account } = this;
    for (const bucket of new Set([DATA, ...ESTATE.map(({ output }) => output.split('/')[2])])) await account.makeBucket(bucket);
    for (const team of new Set(ESTATE.map((job) => job.team))) this.teams.set(team, await account.makeTeam(team));
    this.functions = {
      before: await account.makeFunction('SageMaker-moods-before', OWN_FUNCTIONS.before),
      after: await account.makeFunction('SageMaker-moods-after', OWN_FUNCTIONS.after),
    };
    const objects = { ...sharedObjects(), ...pagesAndLabels(), ...manifests() };
    await Promise.all(Object.entries(objects).map(([key, body]) => account.put(DATA, key, body)));
  }

  private async create({ name, kind, team, role, output, tags = {} }: EstateJob): Promise<void> {
    await this.account.makeJob({
      LabelingJobName: name,
      LabelAttributeName: KINDS[kind].attribute,
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: uri(manifestKey(name)) } } },
      OutputConfig: { S3OutputPath: output },
      RoleArn: await this.account.makeRole(role, 'sagemaker.amazonaws.com'),
      ...KINDS[kind].labels && { LabelCategoryConfigS3Uri: uri(labelsKey(kind)) },
      HumanTaskConfig: taskOf(kind, this.teams.get(team)!, this.functions),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
  }

  /** Time passes by hand, so that a job can be met in the middle of its work. */
  private async begin(job: EstateJob): Promise<void> {
    const { account } = this;
    await account.control('clock', { paused: true });
    await this.create(job);
    const labeled = async () => (await account.describe(job.name)).LabelCounters!.TotalLabeled! >= LABELED_BEFORE;
    await account.until(`${job.name} has labels`, labeled, () => account.control('clock', { advanceSeconds: 5 }));
  }

  private async fail(jobs: readonly EstateJob[]): Promise<void> {
    for (const job of jobs) {
      await this.account.control('clock', { paused: true });
      await this.create(job);
      await this.account.control(`labeling-jobs/${job.name}/fail`, { reason: REASONS[job.state], afterObjects: LABELED_BEFORE });
      await this.account.control('clock', { paused: false });
      await this.ended([job], 'Failed');
    }
  }

  private async ended(jobs: readonly EstateJob[], status: string): Promise<void> {
    const { account } = this;
    await account.until(`${jobs.map(({ name }) => name)} are ${status}`, async () => {
      const statuses = await account.statuses();
      return jobs.every(({ name }) => statuses[name] === status);
    });
  }
}

function those(...states: readonly State[]): EstateJob[] {
  return ESTATE.filter(({ state }) => states.includes(state));
}

function manifests(): Record<string, string> {
  return Object.fromEntries(ESTATE.map((job, place) => [manifestKey(job.name), manifestOf(job, place)]));
}

function pagesAndLabels(): Record<string, string> {
  return Object.fromEntries((Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const [page, labels] = [KINDS[kind].page, labelFile(kind)];
    return [...page ? [[`pages/${kind}.liquid.html`, page]] : [], ...labels ? [[labelsKey(kind), JSON.stringify(labels)]] : []];
  }));
}

function manifestKey(name: string): string {
  return `manifests/${name}.manifest`;
}

function labelsKey(kind: Kind): string {
  return `labels/${kind}.json`;
}
