import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { aws, python, testWith } from './python';
import { type ServeProcess, startServe } from './serve-for-tests';

let served: ServeProcess;

beforeAll(async () => { served = await startServe(); });

afterAll(() => served.stop());

testWith('boto3', 'S3, STS and SSM', async () => {
  const found = await python(served, 'storage');
  expect(found).toMatchObject({
    content: 'hello',
    metadata: { kind: 'greeting' },
    keys: ['a/b c+ü.txt', 'large'],
    sameContent: true,
    refused: {
      again: ['PreconditionFailed', 412],
      absent: ['NoSuchKey', 404],
      headAbsent: ['404', 404],
      notEmpty: ['BucketNotEmpty', 409],
      notServed: ['NotImplemented', 501],
      parameter: ['ParameterNotFound', 400],
    },
    identity: { UserId: '123456789012', Account: '123456789012', Arn: 'arn:aws:iam::123456789012:root' },
    assumed: 'arn:aws:sts::123456789012:assumed-role/worker/py',
    parameters: ['1'],
  });
  expect(await (await fetch(found.presigned as string)).text()).toBe('hello');
});

testWith('the AWS CLI', 'S3, STS and SSM', async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'from-cli-')), 'file.txt');
  fs.writeFileSync(file, 'from the command line');
  expect(await aws(served, 's3', 'mb', 's3://from-cli')).toContain('make_bucket: from-cli');
  await aws(served, 's3', 'cp', file, 's3://from-cli/folder/');
  expect(await aws(served, 's3', 'ls', 's3://from-cli', '--recursive')).toMatch(/ 21 folder\/file\.txt\n$/);
  expect(await aws(served, 's3', 'cp', 's3://from-cli/folder/file.txt', '-')).toBe('from the command line');
  expect(await aws(served, 'sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
  await aws(served, 'ssm', 'put-parameter', '--name', '/cli', '--value', 'x', '--type', 'String');
  expect((await aws(served, 'ssm', 'get-parameter', '--name', '/cli')).Parameter.Value).toBe('x');
  await expect(aws(served, 's3api', 'head-object', '--bucket', 'from-cli', '--key', 'none')).rejects.toThrow('(404)');
  fs.rmSync(path.dirname(file), { recursive: true });
});
