import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { decodePageToken, encodePageToken, PageToken } from './page-token';
import { LabelingJobInventoryInput } from '../../src/groundtruth/private/labeling-job-inventory-contract';

export interface Page {
  readonly jobs: readonly LabelingJobSummary[];
  readonly nextToken?: string;
}

/** One call of ListLabelingJobs. */
export type ListPage = (input: LabelingJobInventoryInput, nextToken: string | undefined) => Promise<Page>;

/**
 * A paginator with `MaxItems`, `PageSize` and `StartingToken` as botocore understands them. After the last job, `nextToken` says
 * where the listing would go on: at `MaxItems`, or where the time was over.
 */
export class Listing {
  nextToken?: string;

  constructor(private readonly input: LabelingJobInventoryInput, private readonly listPage: ListPage, private readonly isTimeOver: () => boolean) {}

  async* jobs(): AsyncIterable<LabelingJobSummary> {
    let left = this.input.maxItems ?? Infinity;
    let at: PageToken = decodePageToken(this.input.startingToken);
    for (;;) {
      const page = await this.listPage(this.input, at.nextToken);
      // a token may come from larger pages than ours: what is to be skipped goes on in the next one
      const skipped = Math.min(at.skip, page.jobs.length);
      const given = page.jobs.slice(skipped, skipped + left);
      yield* given;
      left -= given.length;
      const end = skipped + given.length;
      if (end < page.jobs.length) return this.stopAt({ nextToken: at.nextToken, skip: end });
      if (page.nextToken === undefined) return;
      at = { nextToken: page.nextToken, skip: at.skip - skipped };
      if (left === 0 || this.isTimeOver()) return this.stopAt(at);
    }
  }

  private stopAt(token: PageToken): void {
    this.nextToken = encodePageToken(token);
  }
}
