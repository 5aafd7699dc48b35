import { declaredManifest } from './job-manifest';
import { ObservedJob } from './observe';
import { JobManifest, Ports } from './ports';
import { Ledger } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { Resume } from '../../src/model/plan';
import { workOf } from '../../src/model/s3batch/work';

/** What the next generation reads: where no task was run, the same as the one before. */
export async function manifestOfRest(resume: Resume, resumed: ObservedJob, name: string, ledger: Ledger, ports: Ports): Promise<JobManifest | undefined> {
  const partition = ledger.owner.stackId.split(':')[1];
  if (resume.read === 'own-input') {
    const before = findGeneration(ledger, resumed.name);
    return before?.resumes === undefined ? declaredManifest(workOf(ledger.desired!), name, partition, ports) : before.request!.Manifest as JobManifest;
  }
  throw new Error('not yet');
}
