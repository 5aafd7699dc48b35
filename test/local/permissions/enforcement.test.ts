import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy } from '../lambda/functions-for-tests';

let engine: TestEngine;
let s3: S3Client;

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

/** A client that has assumed the role. */
async function clientOf(role: string, ...statements: object[]): Promise<S3Client> {
  const call = engine.core.call.bind(engine.core);
  await call('iam', 'CreateRole', { RoleName: role, AssumeRolePolicyDocument: TRUST });
  if (statements.length > 0) {
    await call('iam', 'PutRolePolicy', { RoleName: role, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });
  }
  const { accessKeyId, secretAccessKey, sessionToken } = engine.core.issueCredentials({ arn: `arn:aws:sts::123456789012:assumed-role/${role}/session` });
  return new S3Client({ ...engine.clientConfig, credentials: { accessKeyId, secretAccessKey, sessionToken }, forcePathStyle: true });
}

const allow = (Action: string | string[], Resource: string): object => ({ Effect: 'Allow', Action, Resource });
const read = (client: S3Client, Key: string): Promise<unknown> => client.send(new GetObjectCommand({ Bucket: 'mails', Key }));

beforeEach(async () => {
  engine = await startEngine({ iam: 'enforce' });
  s3 = new S3Client({ ...engine.clientConfig, forcePathStyle: true });
  await engine.core.call('s3', 'CreateBucket', { Bucket: 'mails' });
  await s3.send(new PutObjectCommand({ Bucket: 'mails', Key: 'in/1.txt', Body: 'x' }));
});
afterEach(() => engine.stop());

test('a role may do what its policy says, and is told what it lacks', async () => {
  const client = await clientOf('reader', allow('s3:GetObject', 'arn:aws:s3:::mails/in/*'));
  await read(client, 'in/1.txt');
  await expect(read(client, 'out/1.txt')).rejects.toThrow('not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::mails/out/1.txt" because no identity-based policy allows');
  await expect(client.send(new PutObjectCommand({ Bucket: 'mails', Key: 'in/2.txt', Body: 'y' }))).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('what is not there is told only to who may list', async () => {
  const blind = await clientOf('blind', allow('s3:GetObject', '*'));
  await expect(read(blind, 'in/none')).rejects.toMatchObject({ name: 'AccessDenied' });
  const seeing = await clientOf('seeing', allow('s3:GetObject', '*'), allow('s3:ListBucket', 'arn:aws:s3:::mails'));
  await expect(read(seeing, 'in/none')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('an encrypted object needs its key', async () => {
  const { KeyMetadata: { Arn } } = await engine.core.call('kms', 'CreateKey', {});
  await s3.send(new PutObjectCommand({ Bucket: 'mails', Key: 'secret', Body: 'x', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: Arn }));
  const without = await clientOf('without-key', allow('s3:GetObject', '*'));
  await expect(read(without, 'secret')).rejects.toThrow(`kms:Decrypt on resource: "${Arn}"`);
  await read(await clientOf('with-key', allow('s3:GetObject', '*'), allow('kms:Decrypt', Arn)), 'secret');
});

test('a topic reaches a queue only where the queue lets it', async () => {
  const call = engine.core.call.bind(engine.core);
  const { TopicArn } = await call('sns', 'CreateTopic', { Name: 'mails' });
  const { QueueUrl } = await call('sqs', 'CreateQueue', { QueueName: 'mails' });
  const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:mails';
  await call('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint });
  const received = async (): Promise<number> => {
    await call('sns', 'Publish', { TopicArn, Message: 'm' });
    return (await call('sqs', 'ReceiveMessage', { QueueUrl })).Messages?.length ?? 0;
  };
  expect(await received()).toBe(0);
  const Policy = JSON.stringify({
    Version: '2012-10-17', Statement: [{
      Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Endpoint, Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
    }],
  });
  await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  expect(await received()).toBe(1);
});

test('a role that does not exist may do nothing, the account\'s own keys everything', async () => {
  const { accessKeyId, secretAccessKey } = engine.core.issueCredentials({ arn: 'arn:aws:sts::123456789012:assumed-role/none/session' });
  const nobody = new S3Client({ ...engine.clientConfig, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  await expect(read(nobody, 'in/1.txt')).rejects.toMatchObject({ name: 'AccessDenied' });
  await read(s3, 'in/1.txt');
});

test('a function\'s address is open to who has both rights, by a policy of their own or the function\'s', async () => {
  const call = engine.core.call.bind(engine.core);
  await deploy(new LambdaClient(engine.clientConfig), 'door', 'exports.handler = async () => "in";');
  const { FunctionUrl } = await call('lambda', 'CreateFunctionUrlConfig', { FunctionName: 'door', AuthType: 'AWS_IAM' });
  const knock = async (role: string, ...statements: object[]): Promise<number> => {
    const { accessKeyId } = await (await clientOf(role, ...statements)).config.credentials();
    return (await fetch(FunctionUrl, { headers: { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0` } })).status;
  };
  const door = 'arn:aws:lambda:us-east-1:123456789012:function:door';
  const via = (value: string): object => ({ ...allow('lambda:InvokeFunction', door), Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': value } } });
  expect(await knock('none')).toBe(403);
  expect(await knock('half', allow('lambda:InvokeFunctionUrl', door))).toBe(403);
  expect(await knock('elsewhere', allow('lambda:InvokeFunctionUrl', door), via('false'))).toBe(403);
  expect(await knock('both', allow('lambda:InvokeFunctionUrl', door), via('true'))).toBe(200);
  const Principal = 'arn:aws:iam::123456789012:role/guest';
  await call('lambda', 'AddPermission', { FunctionName: 'door', StatementId: 'u', Action: 'lambda:InvokeFunctionUrl', Principal, FunctionUrlAuthType: 'AWS_IAM' });
  await call('lambda', 'AddPermission', { FunctionName: 'door', StatementId: 'f', Action: 'lambda:InvokeFunction', Principal });
  expect(await knock('guest')).toBe(200);
});
