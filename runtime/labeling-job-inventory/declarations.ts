import type { DescribeLabelingJobCommandOutput } from '@aws-sdk/client-sagemaker';
import { DECLARATION_FORMAT, JobDeclaration } from '../../src/groundtruth/private/declarations-contract';
import { declaredRequest, declaredTaskType } from '../../src/model/groundtruth/declaration';
import { OWNER_TAG_PREFIX, OWNER_TAGS } from '../../src/private/owner-tags-contract';
import { mapBounded } from '../shared/bounded';
import { isNotFound, isTransient } from '../shared/errors';

export interface DescribePorts {
  readonly describe: (name: string) => Promise<DescribeLabelingJobCommandOutput>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly isTimeOver: () => boolean;
}

/** Calls at once; the service says nowhere how many it takes. */
const AT_ONCE = 8;
const DESCRIBED_TOGETHER = 100;
const PAUSE_MS = 1_000;

/** Jobs as declarations, JSON Lines in the order of their names' list. */
export class Declarations {
  written = 0;
  /** Whether the time was over before the last job. */
  truncated = false;

  constructor(private readonly names: readonly string[], private readonly ports: DescribePorts) {}

  async* lines(): AsyncIterable<string> {
    for (let from = 0; from < this.names.length; from += DESCRIBED_TOGETHER) {
      if (this.ports.isTimeOver()) {
        this.truncated = true;
        return;
      }
      for (const job of await mapBounded(this.names.slice(from, from + DESCRIBED_TOGETHER), AT_ONCE, (name) => this.patiently(name))) {
        if (!job) continue;
        this.written += 1;
        yield JSON.stringify(declarationOf(job));
      }
    }
  }

  /** A throttle is never a failure, as long as there is time. */
  private async patiently(name: string): Promise<DescribeLabelingJobCommandOutput | undefined> {
    for (;;) {
      try {
        return await this.ports.describe(name);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        if (!isTransient(error) || this.ports.isTimeOver()) throw error;
        await this.ports.sleep(PAUSE_MS);
      }
    }
  }
}

export function declarationOf(job: DescribeLabelingJobCommandOutput): JobDeclaration {
  const described = job as unknown as Readonly<Record<string, unknown>>;
  const { S3DataSource, SnsDataSource } = job.InputConfig?.DataSource ?? {};
  const tags = Object.fromEntries((job.Tags ?? []).map(({ Key, Value }) => [Key!, Value ?? '']));
  const stackId = tags[OWNER_TAGS.stackId];
  return {
    format: DECLARATION_FORMAT,
    key: job.LabelingJobName!,
    adopt: job.LabelingJobName!,
    arn: job.LabelingJobArn!,
    status: job.LabelingJobStatus!,
    createdAt: new Date(job.CreationTime!).toISOString(),
    taskType: declaredTaskType(described),
    labelAttributeName: job.LabelAttributeName!,
    input: S3DataSource?.ManifestS3Uri ?? SnsDataSource?.SnsTopicArn ?? '',
    streaming: SnsDataSource !== undefined,
    ...(job.LabelCategoryConfigS3Uri ? { labelCategoriesUri: job.LabelCategoryConfigS3Uri } : {}),
    request: declaredRequest(described),
    tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:') && !key.startsWith(OWNER_TAG_PREFIX))),
    ...(stackId === undefined ? {} : { owner: { stackId, logicalId: tags[OWNER_TAGS.logicalId] ?? '' } }),
  };
}
