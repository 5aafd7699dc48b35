import { FakeFiles, fakePorts } from './fake-files';
import { handleExport } from '../../../runtime/labels-export/handler';
import type { ExportJob, ExportPorts } from '../../../runtime/labels-export/ports';
import type { ExportPlan, PlanEvent } from '../../../src/groundtruth/private/labels-export-contract';
import { NO_COUNTERS } from '../../../src/model/counters';
import type { GenerationRecord } from '../../../src/model/ledger';

const RESULT = 's3://result/fleet';
const STATE = 's3://state/guid/Fleet/';
const FLEET: PlanEvent = {
  action: 'plan', resultUri: RESULT, run: 'run-1', fleet: { stateBucket: 'state', prefix: 'guid/Fleet/' }, maxObjectsInFunction: 1000, escapeFormulas: true,
};

beforeEach(() => void jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

function output(job: string): string {
  return `s3://out/${job}/manifests/output/output.manifest`;
}

function labeled(source: string, name: string): object {
  return { source, 'kind': 0, 'kind-metadata': { 'class-name': name, 'confidence': 0.9, 'job-name': `labeling-job/${name}`, 'human-annotated': 'yes' } };
}

function generation(name: string, number: number, identity = 'i'): GenerationRecord {
  const end = { status: 'Stopped', state: 'Stopped', counters: NO_COUNTERS, createdAt: 0, endedAt: 1, outputUri: output(name), outputPath: 's3://out' };
  return { name, identity, generation: number, revision: '', requestId: '', intendedAt: 0, tags: {}, end } as GenerationRecord;
}

function member(key: string, generations: GenerationRecord[], desired = true): object {
  const request = {
    LabelAttributeName: 'kind', InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://in/${key}` } } }, OutputConfig: { S3OutputPath: 's3://out' },
  };
  return { key, base: key, generations, replacedIds: [], ...(desired && { desired: { identity: 'i', request } }) };
}

/** Three parts: one resumed, one with a failure and a running second generation, one not started. */
function fleet(total = 6): FakeFiles {
  const files = new FakeFiles();
  files.putLines(`${STATE}ledger.json`, { desired: { pages: [{ key: 'members/r/1.jsonl' }, { key: 'members/r/2.jsonl' }] }, run: { summary: { objects: { total } } } });
  const second = { ...generation('b2', 2), end: undefined };
  files.putLines(`${STATE}members/r/1.jsonl`, member('riga-00003', []), member('gone-00009', [generation('g', 1)], false));
  files.putLines(`${STATE}members/r/2.jsonl`,
    member('berlin-00001', [generation('a1', 1), generation('a2', 2), generation('old', 1, 'other')]), member('riga-00002', [generation('b1', 1), second]));
  files.putLines('s3://in/berlin-00001', { source: '1' }, { source: '2' }, { source: '=3' });
  files.putLines('s3://in/riga-00002', { source: '4', no: -4, type: 'x' }, { source: '5' });
  files.putLines('s3://in/riga-00003', { source: '6' });
  files.putLines(output('a1'), labeled('1', 'a1'), { source: '2' }, { source: '=3' });
  files.putLines(output('a2'), labeled('1', 'a1'), labeled('2', 'a2'), { source: '=3' });
  files.putLines(output('old'), labeled('=3', 'old'));
  files.putLines(output('b1'), { source: '4', no: -4, type: 'x' }, { 'source': '5', 'kind-metadata': { 'failure-reason': 'ClientError: too "large"' } });
  return files;
}

/** The state machine. */
async function exportAll(event: PlanEvent, ports: ExportPorts): Promise<object> {
  const plan = await handleExport(event, ports) as ExportPlan;
  if (plan.how === 'WHOLE') return handleExport({ action: 'whole', plan }, ports);
  const members = [];
  for await (const line of ports.files.lines(`s3://${plan.members.bucket}/${plan.members.key}`)) members.push(JSON.parse(line));
  for (const each of members) expect(await handleExport({ action: 'merge', plan, member: each }, ports)).toEqual({});
  expect(await handleExport({ action: 'columns', plan }, ports)).toEqual({});
  for (const each of [...members].reverse()) expect(await handleExport({ action: 'table', plan, member: each }, ports)).toEqual({});
  return handleExport({ action: 'join', plan }, ports);
}

test('a fleet is merged in its dataset\'s order, each object once', async () => {
  const files = fleet();
  const result = await exportAll(FLEET, fakePorts(files));
  expect(result).toMatchObject({ objects: 6, labeled: 2, failed: 1, unlabeled: 3, unmatched: 0, jobs: 3 });
  const sources = files.records(`${RESULT}/labels.jsonl`).map(({ source, ...rest }) => [source, (rest['kind-metadata'] as Record<string, string>)?.['class-name']]);
  expect(sources).toEqual([['1', 'a1'], ['2', 'a2'], ['=3', undefined], ['5', undefined], ['4', undefined], ['6', undefined]]);
  expect(JSON.parse(files.files.get(`${RESULT}/labels.json`)!)).toEqual({
    format: 1,
    exportedAt: '2026-11-22T00:00:00.000Z',
    labels: `${RESULT}/labels.jsonl`,
    table: `${RESULT}/labels.csv`,
    objects: 6,
    labeled: 2,
    failed: 1,
    unlabeled: 3,
    unmatched: 0,
    jobs: [
      { key: 'berlin-00001', objects: 3, labeled: 2, failed: 0, unlabeled: 1, unmatched: 0, outputs: [output('a2'), output('a1')] },
      { key: 'riga-00002', objects: 2, labeled: 0, failed: 1, unlabeled: 1, unmatched: 0, outputs: [output('b1')] },
      { key: 'riga-00003', objects: 1, labeled: 0, failed: 0, unlabeled: 1, unmatched: 0, outputs: [] },
    ],
  });
});

test('the table has a row for each line, and no text that a spreadsheet would run', async () => {
  const files = fleet();
  await exportAll(FLEET, fakePorts(files));
  const rows = files.files.get(`${RESULT}/labels.csv`)!.split('\r\n');
  expect(rows).toEqual([
    'source,no,input.type,job,label-attribute,label,class-name,confidence,human-annotated,creation-date,job-name,type,failure-reason',
    '1,,,berlin-00001,kind,0,a1,0.9,yes,,a1,,',
    '2,,,berlin-00001,kind,0,a2,0.9,yes,,a2,,',
    '\'=3,,,berlin-00001,kind,,,,,,,,',
    '5,,,riga-00002,kind,,,,,,,,"ClientError: too ""large"""',
    '4,-4,x,riga-00002,kind,,,,,,,,',
    '6,,,riga-00003,kind,,,,,,,,',
    '',
  ]);
});

test('a Distributed Map writes the same, byte for byte, and leaves nothing behind', async () => {
  const [whole, mapped] = [fleet(), fleet()];
  const first = await exportAll(FLEET, fakePorts(whole));
  const second = await exportAll({ ...FLEET, maxObjectsInFunction: 5 }, fakePorts(mapped));
  expect(mapped.writes).toContain(`${RESULT}/.export/run-1/000001.csv`);
  expect(second).toEqual(first);
  for (const file of ['labels.jsonl', 'labels.csv', 'labels.json']) expect(mapped.files.get(`${RESULT}/${file}`)).toBe(whole.files.get(`${RESULT}/${file}`));
  expect([...mapped.files.keys()].sort()).toEqual([...whole.files.keys()].sort());
  expect([...mapped.files.keys()].filter((uri) => uri.includes('.export'))).toEqual([]);
});

test('the summary is written last, and an action that is repeated writes the same', async () => {
  const files = fleet();
  const ports = fakePorts(files);
  const plan = await handleExport(FLEET, ports) as ExportPlan;
  files.writes.length = 0;
  await handleExport({ action: 'whole', plan }, ports);
  expect(files.writes).toEqual([`${RESULT}/labels.jsonl`, `${RESULT}/labels.csv`, `${RESULT}/labels.json`]);
  await handleExport(FLEET, ports);
  const before = new Map(files.files);
  await handleExport(FLEET, ports);
  expect(files.files).toEqual(before);
});

test('an output that the service has named and that is gone is told', async () => {
  const files = fleet();
  files.files.delete(output('a1'));
  await exportAll(FLEET, fakePorts(files));
  expect(JSON.parse(files.files.get(`${RESULT}/labels.json`)!).jobs[0]).toMatchObject({ labeled: 2, missing: [output('a1')] });
});

test('a fleet without jobs has an empty result, one that is gone leaves the last one', async () => {
  const files = new FakeFiles();
  files.putLines(`${STATE}ledger.json`, { desired: { pages: [] } });
  expect(await exportAll(FLEET, fakePorts(files))).toMatchObject({ objects: 0, jobs: 0 });
  expect(files.files.get(`${RESULT}/labels.jsonl`)).toBe('');
  for (const head of [{}, undefined]) {
    if (head) files.putLines(`${STATE}ledger.json`, head);
    else files.files.delete(`${STATE}ledger.json`);
    files.writes.length = 0;
    expect(await handleExport(FLEET, fakePorts(files))).toMatchObject({ how: 'NOTHING' });
    expect(files.writes).toEqual([]);
  }
});

test('a run that failed leaves nothing once it is cleaned', async () => {
  const files = fleet();
  await handleExport(FLEET, fakePorts(files));
  await handleExport({ action: 'clean', resultUri: RESULT, run: 'run-1' }, fakePorts(files));
  expect([...files.files.keys()].filter((uri) => uri.startsWith(RESULT))).toEqual([]);
});

describe('jobs by name', () => {
  const BY_NAME: PlanEvent = { ...FLEET, fleet: undefined, jobs: ['stack-0123ab-job-01234567-0123456789ab-r2'] };
  const job = (name: string, inputUri: string, labelAttributeName = 'kind'): ExportJob =>
    ({ name, inputUri, labelAttributeName, outputUri: output(name), outputPath: 's3://out', counters: NO_COUNTERS });
  const OWN = (number: number) => `stack-0123ab-job-01234567-0123456789ab-r${number}`;

  test('have all their generations, and what these took over', async () => {
    const files = new FakeFiles();
    files.putLines('s3://in/all', { source: '1' }, { source: '2' }, { source: '3' });
    files.putLines(output('by-hand'), labeled('1', 'by-hand'), { source: '2' }, { source: '3' });
    files.putLines(output(OWN(2)), labeled('1', 'by-hand'), labeled('2', 'r2'), { source: '3' });
    files.putLines(output(OWN(3)), labeled('3', 'r3'));
    const jobs = [job('by-hand', 's3://in/all'), job(OWN(2), output('by-hand')), job(OWN(3), 's3://out/resume/r3/unlabeled.manifest'), job(`${OWN(3)}0`, 'x')];
    expect(await exportAll(BY_NAME, fakePorts(files, jobs.slice(0, 3)))).toMatchObject({ objects: 3, labeled: 3, unlabeled: 0 });
  });

  test('do not have those whose labels they only make use of', async () => {
    const files = new FakeFiles();
    files.putLines(output('boxes'), { source: '1', boxes: [] });
    files.putLines(output('check'), { ...labeled('1', 'check'), boxes: [] });
    const jobs = [job('boxes', 's3://in/all', 'boxes'), job('check', output('boxes'))];
    expect(await exportAll({ ...BY_NAME, jobs: ['check'] }, fakePorts(files, jobs))).toMatchObject({ objects: 1, labeled: 1, jobs: 1 });
    expect(files.records(`${RESULT}/labels.jsonl`)).toEqual([{ ...labeled('1', 'check'), boxes: [] }]);
  });

  test('have to exist', async () => {
    jest.spyOn(console, 'error').mockReturnValue();
    await expect(exportAll(BY_NAME, fakePorts(new FakeFiles()))).rejects.toThrow(`the labeling job ${OWN(2)} does not exist`);
  });
});

test('lines that another export has replaced meanwhile are an error, never an empty row', async () => {
  const files = fleet();
  const write = files.write.bind(files);
  files.write = async (uri, contentType, chunks) => {
    await write(uri, contentType, chunks);
    if (uri === `${RESULT}/labels.jsonl`) files.putLines(uri, { source: 'of another run' });
  };
  jest.spyOn(console, 'error').mockReturnValue();
  await expect(exportAll(FLEET, fakePorts(files))).rejects.toThrow('another export has replaced it');
});
