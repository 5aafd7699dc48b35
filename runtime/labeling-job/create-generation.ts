import { Writer } from './ledger-session';
import { ObservedJob, outputManifestUri } from './observe';
import { isOwn, ownerTags, revisionTag } from './ownership';
import { CreateRequest, Ports } from './ports';
import { unlabeledLines } from './unlabeled-lines';
import { jobName } from '../../src/model/groundtruth/names';
import { DesiredVersion, GenerationRecord, Owner } from '../../src/model/ledger';
import { accept, findGeneration, intend } from '../../src/model/ledger-transitions';
import { CreateStep, Resume } from '../../src/model/plan';
import { errorMessage, errorName, isAccessDenied, isRoleNotVisible, isTransient, quotaHint, UserError } from '../shared/errors';
import { log } from '../shared/log';
import { under } from '../shared/s3-uri';

/** How long a new role, or a new right to pass it, may take until the service sees it. */
const ROLE_PATIENCE_MS = 120_000;
/** Automated labeling refuses smaller datasets. */
const LEAST_OBJECTS_FOR_AUTOMATED_LABELING = 1250;
const QUOTA = '"Maximum number of Ground Truth labeling jobs" (L-150039CA)';

/**
 * Makes the next generation. Its name is in the ledger before the service is asked: whoever crashes here is followed by somebody
 * who finds the job, or makes exactly this one.
 */
export async function createGeneration(step: CreateStep, jobs: readonly ObservedJob[], session: Writer, ports: Ports): Promise<void> {
  const desired = session.ledger.desired!;
  const name = jobName(desired.id, step.generation);
  const resumed = jobs.find((job) => job.name === step.resume?.name);
  const inputUri = step.resume && resumed ? nextInput(step.resume, resumed, name, desired, session) : undefined;
  const generation = intention(name, step, inputUri, session, ports);
  await session.commit((ledger) => intend(ledger, generation));

  if (resumed && inputUri !== undefined && isUnlabeledManifest(step.resume!, desired)) {
    const attribute = String(desired.request.LabelAttributeName);
    await ports.objects.writeLines(inputUri, unlabeledLines(ports.objects.lines(outputManifestUri(resumed)), attribute));
  }
  try {
    const arn = await ports.jobs.create(buildRequest(generation, step, session.ledger.owner, desired));
    log('labeling job created', { name, arn, inputUri });
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
  };
}

/** What the next generation reads; `undefined` means the declared input. */
function nextInput(resume: Resume, resumed: ObservedJob, name: string, desired: DesiredVersion, session: Writer): string | undefined {
  if (resume.read === 'own-input') return findGeneration(session.ledger, resumed.name)?.inputUri;
  return isUnlabeledManifest(resume, desired) ? under(outputPath(desired), `resume/${name}/unlabeled.manifest`) : outputManifestUri(resumed);
}

/** The present one, where the handler may write: the resumed job may have had another. */
function outputPath(desired: DesiredVersion): string {
  return (desired.request as unknown as CreateRequest).OutputConfig!.S3OutputPath!;
}

/** Where the task type would label every object again, it gets the unlabeled ones only. */
function isUnlabeledManifest(resume: Resume, desired: DesiredVersion): boolean {
  return resume.read === 'output-manifest' && !desired.labelsOnlyUnlabeled;
}

function buildRequest(generation: GenerationRecord, step: CreateStep, owner: Owner, desired: DesiredVersion): CreateRequest {
  const { StoppingConditions, LabelingJobAlgorithmsConfig, InputConfig, ...rest } = desired.request as unknown as CreateRequest;
  const { resume } = step;
  const conditions = resume ? resume.conditions : StoppingConditions;
  const algorithms = resume && resume.objectsLeft < LEAST_OBJECTS_FOR_AUTOMATED_LABELING ? undefined : LabelingJobAlgorithmsConfig;
  const tags = { ...desired.tags, ...ownerTags(owner, desired, generation.generation) };
  return {
    ...rest,
    LabelingJobName: generation.name,
    InputConfig: generation.inputUri === undefined ? InputConfig
      : { ...InputConfig, DataSource: { S3DataSource: { ManifestS3Uri: generation.inputUri } } },
    ...(conditions && Object.keys(conditions).length > 0 ? { StoppingConditions: conditions } : {}),
    ...(algorithms ? { LabelingJobAlgorithmsConfig: algorithms } : {}),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
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
