import type { JobDescription } from '../../../runtime/labeling-job/ports';

export const LABEL = 'spam';

type ObjectState = 'open' | 'labeled' | 'failed';

interface GivenObject {
  readonly line: string;
  state: ObjectState;
}

export interface JobBehaviour {
  readonly most: number;
  readonly workers: number;
  /** Its manifest, when it ends, has no labels: what is labeled is known from messages alone. */
  readonly isStale: boolean;
}

/** A streaming labeling job, as far as a stream sees it. */
export class FakeJob {
  status = 'Initializing';
  readonly objects = new Map<string, GivenObject>();
  private modifiedAt: number;

  constructor(readonly name: string, readonly behaviour: JobBehaviour, private readonly now: () => number) {
    this.modifiedAt = now();
  }

  get arn(): string {
    return `arn:aws:sagemaker:us-east-1:123456789012:labeling-job/${this.name}`;
  }

  /** An id that it has seen is dropped. */
  give(line: string): void {
    const id = String((JSON.parse(line) as Record<string, unknown>)['stream-object-id']);
    if (this.status === 'InProgress' && !this.objects.has(id)) this.objects.set(id, { line, state: 'open' });
  }

  get openIds(): string[] {
    return [...this.objects].filter(([, { state }]) => state === 'open').map(([id]) => id);
  }

  /** Answers with the output line. */
  label(id: string): string {
    this.objects.get(id)!.state = 'labeled';
    return this.outputLine(id);
  }

  fail(id: string): string {
    this.objects.get(id)!.state = 'failed';
    return this.outputLine(id);
  }

  setStatus(status: string): void {
    this.status = status;
    this.modifiedAt = this.now();
  }

  manifest(): string | undefined {
    if (this.behaviour.isStale) return undefined;
    return [...this.objects.keys()].map((id) => `${this.outputLine(id)}\n`).join('');
  }

  get labeledIds(): string[] {
    return [...this.objects].filter(([, { state }]) => state === 'labeled').map(([id]) => id);
  }

  describe(): JobDescription {
    const { most, workers } = this.behaviour;
    const labeled = this.labeledIds.length;
    return {
      name: this.name,
      arn: this.arn,
      status: this.status,
      createdAt: 0,
      modifiedAt: this.modifiedAt,
      counters: { totalLabeled: labeled, humanLabeled: labeled, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: this.objects.size - labeled },
      outputPath: 's3://out/labels',
      tags: {},
      request: {
        LabelAttributeName: LABEL,
        HumanTaskConfig: {
          MaxConcurrentTaskCount: most, NumberOfHumanWorkersPerDataObject: workers, TaskAvailabilityLifetimeInSeconds: 86_400, TaskTimeLimitInSeconds: 600,
        },
      },
    };
  }

  private outputLine(id: string): string {
    const { line, state } = this.objects.get(id)!;
    const metadata = { 'job-name': `labeling-job/${this.name}`, 'creation-date': new Date(this.now()).toISOString().slice(0, -1) };
    const members = state === 'labeled' ? { [LABEL]: 1, [`${LABEL}-metadata`]: metadata }
      : state === 'failed' ? { [`${LABEL}-metadata`]: { ...metadata, 'failure-reason': 'ClientError: no answer' } } : {};
    return JSON.stringify({ ...JSON.parse(line) as object, ...members });
  }
}
