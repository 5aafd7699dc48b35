import { NO_COUNTERS } from '../../src/model/counters';
import { JobState } from '../../src/model/job-state';
import { DesiredVersion, emptyLedger, GenerationRecord, Ledger } from '../../src/model/ledger';
import { ActualJob } from '../../src/model/plan';

export const DAY = 24 * 3600 * 1000;

export const DESIRED: DesiredVersion = {
  requestId: 'request',
  id: 'job-a',
  identity: 'a',
  revision: '1',
  request: {},
  tags: {},
  labelsOnlyUnlabeled: true,
  mayReplaceLabels: true,
  overlap: false,
  returning: false,
};

export function ledger(desired: Partial<DesiredVersion> | undefined = {}, ...generations: Array<Partial<GenerationRecord>>): Ledger {
  const record = (one: Partial<GenerationRecord>): GenerationRecord => ({
    name: 'job-a-r1', identity: 'a', generation: 1, revision: '1', requestId: 'request', intendedAt: 0, arn: 'arn:job-a-r1', tags: {}, ...one,
  });
  return { ...emptyLedger({ stackId: 'stack', logicalId: 'job' }), desired: { ...DESIRED, ...desired }, generations: generations.map(record) };
}

export function job(changes: Partial<ActualJob> = {}): ActualJob {
  return {
    name: 'job-a-r1',
    arn: 'arn:job-a-r1',
    identity: 'a',
    generation: 1,
    revision: '1',
    status: 'x',
    state: JobState.RUNNING,
    createdAt: 0,
    endedAt: DAY,
    outputPath: 's3://out',
    counters: { ...NO_COUNTERS, totalLabeled: 4, humanLabeled: 4, unlabeled: 6 },
    leftovers: { outputManifest: true, consolidatedAnnotations: true },
    ...changes,
  };
}
