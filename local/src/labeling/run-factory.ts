import type { AnnotatorProfile } from './annotator';
import type { Crews } from './crews';
import { readInputManifest } from './input-manifest';
import { LabelingRun } from './labeling-run';
import type { Run, RunListener, RunParts } from './run';
import { JobQueue } from './streaming/job-queue';
import { StreamingRun } from './streaming/streaming-run';
import { taskPreparation } from './task-preparation';
import type { Truths } from './truths';
import { workerIdentity } from './worker-identity';
import type { WorkerTemplates } from './worker-template';
import { actingAs, roleCaller } from '../core/acting-as';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';
import type { Workforces } from '../services/sagemaker/workforces';
import type { Workteams } from '../services/sagemaker/workteams';

export interface RunSources {
  readonly core: EngineCore;
  readonly workteams: Workteams;
  readonly workforces: Workforces;
  readonly crews: Crews;
  readonly truths: Truths;
  readonly templates: WorkerTemplates;
}

/** What a job's initialization comes to: its input read, a streaming job's queue on its topic. */
export async function prepareRun(sources: RunSources, job: LabelingJob, listener: RunListener): Promise<Run> {
  // all that the service does in the account, it does in the job's role
  const core = actingAs(sources.core, roleCaller(sources.core, job.request.RoleArn, 'SageMaker'));
  const { S3DataSource: s3, SnsDataSource: sns } = job.request.InputConfig.DataSource;
  const manifest = s3 && await readInputManifest(core, job);
  if (sns === undefined) {
    return new LabelingRun(runParts({ ...sources, core }, job, listener), manifest!);
  }
  const seed = Array.from({ length: manifest?.size ?? 0 }, (_, index) => index).filter((index) => manifest!.state(index) === 'waiting');
  const queue = new JobQueue(core, job.name, sns.SnsTopicArn);
  await queue.open();
  return new StreamingRun(runParts({ ...sources, core }, job, listener), queue, seed.map((index) => manifest!.line(index)));
}

function runParts({ core, workteams, workforces, crews, truths, templates }: RunSources, job: LabelingJob, listener: RunListener): RunParts {
  const { WorkteamArn, NumberOfHumanWorkersPerDataObject } = job.request.HumanTaskConfig;
  const team = workteams.findByArn(WorkteamArn);
  const crew = crews.of(WorkteamArn, NumberOfHumanWorkersPerDataObject);
  const identify = (profile: AnnotatorProfile) => workerIdentity(core.settings, profile, team, workforces.current?.OidcConfig?.Issuer);
  return { core, job, crew, truths, identify, listener, prepare: taskPreparation(core, job, templates) };
}
