import type { FleetFiles } from './ports';
import { FLEET_FILES } from '../../src/supervisely/private/job-fleet-contract';

/** The images for which each job was made: written before the job is, and needed when somebody has removed it. */
export class ImagePages {
  constructor(private readonly files: FleetFiles) {}

  async write(job: string, imageIds: readonly number[]): Promise<void> {
    await this.files.put(keyOf(job), JSON.stringify(imageIds));
  }

  async read(job: string): Promise<readonly number[]> {
    const page = await this.files.read(keyOf(job));
    return page === undefined ? [] : JSON.parse(page.text) as number[];
  }

  async forget(jobs: readonly string[]): Promise<void> {
    if (jobs.length > 0) await this.files.remove(jobs.map(keyOf));
  }
}

function keyOf(job: string): string {
  return `${FLEET_FILES.pages}${job}.json`;
}
