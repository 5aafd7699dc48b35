import {
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStackEventsCommand,
  DescribeStackResourcesCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand, GetTemplateSummaryCommand, ListExportsCommand,
  ListImportsCommand, ListStackResourcesCommand, ListStacksCommand, UpdateStackCommand, UpdateTerminationProtectionCommand, ValidateTemplateCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetBucketCorsCommand, GetBucketTaggingCommand, GetBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { settled } from '../../../local/src/assembly/stack-status';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let client: CloudFormationClient;
let s3: S3Client;
beforeAll(async () => {
  engine = await startEngine();
  client = new CloudFormationClient(engine.clientConfig);
  s3 = new S3Client({ ...engine.clientConfig, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  s3.destroy();
  await engine.stop();
});

const body = (resources: object, more: object = {}) => JSON.stringify({ Resources: resources, ...more });
const QUEUE = { Type: 'AWS::SQS::Queue' };

async function create(StackName: string, TemplateBody: string, more: object = {}) {
  await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
  return settled(client, StackName);
}

test('a bucket gets its configurations, the stack\'s tags, and a generated name', async () => {
  const stack = await create('bucket', body({
    Data: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: '30', ExposedHeaders: ['ETag'] }] },
        Tags: [{ Key: 'own', Value: 'bucket' }],
      },
    },
  }, { Outputs: { Name: { Value: { Ref: 'Data' } }, Arn: { Value: { 'Fn::GetAtt': ['Data', 'Arn'] } } } }), { Tags: [{ Key: 'own', Value: 'stack' }, { Key: 'team', Value: 'labels' }] });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const Bucket = stack.Outputs!.find(({ OutputKey }) => OutputKey === 'Name')!.OutputValue!;
  expect(Bucket).toMatch(/^bucket-data-[a-z0-9]{12}$/);
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([expect.objectContaining({ AllowedMethods: ['GET'], MaxAgeSeconds: 30, ExposeHeaders: ['ETag'] })]);
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'own', Value: 'bucket' }, { Key: 'team', Value: 'labels' }]);
  // what is taken out of the template goes from the bucket
  await client.send(new UpdateStackCommand({ StackName: 'bucket', TemplateBody: body({ Data: { Type: 'AWS::S3::Bucket' } }), Tags: [] }));
  expect((await settled(client, 'bucket')).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
  await expect(s3.send(new GetBucketCorsCommand({ Bucket }))).rejects.toThrow(/CORS/);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'left', Body: 'x' }));
  await client.send(new DeleteStackCommand({ StackName: 'bucket' }));
  expect(await settled(client, 'bucket')).toMatchObject({ StackStatus: 'DELETE_FAILED', StackStatusReason: 'The following resource(s) failed to delete: [Data]. ' });
});

test('refusals that come before anything begins', async () => {
  await create('there', body({ A: QUEUE }));
  await expect(client.send(new CreateStackCommand({ StackName: 'there', TemplateBody: body({ A: QUEUE }) }))).rejects.toMatchObject({ name: 'AlreadyExistsException', message: 'Stack [there] already exists' });
  await expect(client.send(new UpdateStackCommand({ StackName: 'there', TemplateBody: body({ A: QUEUE }) }))).rejects.toMatchObject({ name: 'ValidationError', message: 'No updates are to be performed.' });
  await expect(client.send(new UpdateStackCommand({ StackName: 'there', TemplateBody: body({ A: { Type: 'AWS::SNS::Topic' } }) }))).rejects.toThrow('Update of resource type is not permitted');
  await expect(client.send(new UpdateStackCommand({ StackName: 'absent', TemplateBody: body({ A: QUEUE }) }))).rejects.toThrow('Stack [absent] does not exist');
  await expect(client.send(new DescribeStacksCommand({ StackName: 'absent' }))).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack with id absent does not exist' });
  await expect(client.send(new CreateStackCommand({ StackName: 'x', TemplateBody: 'x'.repeat(51_201) }))).rejects.toThrow('Member must have length less than or equal to 51200');
  await expect(client.send(new CreateStackCommand({ StackName: 'x', TemplateBody: body({ A: { Type: 'AWS::IAM::Role', Properties: {} } }) })))
    .rejects.toMatchObject({ name: 'InsufficientCapabilitiesException', message: 'Requires capabilities : [CAPABILITY_IAM]' });
  await expect(client.send(new CreateStackCommand({ StackName: 'x', TemplateBody: body({ A: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } }), Capabilities: ['CAPABILITY_IAM'] })))
    .rejects.toThrow('Requires capabilities : [CAPABILITY_NAMED_IAM]');
  await expect(client.send(new DescribeStacksCommand({ StackName: 'x' }))).rejects.toThrow('does not exist');
});

test('a rule that does not hold refuses the stack', async () => {
  const Rules = { Known: { Assertions: [{ Assert: { 'Fn::Contains': [['a', 'b'], { Ref: 'Letter' }] }, AssertDescription: 'a or b' }] } };
  const TemplateBody = body({ A: QUEUE }, { Rules, Parameters: { Letter: { Type: 'String' } } });
  await expect(client.send(new CreateStackCommand({ StackName: 'ruled', TemplateBody, Parameters: [{ ParameterKey: 'Letter', ParameterValue: 'c' }] }))).rejects.toThrow('a or b');
  expect((await create('ruled', TemplateBody, { Parameters: [{ ParameterKey: 'Letter', ParameterValue: 'b' }] })).StackStatus).toBe('CREATE_COMPLETE');
});

test('conditions decide which resources there are; a reference to one that is not is refused', async () => {
  const parts = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  const stack = await create('conditional', body({ A: { ...QUEUE, Condition: 'Never' }, B: { Type: 'AWS::SQS::Queue', DependsOn: 'A' } }, parts));
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName: 'conditional' }));
  expect(StackResourceSummaries!.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['B']);
  await expect(client.send(new CreateStackCommand({ StackName: 'dangling', TemplateBody: body({ A: { ...QUEUE, Condition: 'Never' }, B: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'A' } } } }, parts) })))
    .rejects.toThrow('Unresolved resource dependencies [A] in the Resources block of the template');
});

test('change sets say what would happen, and do it', async () => {
  const first = await client.send(new CreateChangeSetCommand({ StackName: 'changed', ChangeSetName: 'first', ChangeSetType: 'CREATE', TemplateBody: body({ A: QUEUE }) }));
  expect((await client.send(new DescribeStacksCommand({ StackName: 'changed' }))).Stacks![0].StackStatus).toBe('REVIEW_IN_PROGRESS');
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: first.Id }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: 'changed' });

  const describe = async (ChangeSetName: string, resources: object) => {
    await client.send(new CreateChangeSetCommand({ StackName: 'changed', ChangeSetName, TemplateBody: body(resources) }));
    return client.send(new DescribeChangeSetCommand({ StackName: 'changed', ChangeSetName }));
  };
  const { Changes } = await describe('second', { A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'named' } }, B: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1 } } });
  expect(Changes!.map(({ ResourceChange: change }) => [change!.Action, change!.LogicalResourceId, change!.Replacement])).toEqual([['Modify', 'A', 'True'], ['Add', 'B', undefined]]);
  const empty = await describe('third', { A: QUEUE });
  expect(empty).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
  expect(empty.StatusReason).toMatch(/^The submitted information didn't contain changes/);
  await expect(client.send(new ExecuteChangeSetCommand({ StackName: 'changed', ChangeSetName: 'third' }))).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  await client.send(new ExecuteChangeSetCommand({ StackName: 'changed', ChangeSetName: 'second' }));
  expect((await settled(client, 'changed')).StackStatus).toBe('UPDATE_COMPLETE');
  await expect(client.send(new DescribeChangeSetCommand({ StackName: 'changed', ChangeSetName: 'nobody' }))).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
});

test('exports are unique, imported by name, and kept while somebody imports them', async () => {
  const exporting = (value: string) => body({ A: QUEUE }, { Outputs: { O: { Value: value, Export: { Name: 'shared' } } } });
  await create('exporter', exporting('one'));
  await create('importer', body({ A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'shared' } } } }));
  expect((await client.send(new ListExportsCommand({}))).Exports).toEqual([expect.objectContaining({ Name: 'shared', Value: 'one' })]);
  expect((await client.send(new ListImportsCommand({ ExportName: 'shared' }))).Imports).toEqual(['importer']);
  expect(await create('rival', exporting('two'))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  await client.send(new UpdateStackCommand({ StackName: 'exporter', TemplateBody: exporting('two') }));
  expect((await settled(client, 'exporter')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  await client.send(new DeleteStackCommand({ StackName: 'exporter' }));
  expect(await settled(client, 'exporter')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE', StackStatusReason: 'Delete canceled. Cannot delete export shared as it is in use by importer.',
  });
  await client.send(new DeleteStackCommand({ StackName: 'importer' }));
  await settled(client, 'importer').catch(() => {});
  const missing = await create('missing', body({ A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'nothing' } } } }));
  expect(missing.StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'missing' }));
  expect(StackEvents!.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain('No export named nothing found');
});

test.each(['1st', 'a_b', 'a'.repeat(129)])('no stack is called %s', async (StackName) => {
  await expect(client.send(new CreateStackCommand({ StackName, TemplateBody: body({ A: QUEUE }) }))).rejects.toThrow("at 'stackName' failed");
});

test('a deleted stack is found by its id only, and its name is free', async () => {
  const { StackId } = await create('gone', body({ A: QUEUE }));
  await client.send(new UpdateTerminationProtectionCommand({ StackName: 'gone', EnableTerminationProtection: true }));
  await expect(client.send(new DeleteStackCommand({ StackName: 'gone' }))).rejects.toThrow('cannot be deleted while TerminationProtection is enabled');
  await client.send(new UpdateTerminationProtectionCommand({ StackName: 'gone', EnableTerminationProtection: false }));
  await client.send(new DeleteStackCommand({ StackName: 'gone' }));
  expect((await settled(client, StackId!)).StackStatus).toBe('DELETE_COMPLETE');
  await expect(client.send(new DescribeStacksCommand({ StackName: 'gone' }))).rejects.toThrow('does not exist');
  expect((await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }))).StackSummaries!.map(({ StackName }) => StackName)).toContain('gone');
  await expect(client.send(new DeleteStackCommand({ StackName: 'gone' }))).resolves.toBeDefined();
  expect((await create('gone', body({ A: QUEUE }))).StackId).not.toBe(StackId);
});

test('secrets: NoEcho is masked, dynamic references are resolved and never shown', async () => {
  await engine.core.call('ssm', 'PutParameter', { Name: '/queue/delay', Type: 'String', Value: '7' });
  const stack = await create('secret', body(
    { A: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: '{{resolve:ssm:/queue/delay}}', Tags: [{ Key: 'password', Value: { Ref: 'Password' } }] } } },
    { Parameters: { Password: { Type: 'String', NoEcho: true } } },
  ), { Parameters: [{ ParameterKey: 'Password', ParameterValue: 'hunter2' }] });
  expect(stack.Parameters).toEqual([{ ParameterKey: 'Password', ParameterValue: '****' }]);
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'secret' }));
  const { Attributes } = await engine.core.call('sqs', 'GetQueueAttributes', { QueueUrl: StackResources![0].PhysicalResourceId, AttributeNames: ['DelaySeconds'] });
  expect(Attributes).toEqual({ DelaySeconds: '7' });
  const events = JSON.stringify((await client.send(new DescribeStackEventsCommand({ StackName: 'secret' }))).StackEvents);
  expect(events).toContain('{{resolve:ssm:/queue/delay}}');
  expect(events).not.toContain('hunter2');
});

test('types that are not simulated are recorded, and say so', async () => {
  const stack = await create('recorded', body({ Key: { Type: 'AWS::ECR::Repository' }, B: { Type: 'AWS::S3::Bucket', Properties: { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } } } },
    { Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } } } }));
  expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Outputs: [{ OutputValue: expect.stringContaining(':not-simulated:') as string }] });
  const { body: report } = await engine.control('GET', 'recorded-resources');
  expect(report.resources).toEqual(expect.arrayContaining([
    { stack: 'recorded', logicalId: 'Key', type: 'AWS::ECR::Repository', note: expect.stringContaining('does not simulate AWS::ECR::Repository') },
    { stack: 'recorded', logicalId: 'B', type: 'AWS::S3::Bucket', note: 'Recorded only, not simulated by the local engine: AccelerateConfiguration' },
  ]));
});

test('templates are kept, summarised and validated', async () => {
  const TemplateBody = 'Description: text\nParameters: {P: {Type: String, Default: x}}\nResources: {A: {Type: AWS::SQS::Queue}}\n';
  await create('described', TemplateBody);
  expect((await client.send(new GetTemplateCommand({ StackName: 'described' }))).TemplateBody).toBe(TemplateBody);
  expect(await client.send(new GetTemplateSummaryCommand({ StackName: 'described' }))).toMatchObject({ Description: 'text', ResourceTypes: ['AWS::SQS::Queue'], Parameters: [{ ParameterKey: 'P', ParameterType: 'String' }] });
  expect(await client.send(new ValidateTemplateCommand({ TemplateBody }))).toMatchObject({ Description: 'text', Parameters: [{ ParameterKey: 'P', DefaultValue: 'x' }] });
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody: '{}' }))).rejects.toThrow('At least one Resources member must be defined.');
});
