import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CfnOutput, NestedStack, aws_sqs as sqs, Stack, Stage, Tags } from 'aws-cdk-lib';
import { readAssembly, selectStacks } from '../../../local/src/assembly/cloud-assembly';
import { zipDirectory } from '../../../local/src/assembly/zip';
import { deployAssembly } from '../../../local/src/commands/deploy';
import { destroyAssembly } from '../../../local/src/commands/destroy';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { TestAssemblies } from './assemblies';

const assemblies = new TestAssemblies();
let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
  assemblies.remove();
});

const deploy = (assemblyDirectory: string, more: object = {}) => deployAssembly({ endpoint: engine.endpoint, assemblyDirectory, ...more });

test('an unchanged assembly is deployed, found unchanged, updated, rolled back and destroyed', async () => {
  const events: string[] = [];
  const first = assemblies.synthesise((app) => assemblies.thing(app, '1'));
  const created = await deploy(first, { onEvent: ({ LogicalResourceId, ResourceStatus }: Record<string, string>) => events.push(`${LogicalResourceId} ${ResourceStatus}`) });
  expect(created.stacks.Thing).toMatchObject({ status: 'CREATE_COMPLETE', unchanged: false, outputs: { Version: '1', Polls: '3', Given: 'default' }, recordedOnly: [] });
  expect(events.at(-1)).toBe('Thing CREATE_COMPLETE');
  expect((await deploy(first)).stacks.Thing).toMatchObject({ status: 'CREATE_COMPLETE', unchanged: true, outputs: { Version: '1' } });

  const updated = await deploy(assemblies.synthesise((app) => assemblies.thing(app, '2')), { parameters: { 'Thing:Text': 'given' } });
  expect(updated.stacks.Thing).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: { Version: '2', Given: 'given' } });

  const failed = await deploy(assemblies.synthesise((app) => assemblies.thing(app, '3', { fail: 'Update' })));
  expect(failed.stacks.Thing).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: { Version: '2', Given: 'given' } });
  expect(failed.stacks.Thing.reason).toContain('told to fail');

  const destroyed = await destroyAssembly({ endpoint: engine.endpoint, assemblyDirectory: first });
  expect(destroyed.stacks.Thing.status).toBe('DELETE_COMPLETE');
  expect((await destroyAssembly({ endpoint: engine.endpoint, assemblyDirectory: first })).stacks).toEqual({});
});

test('a creation that failed is cleared away by the next deployment', async () => {
  const failed = await deploy(assemblies.synthesise((app) => assemblies.thing(app, '1', { fail: 'Create' }, 'Again')));
  expect(failed.stacks.Again).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: expect.stringContaining('told to fail') as string });
  const worked = await deploy(assemblies.synthesise((app) => assemblies.thing(app, '1', {}, 'Again')));
  expect(worked.stacks.Again.status).toBe('CREATE_COMPLETE');
});

test('stacks go in order of their dependencies, stages too, with their tags', async () => {
  const directory = assemblies.synthesise((app) => {
    const consumer = new Stack(app, 'AConsumer');
    const producer = new Stack(app, 'Producer');
    new CfnOutput(consumer, 'Used', { value: new sqs.Queue(producer, 'Queue').queueName });
    new sqs.Queue(consumer, 'Own');
    new sqs.Queue(new Stack(new Stage(app, 'Prod'), 'Service'), 'Queue');
    Tags.of(producer).add('team', 'labels');
  });
  const { stacks } = await deploy(directory);
  expect(Object.keys(stacks)).toHaveLength(3);
  expect(Object.keys(stacks).filter((name) => name !== 'Prod-Service')).toEqual(['Producer', 'AConsumer']);
  expect(stacks.AConsumer.outputs.Used).toMatch(/^Producer-Queue/);
  const queues = await engine.core.call('sqs', 'ListQueues', { QueueNamePrefix: 'Producer-' });
  expect((await engine.core.call('sqs', 'ListQueueTags', { QueueUrl: queues.QueueUrls[0] })).Tags).toEqual({ team: 'labels' });
  const { stacks: destroyed } = await destroyAssembly({ endpoint: engine.endpoint, assemblyDirectory: directory, stacks: ['Producer'] });
  expect(Object.keys(destroyed)).toEqual(['AConsumer', 'Producer']);
});

test('nested stacks are deployed and deleted with their parent; their failures reach it', async () => {
  const nest = (delay: number) => assemblies.synthesise((app) => {
    const parent = new Stack(app, 'Parent');
    const child = new NestedStack(parent, 'Child');
    const queue = new sqs.CfnQueue(child, 'Queue', { delaySeconds: delay });
    new CfnOutput(parent, 'Arn', { value: queue.attrArn });
  });
  const created = await deploy(nest(1));
  expect(created.stacks.Parent).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Arn: expect.stringContaining(':Parent-Child') as string } });
  expect((await deploy(nest(2))).stacks.Parent.status).toBe('UPDATE_COMPLETE');
  const failed = await deploy(nest(5000));
  expect(failed.stacks.Parent.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failed.stacks.Parent.reason).toContain('was not successfully updated: The following resource(s) failed to update: [Queue].');
  await destroyAssembly({ endpoint: engine.endpoint, assemblyDirectory: nest(1) });
  const { QueueUrls = [] } = await engine.core.call('sqs', 'ListQueues', { QueueNamePrefix: 'Parent-' });
  expect(QueueUrls).toEqual([]);
});

test('a failed stack stops those after it', async () => {
  const { stacks } = await deploy(assemblies.synthesise((app) => {
    const [after, before] = ['After', 'Before'].map((id) => new Stack(app, id));
    after.addDependency(before);
    new sqs.Queue(after, 'Queue');
    new sqs.CfnQueue(before, 'Queue', { delaySeconds: 5000 });
  }));
  expect(Object.keys(stacks)).toEqual(['Before']);
  expect(stacks.Before).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: expect.stringContaining('Queue (AWS::SQS::Queue): ') as string });
});

test('chosen stacks come with those that they need', () => {
  const stacks = readAssembly(assemblies.synthesise((app) => {
    const [a, b] = ['A', 'B', 'C'].map((id) => new Stack(app, id));
    a.addDependency(b);
  }));
  expect(selectStacks(stacks, ['A'], 'dependencies').map(({ name }) => name)).toEqual(['B', 'A']);
  expect(selectStacks(stacks, ['B'], 'dependents').map(({ name }) => name)).toEqual(['B', 'A']);
  expect(() => selectStacks(stacks, ['X'], 'dependencies')).toThrow('the assembly has no stack "X"; it has');
});

test.each([
  ['another account', { account: '111111111111', region: 'us-east-1' }, 'stack Elsewhere is for account 111111111111 in us-east-1, and the engine plays account 123456789012 in us-east-1'],
  ['another region', { account: '123456789012', region: 'eu-west-1' }, 'stack Elsewhere is for account 123456789012 in eu-west-1, and the engine plays account 123456789012 in us-east-1'],
])('a stack of %s is refused', async (_, env, message) => {
  const directory = assemblies.synthesise((app) => new sqs.Queue(new Stack(app, 'Elsewhere', { env }), 'Queue'));
  await expect(deploy(directory)).rejects.toThrow(message);
});

test('a misspelled parameter or folder is refused', async () => {
  const directory = assemblies.synthesise((app) => new sqs.Queue(new Stack(app, 'Plain'), 'Queue'));
  await expect(deploy(directory, { parameters: { 'Plain:Nothing': 'x' } })).rejects.toThrow('stack Plain has no parameter "Nothing"');
  await expect(deploy(directory, { parameters: { 'Plian:Text': 'x' } })).rejects.toThrow('parameter "Plian:Text" is for no stack that is deployed');
  await expect(deploy('/nowhere')).rejects.toThrow('"/nowhere" is no cloud assembly: it has no manifest.json');
});

test('the same folder is the same archive, whenever it is packed', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zip-'));
  try {
    mkdirSync(path.join(folder, 'b'));
    writeFileSync(path.join(folder, 'b', 'deep.txt'), 'deep');
    writeFileSync(path.join(folder, 'a.txt'), 'a');
    symlinkSync('a.txt', path.join(folder, 'link.txt'));
    const before = zipDirectory(folder);
    utimesSync(path.join(folder, 'a.txt'), new Date(), new Date(Date.now() + 100_000));
    expect(Buffer.from(zipDirectory(folder)).equals(Buffer.from(before))).toBe(true);
    writeFileSync(path.join(folder, 'a.txt'), readFileSync(path.join(folder, 'a.txt'), 'utf8') + '!');
    expect(Buffer.from(zipDirectory(folder)).equals(Buffer.from(before))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
