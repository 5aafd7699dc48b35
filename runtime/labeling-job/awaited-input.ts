import type { ObservedJob } from './observe';
import type { CreateRequest, Ports } from './ports';
import { NO_COUNTERS } from '../../src/model/counters';
import { jobName } from '../../src/model/groundtruth/names';
import { JobState } from '../../src/model/job-state';
import type { DesiredVersion, Ledger } from '../../src/model/ledger';
import type { Plan } from '../../src/model/plan';

/** What the attributes show of a job. */
export type ShownJob = Pick<ObservedJob, 'name' | 'arn' | 'status' | 'state' | 'generation' | 'outputUri' | 'outputPath' | 'finalModelArn' | 'counters'>;

/** The service knows no such status, because there is no job yet. */
const PREPARING = 'Preparing';

/**
 * A job whose input is still being prepared: its first generation is made when the manifest is there, and until then the plan has nothing to do.
 * Whoever prepares it wakes the reconciler.
 */
export async function holdBack(plan: Plan, ledger: Ledger, { objects }: Pick<Ports, 'objects'>): Promise<{ plan: Plan; awaiting?: ShownJob }> {
  const desired = ledger.desired!;
  const first = plan.steps.find((step) => step.kind === 'create' && step.resume === undefined);
  const uri = (desired.request as Partial<CreateRequest>).InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri;
  if (!desired.awaitsInput || first?.kind !== 'create' || uri === undefined || await objects.exists(uri)) return { plan };
  const held = { ...plan, steps: plan.steps.filter((step) => step !== first), notes: [...plan.notes, `waiting for its input ${uri} to be prepared`] };
  return { plan: held, awaiting: shown(desired, first.generation, ledger) };
}

/** As it will be: whoever uses its name or ARN today means the right job. */
function shown({ id, request }: DesiredVersion, generation: number, { owner }: Ledger): ShownJob {
  const name = jobName(id, generation);
  const [, partition, , region, account] = owner.stackId.split(':');
  return {
    name,
    arn: `arn:${partition}:sagemaker:${region}:${account}:labeling-job/${name}`,
    status: PREPARING,
    state: JobState.PENDING,
    generation,
    outputPath: (request as unknown as CreateRequest).OutputConfig!.S3OutputPath!,
    counters: NO_COUNTERS,
  };
}
