import * as fs from 'node:fs';
import * as path from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { CreateWorkteamCommand, ListLabelingJobsCommand } from '@aws-sdk/client-sagemaker';
import { memberDefinition } from '../../../examples/user-pool';
import { Engine } from '../../../local/src/engine';
import { type Account, type Check, judgeRefusal, notTried, proved, refusalOf, refuted, together } from '../../../local/verify/check';
import { clientsOf } from '../../../local/verify/clients';
import { renderTable } from '../../../local/verify/table';
import { allChecks, verify, type Verdict } from '../../../local/verify/verify';

const ACCOUNT = '123456789012';

describe('against the local engine', () => {
  let engine: Engine;
  let account: Account;
  beforeAll(async () => {
    engine = await Engine.start({ annotators: 'off' });
    const credentials = { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'x' };
    account = { ...clientsOf({ endpoint: engine.endpoint, region: 'us-east-1', credentials }), accountId: ACCOUNT, pollMs: 20 };
  });
  afterAll(() => engine.stop());

  const outcomes = async (of: Account) => {
    const verdicts: Verdict[] = [];
    for await (const verdict of verify(of)) verdicts.push(verdict);
    return verdicts;
  };
  const calls = async () => ((await (await fetch(`${engine.endpoint}/_local/calls`)).json()) as { calls: Array<{ operation: string }> }).calls.map(({ operation }) => operation);

  test('without --create nothing is made, changed or stopped', async () => {
    const verdicts = await outcomes(account);
    expect(verdicts.filter(({ outcome }) => outcome === 'refuted')).toEqual([]);
    expect(verdicts.filter(({ outcome }) => outcome === 'proved').length).toBeGreaterThanOrEqual(7);
    expect((await calls()).filter((operation) => !/^(Describe|List|Get|Head)/.test(operation))).toEqual([]);
  });

  test('with --create the engine is as it is assumed, in everything, and what was made is gone or over', async () => {
    await account.s3.send(new CreateBucketCommand({ Bucket: 'checks' }));
    await account.sagemaker.send(new CreateWorkteamCommand({
      WorkteamName: 'checkers', Description: 'checkers', MemberDefinitions: [{ CognitoMemberDefinition: await memberDefinition(engine, 'checkers') }],
    }));
    const role = `arn:aws:iam::${ACCOUNT}:role/any`;
    const may = { bucket: 'checks', labelingRole: role, batchRole: role, workteam: `arn:aws:sagemaker:us-east-1:${ACCOUNT}:workteam/private-crowd/checkers` };

    const verdicts = await outcomes({ ...account, may });

    expect(verdicts.filter(({ outcome }) => outcome === 'refuted')).toEqual([]);
    const created = new Set(allChecks().filter(({ creates }) => creates).map(({ assumption }) => assumption));
    expect(verdicts.filter(({ assumption, outcome }) => created.has(assumption) && outcome !== 'proved')).toEqual([]);
    const { LabelingJobSummaryList: jobs = [] } = await account.sagemaker.send(new ListLabelingJobsCommand({}));
    expect(jobs.map(({ LabelingJobStatus }) => LabelingJobStatus)).toEqual(['Stopped']);
    expect((await account.s3.send(new ListObjectsV2Command({ Bucket: 'checks' }))).Contents ?? []).toEqual([]);
  });

  test('what is missing for a check is named', async () => {
    const verdicts = await outcomes({ ...account, accountId: undefined, may: {} });
    const seen = (assumption: string) => verdicts.find((verdict) => verdict.assumption === assumption);
    expect(seen('an absent job')).toMatchObject({ outcome: 'not tried', seen: 'give --account' });
    expect(seen('a name used before')).toMatchObject({ outcome: 'not tried', seen: 'give --bucket, --labeling-role and --workteam' });
  });
});

test('each check is about a row of docs/assumptions.md', () => {
  const page = fs.readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'assumptions.md'), 'utf8');
  const rows = new Set(page.split('\n').map((line) => /^\| (.*?) \| /.exec(line)?.[1]));
  const checks = allChecks().map(({ assumption }) => assumption);
  expect(checks.filter((assumption) => !rows.has(assumption))).toEqual([]);
  expect(new Set(checks).size).toBe(checks.length);
});

describe('a verdict', () => {
  const error = (name: string, status?: number) => Object.assign(new Error('words'), { name, $metadata: { httpStatusCode: status } });
  const refusal = (name: string) => refusalOf(Promise.reject(error(name, 400)));

  test('of a call that went through although it should not', async () => {
    expect(judgeRefusal(await refusalOf(Promise.resolve()), () => true)).toEqual(refuted('the call went through'));
  });

  test('of another refusal than expected', async () => {
    expect(judgeRefusal(await refusal('ResourceInUse'), ({ name }) => name === 'ResourceNotFound')).toEqual(refuted('ResourceInUse (400): words'));
  });

  test('of missing rights, which prove nothing', async () => {
    expect(judgeRefusal(await refusal('AccessDeniedException'), () => false)).toEqual(notTried('AccessDeniedException (400): words'));
    const denied: Check = { assumption: 'a', run: () => Promise.reject(error('AccessDenied')) };
    const broken: Check = { assumption: 'b', run: () => Promise.reject(error('Surprise', 400)) };
    const unreachable: Check = { assumption: 'c', run: () => Promise.reject(new Error('connect ECONNREFUSED')) };
    const verdicts: Verdict[] = [];
    for await (const verdict of verify({} as Account, [denied, broken, unreachable])) verdicts.push(verdict);
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['not tried', 'refuted', 'not tried']);
  });

  test('of several parts is that of the worst', () => {
    expect(together([proved('a'), refuted('b'), notTried('c'), refuted('d')])).toEqual(refuted('b; d'));
    expect(together([proved('a'), notTried('c')])).toEqual(notTried('c'));
  });

  test('stands in one column of the table', () => {
    const table = renderTable([{ assumption: 'x', ...proved('a | b\nc') }, { assumption: 'y', ...notTried('no') }]).split('\n');
    expect(table.slice(2)).toEqual(['| x | a \\| b c |  |  |', '| y |  |  | no |']);
  });
});
