import { ObservedJob, outputManifestUri } from './observe';
import { isOwn, ownerTags, revisionTag } from './ownership';
import { CreateRequest, Ports } from './ports';
import { seedLines, unlessEmpty } from './streaming/seed-lines';
import { unlabeledLines } from './unlabeled-lines';
import { canBeAutomated } from '../../src/model/groundtruth/automated-labeling';
import { jobName } from '../../src/model/groundtruth/names';
import { DesiredVersion, GenerationRecord, Ledger, Owner } from '../../src/model/ledger';
import { accept, findGeneration, intend } from '../../src/model/ledger-transitions';
import { CreateStep, Resume } from '../../src/model/plan';
import { errorMessage, errorName, isAccessDenied, isRoleNotVisible, isTransient, quotaHint, UserError } from '../shared/errors';
import { Writer } from '../shared/ledger-session';
import { log } from '../shared/log';
import { under } from '../shared/s3-uri';

type AlgorithmsConfig = NonNullable<CreateRequest['LabelingJobAlgorithmsConfig']>;
type DataSource = NonNullable<CreateRequest['InputConfig']>['DataSource'];

/** How long a new role, or a new right to pass it, may take until the service sees it. */
const ROLE_PATIENCE_MS = 120_000;
const QUOTA = '"Maximum number of Ground Truth labeling jobs" (L-150039CA)';

/**
 * Makes the next generation. Its name is in the ledger before the service is asked: whoever crashes here is followed by somebody
 * who finds the job, or makes exactly this one.
 */
export async function createGeneration(step: CreateStep, jobs: readonly ObservedJob[], session: Writer, ports: Ports): Promise<void> {
  const desired = session.ledger.desired!;
  const name = jobName(desired.id, step.generation);
  const resumed = jobs.find((job) => job.name === step.resume?.name);
  const input = step.resume && resumed ? await nextInput(step.resume, resumed, name, session, ports) : {};
  const generation = intention(name, step, input.uri, session, ports);
  await session.commit((ledger) => intend(ledger, generation));
  if (input.lines) await ports.objects.writeLines(input.uri, input.lines);
  try {
    const arn = await ports.jobs.create(buildRequest(generation, step, session.ledger.owner, desired, resumed?.finalModelArn));
    log('labeling job created', { name, arn, inputUri: input.uri });
    await session.record((ledger) => accept(ledger, name, { arn }));
  } catch (error) {
    await whatNow(error, generation, session, ports);
  }
}

function intention(name: string, step: CreateStep, inputUri: string | undefined, session: Writer, ports: Ports): GenerationRecord {
  const desired = session.ledger.desired!;
  const before = findGeneration(session.ledger, name);
  return {
    name,
    identity: desired.identity,
    generation: step.generation,
    revision: desired.revision,
    requestId: desired.requestId,
    // the patience with a new role counts from the first try of this request
    intendedAt: before?.requestId === desired.requestId ? before.intendedAt : ports.now(),
    tags: desired.tags,
    inputUri,
    resumes: step.resume?.name,
    streamSource: desired.stream,
  };
}

/** What the next generation reads, nothing means the declared input; and what has to be written there first. */
type NextInput = { readonly uri?: string; readonly lines?: undefined } | { readonly uri: string; readonly lines: AsyncIterable<string> };

async function nextInput(resume: Resume, resumed: ObservedJob, name: string, { ledger }: Writer, { objects }: Ports): Promise<NextInput> {
  const desired = ledger.desired!;
  const attribute = String(desired.request.LabelAttributeName);
  const own = () => findGeneration(ledger, resumed.name)?.inputUri;
  const output = outputManifestUri(resumed);
  const uri = under(outputPath(desired), `resume/${name}/unlabeled.manifest`);
  if (resume.stream) {
    const read = { 'output-manifest': output, 'own-input': own() ?? declaredSeed(ledger, resumed.name), 'nothing': undefined };
    const lines = await unlessEmpty(seedLines({ manifest: read[resume.read], messages: resumed.stream?.savedTo }, attribute, objects));
    return lines ? { uri, lines } : {};
  }
  if (resume.read === 'own-input') return { uri: own() };
  return isUnlabeledManifest(resume, desired) ? { uri, lines: unlabeledLines(objects.lines(output), attribute) } : { uri: output };
}

/** The first generation of a stream reads it; a later one has a seed of its own, or none. */
function declaredSeed(ledger: Ledger, name: string): string | undefined {
  const isFirst = findGeneration(ledger, name)?.resumes === undefined;
  return isFirst ? (ledger.desired!.request as Partial<CreateRequest>).InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri : undefined;
}

/** The present one, where the handler may write: the resumed job may have had another. */
function outputPath(desired: DesiredVersion): string {
  return (desired.request as unknown as CreateRequest).OutputConfig!.S3OutputPath!;
}

/** Where the task type would label every object again, it gets the unlabeled ones only. */
function isUnlabeledManifest(resume: Resume, desired: DesiredVersion): boolean {
  return resume.read === 'output-manifest' && !desired.labelsOnlyUnlabeled;
}

function buildRequest(generation: GenerationRecord, step: CreateStep, owner: Owner, desired: DesiredVersion, trainedModel: string | undefined): CreateRequest {
  const { StoppingConditions, LabelingJobAlgorithmsConfig, InputConfig, ...rest } = desired.request as unknown as CreateRequest;
  const { resume } = step;
  const conditions = resume ? resume.conditions : StoppingConditions;
  const algorithms = resume ? algorithmsForRest(LabelingJobAlgorithmsConfig, resume.objectsLeft, trainedModel) : LabelingJobAlgorithmsConfig;
  const tags = { ...desired.tags, ...ownerTags(owner, desired, generation.generation) };
  return {
    ...rest,
    LabelingJobName: generation.name,
    InputConfig: { ...InputConfig, DataSource: dataSource(generation, step, InputConfig?.DataSource) },
    ...(conditions && Object.keys(conditions).length > 0 ? { StoppingConditions: conditions } : {}),
    ...(algorithms ? { LabelingJobAlgorithmsConfig: algorithms } : {}),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** What is left may be too little for automated labeling; if not, it goes on with the model that was trained so far. */
function algorithmsForRest(declared: AlgorithmsConfig | undefined, objectsLeft: number, trainedModel: string | undefined): AlgorithmsConfig | undefined {
  if (!declared || !canBeAutomated(objectsLeft)) return undefined;
  return trainedModel === undefined ? declared : { ...declared, InitialActiveLearningModelArn: trainedModel };
}

/** A stream goes on at its topic; its declared seed is done with the first generation, or stands in the next one's own. */
function dataSource({ inputUri }: GenerationRecord, { resume }: CreateStep, declared: DataSource | undefined): DataSource | undefined {
  const seed = inputUri === undefined ? {} : { S3DataSource: { ManifestS3Uri: inputUri } };
  if (resume?.stream) return { ...seed, SnsDataSource: declared?.SnsDataSource };
  return inputUri === undefined ? declared : seed;
}

/** The service did not simply say yes: the job may be there nevertheless, or the time may not have come. */
async function whatNow(error: unknown, generation: GenerationRecord, session: Writer, ports: Ports): Promise<void> {
  const { name } = generation;
  if (errorName(error) === 'ResourceInUse') {
    const job = await ports.jobs.describe(name);
    if (!job) return log('the name is taken and the service does not show by whom yet, looking again', { name });
    if (!isOwn(job, session.ledger.owner)) {
      throw new UserError(`the name ${name} is taken by a labeling job that this resource does not own; names cannot be used again: change the construct's id`, error);
    }
    log('labeling job was there already', { name });
    await session.record((ledger) => accept(ledger, name, { arn: job.arn, revision: revisionTag(job) }));
    return;
  }
  if ((isRoleNotVisible(error) || isAccessDenied(error)) && ports.now() - generation.intendedAt < ROLE_PATIENCE_MS) {
    log('the service does not accept the role yet, trying again', { name, reason: errorMessage(error) });
    return;
  }
  if (isTransient(error)) throw error;
  throw new UserError(`CreateLabelingJob ${name}: ${quotaHint(error, QUOTA) ?? errorMessage(error)}`, error);
}
