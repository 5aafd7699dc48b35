import { SageMakerClient, DescribeTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;

beforeAll(async () => { engine = await startEngine(); });

afterAll(() => engine.stop());

function authorization(service: string): Record<string, string> {
  return { authorization: `AWS4-HMAC-SHA256 Credential=anybody/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0` };
}

describe('a request goes to the service', () => {
  test.each<[string, string, Record<string, string>, string, RegExp]>([
    ['of its signature', '/', { ...authorization('sts'), 'content-type': 'application/x-www-form-urlencoded' }, 'Action=GetCallerIdentity&Version=2011-06-15', /GetCallerIdentityResult/],
    ['of its target', '/', { 'x-amz-target': 'AmazonSSM.DescribeParameters', 'content-type': 'application/x-amz-json-1.1' }, '{}', /"Parameters":\[\]/],
    ['of its form\'s version', '/', { 'content-type': 'application/x-www-form-urlencoded' }, 'Action=GetCallerIdentity&Version=2011-06-15', /GetCallerIdentityResult/],
    ['of its path', '/2015-03-31/functions/f/invocations', {}, '{}', /ResourceNotFound|Function not found/],
    ['S3, if nothing tells', '/no-such-bucket?delete', {}, '<Delete><Object><Key>k</Key></Object></Delete>', /NoSuchBucket/],
  ])('%s', async (_, path, headers, body, answer) => {
    expect(await (await fetch(engine.endpoint + path, { method: 'POST', headers, body })).text()).toMatch(answer);
  });
});

describe('what is not served names itself', () => {
  test('an operation', async () => {
    const client = new SageMakerClient({ ...engine.clientConfig, maxAttempts: 1 });
    await expect(client.send(new DescribeTrainingJobCommand({ TrainingJobName: 'x' }))).rejects.toMatchObject({
      name: 'NotImplemented', message: 'the local engine does not serve sagemaker:DescribeTrainingJob', $metadata: { httpStatusCode: 501 },
    });
    await expect(engine.core.call('sagemaker', 'DescribeTrainingJob', {})).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
  });

  test('a service', async () => {
    const answer = await fetch(engine.endpoint, { method: 'POST', headers: authorization('ec2'), body: 'Action=DescribeInstances' });
    expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('the local engine does not serve ec2')]);
  });

  test('an operation that nobody has', async () => {
    const answer = await fetch(engine.endpoint, { method: 'POST', headers: { 'x-amz-target': 'SageMaker.Dance' }, body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ __type: 'UnknownOperationException' })]);
  });
});

describe('a call in process', () => {
  test('meets the same constraints', async () => {
    await expect(engine.core.call('sagemaker', 'DescribeWorkteam', { WorkteamName: '-' })).rejects.toMatchObject({
      code: 'ValidationException', message: expect.stringContaining('failed to satisfy constraint: Member must satisfy regular expression pattern'),
    });
  });

  test('takes text for bytes, and gets a Buffer', async () => {
    await engine.core.call('s3', 'CreateBucket', { Bucket: 'in-process' });
    await engine.core.call('s3', 'PutObject', { Bucket: 'in-process', Key: 'k', Body: 'text' });
    expect((await engine.core.call<{ Body: Buffer }>('s3', 'GetObject', { Bucket: 'in-process', Key: 'k' })).Body.toString()).toBe('text');
  });
});

test('the same seed gives the same keys and ids', async () => {
  const [one, two, other] = await Promise.all([startEngine({ seed: 'a' }), startEngine({ seed: 'a' }), startEngine({ seed: 'b' })]);
  expect(one.accessKeyId).toBe(two.accessKeyId);
  expect(one.accessKeyId).not.toBe(other.accessKeyId);
  expect(one.core.random('x')()).toBe(two.core.random('x')());
  await Promise.all([one, two, other].map((engineOf) => engineOf.stop()));
});

describe('the log of calls', () => {
  test('knows calls that were refused before they ran', async () => {
    await engine.control('DELETE', 'calls');
    await fetch(engine.endpoint, { method: 'POST', headers: { 'x-amz-target': 'SageMaker.ListLabelingJobs' }, body: '[]' });
    await fetch(engine.endpoint, { method: 'POST', headers: { 'x-amz-target': 'SageMaker.DescribeTrainingJob' }, body: '{}' });
    expect((await engine.control('GET', 'calls')).body.calls).toEqual([
      expect.objectContaining({ operation: 'ListLabelingJobs', errorCode: 'SerializationException' }),
      expect.objectContaining({ operation: 'DescribeTrainingJob', errorCode: 'NotImplemented' }),
    ]);
  });
});

test('an upload whose frames end early is answered, not dropped', async () => {
  const answer = await fetch(`${engine.endpoint}/bucket/key`, {
    method: 'PUT', headers: { ...authorization('s3'), 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, body: '5\r\nab',
  });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('<Code>IncompleteBody</Code>')]);
});

test('answers bear the engine\'s time', async () => {
  await engine.control('POST', 'clock', { advanceSeconds: 86_400 });
  const answer = await fetch(`${engine.endpoint}/`, { headers: authorization('s3') });
  expect(Math.abs(Date.parse(answer.headers.get('date')!) - engine.core.clock.now())).toBeLessThan(60_000);
});

test('S3 Control is told from S3 by its path', async () => {
  const answer = await fetch(`${engine.endpoint}/v20180820/jobs`, { headers: authorization('s3') });
  expect(await answer.text()).toMatch(/<Code>BadRequestException<.*at 'accountId' failed to satisfy constraint: Member must not be null/);
});
