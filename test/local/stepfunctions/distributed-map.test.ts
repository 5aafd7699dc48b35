import { LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy, eventually, ROLE } from '../lambda/functions-for-tests';

let engine: TestEngine;
let lambda: LambdaClient;
let s3: S3Client;
let sfn: SFNClient;
let count = 0;

beforeAll(async () => {
  engine = await startEngine();
  lambda = new LambdaClient(engine.clientConfig);
  s3 = new S3Client({ ...engine.clientConfig, forcePathStyle: true });
  sfn = new SFNClient(engine.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'items' }));
  await deploy(lambda, 'work', 'exports.handler = async ({ n }) => { if (n === 13) throw new Error("unlucky"); return n * 2; };');
});
afterAll(async () => {
  for (const client of [lambda, s3, sfn]) client.destroy();
  await engine.stop();
});

const PASS = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
const WORK = {
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'work', Payload: { 'n.$': '$' } }, OutputPath: '$.Payload', End: true } },
};

function mapState(fields: object, processor: object = PASS, config: object = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }): object {
  return { Type: 'Map', ItemProcessor: { ProcessorConfig: config, ...processor }, End: true, ...fields };
}

async function create(map: object, type?: 'EXPRESS' | 'STANDARD', states: object = {}): Promise<string> {
  const definition = JSON.stringify({ StartAt: 'Each', States: { Each: map, ...states } });
  return (await sfn.send(new CreateStateMachineCommand({ name: `machine-${++count}`, roleArn: ROLE, definition, type }))).stateMachineArn!;
}

async function run(map: object, input: unknown = {}, states: object = {}) {
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: await create(map, undefined, states), input: JSON.stringify(input) }));
  return eventually(async () => {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status !== 'RUNNING' && { ...execution, result: execution.output && JSON.parse(execution.output) };
  });
}

function reader(config: object): object {
  return { ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: config, Parameters: { 'Bucket': 'items', 'Key.$': '$.key' } } };
}

async function put(Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'items', Key, Body }));
}

test.each([
  ['JSON', '[1,{"a":2}]', {}, [1, { a: 2 }]],
  ['JSONL', '{"a":1}\r\n\n{"a":"\u2028"}\n', {}, [{ a: 1 }, { a: '\u2028' }]],
  ['CSV', 'a,b\n1,"x, ""y""\nz"\r\n2,\n', { CSVHeaderLocation: 'FIRST_ROW' }, [{ a: '1', b: 'x, "y"\nz' }, { a: '2', b: '' }]],
  ['CSV', '1|2\n', { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'b'], CSVDelimiter: 'PIPE' }, [{ a: '1', b: '2' }]],
  ['JSONL', '1\n2\n3\n', { MaxItems: 2 }, [1, 2]],
])('reads %s', async (InputType, text, config, expected) => {
  await put('file', text);
  expect(await run(mapState(reader({ InputType, ...config })), { key: 'file' })).toMatchObject({ status: 'SUCCEEDED', result: expected });
});

test('reads a listing, or its input', async () => {
  await put('list/a', 'x');
  await put('list/b', 'yy');
  const listing = { ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'items', Prefix: 'list/' } } };
  expect((await run(mapState(listing))).result).toMatchObject([{ Key: 'list/a', Size: 1 }, { Key: 'list/b', Size: 2 }]);
  expect((await run(mapState({ ItemsPath: '$.here' }), { here: [3, 4] })).result).toEqual([3, 4]);
});

test('an item is put together from itself, the input and the context; batches hold what fits', async () => {
  const ItemSelector = { 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'common.$': '$.common', 'started.$': '$$.Execution.Input.common' };
  const result = [{ item: 'a', index: 0, common: 'c', started: 'c' }];
  expect((await run(mapState({ ItemSelector, ItemsPath: '$.items' }), { items: ['a'], common: 'c' })).result).toEqual(result);
  const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { 'common.$': '$.common' } };
  expect((await run(mapState({ ItemBatcher, ItemsPath: '$.items' }), { items: [1, 2, 3], common: 'c' })).result)
    .toEqual([{ BatchInput: { common: 'c' }, Items: [1, 2] }, { BatchInput: { common: 'c' }, Items: [3] }]);
  expect((await run(mapState({ ItemBatcher: { MaxInputBytesPerBatch: 30 } }), ['xxxxxxxx', 'yyyyyyyy', 'z'])).result)
    .toEqual([{ Items: ['xxxxxxxx'] }, { Items: ['yyyyyyyy', 'z'] }]);
});

test('children call functions, in the order of their items, and what is around the state applies to it', async () => {
  const Selected = { ResultSelector: { 'all.$': '$' }, ResultPath: '$.doubled', End: undefined, Next: 'Last', MaxConcurrency: 2 };
  expect((await run(mapState({ ItemsPath: '$.n', ...Selected }, WORK), { n: [1, 2, 3] }, { Last: { Type: 'Pass', End: true } })).result)
    .toEqual({ n: [1, 2, 3], doubled: { all: [2, 4, 6] } });
});

test('one failure fails the run, unless it is tolerated', async () => {
  const failing = await run(mapState({}, WORK), [1, 13, 3]);
  expect(failing).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold', cause: expect.stringContaining('unlucky') });
  expect((await run(mapState({ ToleratedFailureCount: 1 }, WORK), [1, 13, 3])).result).toEqual([2, 6]);
  expect((await run(mapState({ ToleratedFailurePercentage: 34 }, WORK), [1, 13, 3])).result).toEqual([2, 6]);
  expect((await run(mapState({ ToleratedFailurePercentage: 33 }, WORK), [1, 13, 3])).status).toBe('FAILED');
  const Catch = [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Caught' }];
  expect((await run(mapState({ Catch }, WORK), [13], { Caught: { Type: 'Pass', Result: 'caught', End: true } })).result).toBe('caught');
});

test('results are written as files', async () => {
  const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'items', Prefix: 'results' } };
  const { result } = await run(mapState({ ResultWriter, ToleratedFailureCount: 1 }, WORK), [1, 13]);
  expect(result).toEqual({ MapRunArn: expect.stringMatching(/:mapRun:machine-\d+\/Each:/), ResultWriterDetails: { Bucket: 'items', Key: expect.stringMatching(/^results\/.+\/manifest.json$/) } });
  const read = async (Key: string) => JSON.parse(await (await s3.send(new GetObjectCommand({ Bucket: 'items', Key }))).Body!.transformToString());
  const { ResultFiles } = await read(result.ResultWriterDetails.Key);
  expect(await read(ResultFiles.SUCCEEDED[0].Key)).toMatchObject([{ Status: 'SUCCEEDED', Input: '1', Output: '2' }]);
  expect(await read(ResultFiles.FAILED[0].Key)).toMatchObject([{ Status: 'FAILED', Input: '13', Error: 'Error' }]);
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'items', Prefix: 'results/' }))).KeyCount).toBe(3);
});

test('what cannot be read fails, and may be caught', async () => {
  expect(await run(mapState(reader({ InputType: 'JSON' })), { key: 'missing' })).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  await put('bad', '{"a":1}\n{');
  expect(await run(mapState(reader({ InputType: 'JSONL' })), { key: 'bad' })).toMatchObject({ error: 'States.ItemReaderFailed' });
  await put('object', '{"a":1}');
  expect(await run(mapState(reader({})), { key: 'object' })).toMatchObject({ error: 'States.ItemReaderFailed', cause: 'Attempting to map over non-iterable node.' });
  expect(await run(mapState({}), { a: 1 })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

test('waits in children are events of the clock, and the history tells of the run', async () => {
  const wait = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } };
  const { executionArn, startDate, stopDate } = await run(mapState({ MaxConcurrency: 1 }, wait), [1, 2]);
  expect(stopDate!.getTime() - startDate!.getTime()).toBeGreaterThanOrEqual(7_200_000);
  const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  // the interpreter tells of a state a moment after it was entered
  expect(events!.map(({ type }) => type).sort())
    .toEqual(['ExecutionStarted', 'ExecutionSucceeded', 'MapRunStarted', 'MapRunSucceeded', 'MapStateEntered', 'MapStateExited']);
});

test('a stop ends the children', async () => {
  const wait = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 99_999, Next: 'Work' }, ...WORK.States } };
  await engine.control('POST', 'clock', { paused: true });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: await create(mapState({}, wait)), input: '[1,2]' }));
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await engine.control('POST', 'clock', { paused: false });
  expect((await sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('ABORTED');
});

test.each<[string, object, RegExp, 'EXPRESS' | 'STANDARD']>([
  ['a manifest', mapState(reader({ InputType: 'MANIFEST' })), /does not run Map states with an ItemReader of MANIFEST files \(Each\)/, 'STANDARD'],
  ['a transformation', mapState(reader({ InputType: 'JSON', ItemsPointer: '/a' })), /ReaderConfig.ItemsPointer/, 'STANDARD'],
  ['a writer\'s configuration', mapState({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: {}, WriterConfig: {} } }), /ResultWriter.WriterConfig/, 'STANDARD'],
  ['a reader inline', mapState({ ItemBatcher: { MaxItemsPerBatch: 1 } }, PASS, { Mode: 'INLINE' }), /'ItemBatcher' is not supported for a Map state that is not in DISTRIBUTED mode/, 'STANDARD'],
  ['no type of execution', mapState({}, PASS, { Mode: 'DISTRIBUTED' }), /'ExecutionType' is required/, 'STANDARD'],
  ['an express state machine', mapState({}), /not supported in EXPRESS state machines/, 'EXPRESS'],
])('%s is refused at once', async (_, map, message, type) => {
  await expect(create(map, type)).rejects.toThrow(message);
});
