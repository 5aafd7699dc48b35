import { Describing } from './observe';
import { JobDescription, Ports } from './ports';
import { FieldDrift, requestDrift } from '../../src/model/groundtruth/drift';
import { readLabelCategoryDocument } from '../../src/model/groundtruth/label-categories';
import { DesiredVersion, Ledger } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { errorMessage } from '../shared/errors';
import { log } from '../shared/log';

const CATEGORIES = 'LabelCategoryConfigS3Uri';

/** In which fields a job is not as it is declared; label categories are the same where their files say the same. */
export async function driftOf(job: JobDescription, desired: Pick<DesiredVersion, 'request'>, ports: Pick<Ports, 'objects'>): Promise<FieldDrift[]> {
  const differences = requestDrift(desired.request, job.request ?? {});
  const categories = differences.find(({ field }) => field === CATEGORIES);
  if (!categories || !await sameLabels(categories, ports)) return differences;
  return differences.filter((each) => each !== categories);
}

async function sameLabels({ declared, actual }: FieldDrift, ports: Pick<Ports, 'objects'>): Promise<boolean> {
  if (typeof declared !== 'string' || typeof actual !== 'string') return false;
  try {
    const [ours, theirs] = [await read(declared, ports), await read(actual, ports)];
    // the plain form has nothing but the labels; of any other one the whole text counts
    const [a, b] = [readLabelCategoryDocument(ours), readLabelCategoryDocument(theirs)];
    return ours === theirs || (a.problems.length + b.problems.length === 0 && JSON.stringify(a.labels) === JSON.stringify(b.labels));
  } catch (error) {
    log('the label categories are compared by their location, for their files may not be read', { declared, actual, reason: errorMessage(error) });
    return false;
  }
}

async function read(uri: string, ports: Pick<Ports, 'objects'>): Promise<string> {
  const lines: string[] = [];
  for await (const line of ports.objects.lines(uri)) lines.push(line);
  return lines.join('\n');
}

/** Only an adopted job can differ from what we would have asked for: of all others we wrote the request. */
export async function adoptedDrift(ledger: Ledger, name: string | undefined, ports: Describing & Pick<Ports, 'objects'>): Promise<FieldDrift[]> {
  if (name === undefined || !ledger.desired || !findGeneration(ledger, name)?.adopted) return [];
  const job = await ports.jobs.describe(name);
  return job ? driftOf(job, ledger.desired, ports) : [];
}
