import { isAboutRole, isInternal, isRefusal, isTokenTaken } from './errors';
import { declaredManifest } from './job-manifest';
import { jobId, ObservedJob, search } from './observe';
import { CreateRequest, Ports } from './ports';
import { manifestOfRest } from './rest-manifest';
import { jobName, parseResourceId } from '../../src/model/groundtruth/names';
import { GenerationRecord, Ledger } from '../../src/model/ledger';
import { accept, findGeneration, intend, learn, withdraw } from '../../src/model/ledger-transitions';
import { CreateStep } from '../../src/model/plan';
import { jobDescription } from '../../src/model/s3batch/description';
import { workOf } from '../../src/model/s3batch/work';
import { ownerTags } from '../labeling-job/ownership';
import { errorMessage, isAccessDenied, isTransient, UserError } from '../shared/errors';
import { Writer } from '../shared/ledger-session';
import { log } from '../shared/log';

/** How long a new role, or a new right to pass it, may take until the service sees it. */
const ROLE_PATIENCE_MS = 120_000;
/** How long a request may be answered by internal errors: some requests that are wrong always are. */
const INTERNAL_ERRORS_PATIENCE_MS = 300_000;

/**
 * Makes the next generation. The exact request is in the ledger before the service is asked: a lost answer is followed by the same request
 * under the same token, which S3 answers with the job that it made.
 */
export async function createGeneration(step: CreateStep, jobs: readonly ObservedJob[], session: Writer, ports: Ports): Promise<void> {
  const name = jobName(session.ledger.desired!.id, step.generation);
  const unanswered = findGeneration(session.ledger, name);
  const generation = unanswered?.request ? unanswered : await intention(name, step, jobs, session.ledger, ports);
  if (generation !== unanswered) await session.commit((ledger) => intend(ledger, generation));
  try {
    const id = await ports.jobs.create(generation.request as unknown as CreateRequest);
    log('batch job created', { name, id, resumes: generation.resumes });
    await session.record((ledger) => accept(ledger, name, { arn: jobArn(ledger, id) }));
  } catch (error) {
    await whatNow(error, generation, session, ports);
  }
}

async function intention(name: string, step: CreateStep, jobs: readonly ObservedJob[], ledger: Ledger, ports: Ports): Promise<GenerationRecord> {
  const desired = ledger.desired!;
  const work = workOf(desired);
  const resumed = jobs.find((job) => job.name === step.resume?.name);
  const partition = ledger.owner.stackId.split(':')[1];
  const Manifest = resumed && step.resume
    ? await manifestOfRest(step.resume, resumed, name, ledger, ports) : await declaredManifest(work, name, partition, ports);
  const tags = { ...desired.tags, ...ownerTags(ledger.owner, desired, step.generation) };
  const request: CreateRequest = {
    ...work.create,
    ...(Manifest && { Manifest }),
    Priority: work.priority,
    Description: jobDescription(work.description, name),
    ClientRequestToken: name,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
  return {
    name,
    identity: desired.identity,
    generation: step.generation,
    revision: desired.revision,
    requestId: desired.requestId,
    intendedAt: ports.now(),
    tags: desired.tags,
    resumes: step.resume?.name,
    request: request as Readonly<Record<string, unknown>>,
  };
}

/** Jobs are in the account and region of their stack. */
function jobArn({ owner }: Ledger, id: string): string {
  const [, partition, , region, account] = owner.stackId.split(':');
  return `arn:${partition}:s3:${region}:${account}:job/${id}`;
}

/** The service did not simply say yes: the job may be there nevertheless, or the time may not have come. */
async function whatNow(error: unknown, generation: GenerationRecord, session: Writer, ports: Ports): Promise<void> {
  const { name, intendedAt } = generation;
  const waited = ports.now() - intendedAt;
  if (isTokenTaken(error)) return takeOver(error, generation, session, ports);
  if ((isAccessDenied(error) || isAboutRole(error)) && waited < ROLE_PATIENCE_MS) {
    log('the service does not accept the role yet, trying again', { name, reason: errorMessage(error) });
    return;
  }
  if (isInternal(error) && waited > INTERNAL_ERRORS_PATIENCE_MS) {
    throw new UserError(`CreateJob ${name}: S3 has answered with internal errors for ${Math.round(waited / 60_000)} minutes (${errorMessage(error)}). `
      + 'It does so for some requests that are wrong: check the parameters of the operation', error);
  }
  // what is no refusal may have made a job: it stays written down, so that whoever comes next looks for it
  if (isTransient(error) || !isRefusal(error)) throw error;
  // a token that had made a job would have been answered with it: no job is there
  await session.record((ledger) => withdraw(ledger, name));
  throw new UserError(`CreateJob ${name}: ${errorMessage(error)}`, error);
}

/** The token has made a job by another request: of ours, before the ledger was lost. */
async function takeOver(error: unknown, { name, intendedAt }: GenerationRecord, session: Writer, ports: Ports): Promise<void> {
  const found = await search(ports, session.ledger, parseResourceId(session.ledger.desired!.id)!.base);
  const job = found.find((one) => one.name === name);
  if (job) {
    log('batch job was there already', { name, id: jobId(job.arn) });
    return session.record((ledger) => learn(ledger, [job]));
  }
  if (ports.now() - intendedAt < ROLE_PATIENCE_MS) return log('the token was used before and the service does not show the job yet, looking again', { name });
  await session.record((ledger) => withdraw(ledger, name));
  throw new UserError(`CreateJob ${name}: ${errorMessage(error)}. The job that was made with this token is not one of this resource: set "rerun" to make another one`, error);
}
