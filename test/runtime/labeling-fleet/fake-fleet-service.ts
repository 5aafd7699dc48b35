import { FleetJobs, JobPage } from '../../../runtime/labeling-fleet/ports';
import { CreateRequest } from '../../../runtime/labeling-job/ports';
import { FakeService, ServiceError } from '../labeling-job/fake-service';

const LIVE = ['Initializing', 'InProgress', 'Stopping'];

/** Ground Truth with a quota, and its listing sorted by name. */
export class FakeFleetService extends FakeService implements FleetJobs {
  quota = Infinity;
  pageSize = 100;
  /** Everything that was ever asked to be labeled: input by job name. */
  readonly inputs = new Map<string, string>();

  live(): string[] {
    return [...this.jobs.keys()].filter((name) => LIVE.includes(this.get(name).status)).sort();
  }

  async create(request: CreateRequest): Promise<string> {
    if (this.live().length >= this.quota) {
      this.calls.push(`create ${request.LabelingJobName}`);
      throw new ServiceError('ResourceLimitExceeded', `The account-level service limit is ${this.quota}`);
    }
    const arn = await super.create(request);
    this.inputs.set(request.LabelingJobName!, request.InputConfig!.DataSource!.S3DataSource!.ManifestS3Uri!);
    return arn;
  }

  async pageByName(text: string, token: string | undefined): Promise<JobPage> {
    this.calls.push(`list ${text}`);
    const names = [...this.jobs.keys()].filter((name) => name.includes(text)).sort();
    const from = Number(token ?? 0);
    const jobs = names.slice(from, from + this.pageSize).map((key) => {
      const { request, arn, status, counters, createdAt, modifiedAt, failureReason } = this.get(key);
      const name = request.LabelingJobName!;
      const ended = !LIVE.includes(status);
      const outputUri = ended ? `${request.OutputConfig!.S3OutputPath}/${name}/manifests/output/output.manifest` : undefined;
      return { name, arn, status, counters, createdAt, modifiedAt, failureReason, outputUri };
    });
    return { jobs, token: from + this.pageSize < names.length ? String(from + this.pageSize) : undefined };
  }
}
