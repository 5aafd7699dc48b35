import { constraintError } from '../../../local/src/wire/constraint-errors';
import { violations } from '../../../local/src/wire/constraints';
import { loadModel, modelNames, structure } from '../../../local/src/wire/model';
import { regularExpression } from '../../../local/src/wire/patterns';
import { matchRoute } from '../../../local/src/wire/rest-routes';

function broken(service: string, operation: string, input: object): string[] {
  const model = loadModel(service);
  return violations(model, structure(model, model.operations[operation].input), input).map(({ path, constraint }) => `${path}: ${constraint}`);
}

const WORKTEAM = { WorkteamName: 'team', Description: 'a team', MemberDefinitions: [{ CognitoMemberDefinition: { UserPool: 'us-east-1_p', UserGroup: 'g', ClientId: 'c' } }] };

describe('the models\' patterns', () => {
  test.each(modelNames())('of %s are all understood', (service) => {
    for (const { pattern } of Object.values(loadModel(service).shapes)) if (pattern) expect(regularExpression(pattern)).toBeInstanceOf(RegExp);
  });

  test('match whole values', () => {
    expect(regularExpression('[a-z]+').test('abc')).toBe(true);
    expect(regularExpression('[a-z]+').test('abc!')).toBe(false);
    expect(regularExpression('(?s).*').test('a\nb')).toBe(true);
    expect(regularExpression('[\\p{L}]*').test('ä')).toBe(true);
  });
});

describe('constraints', () => {
  test('of a good input hold', () => {
    expect(broken('sagemaker', 'CreateWorkteam', WORKTEAM)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a missing member', { WorkteamName: undefined }, 'workteamName: Member must not be null'],
    ['a pattern', { WorkteamName: '-a' }, 'workteamName: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}'],
    ['a length', { Description: 'x'.repeat(201) }, 'description: Member must have length less than or equal to 200'],
    ['a list\'s size', { MemberDefinitions: [] }, 'memberDefinitions: Member must have length greater than or equal to 1'],
    ['a member of a list\'s item', { Tags: [{ Key: '', Value: 'v' }] }, 'tags.1.member.key: Member must have length greater than or equal to 1'],
  ])('of %s are named with their path', (_, change, expected) => {
    expect(broken('sagemaker', 'CreateWorkteam', { ...WORKTEAM, ...change })).toContain(expected);
  });

  test('of ranges and enumerations', () => {
    expect(broken('sagemaker', 'ListLabelingJobs', { MaxResults: 101, StatusEquals: 'Nope' })).toEqual([
      'maxResults: Member must have value less than or equal to 100',
      'statusEquals: Member must satisfy enum value set: [Initializing, InProgress, Completed, Failed, Stopping, Stopped]',
    ]);
  });
});

describe('wording', () => {
  const [violation] = violations(loadModel('sagemaker'), structure(loadModel('sagemaker'), 'DescribeWorkteamRequest'), {});

  test('counts and quotes, null without quotes', () => {
    expect(constraintError('sagemaker', [violation])).toMatchObject({
      code: 'ValidationException',
      message: '1 validation error detected: Value null at \'workteamName\' failed to satisfy constraint: Member must not be null',
    });
    expect(constraintError('sagemaker', [violation, { ...violation, value: ['a', 'b'] }]).message).toMatch(/^2 validation errors detected: .*; Value '\[a, b\]' at/);
  });

  test.each([['sns', 'ValidationError'], ['logs', 'InvalidParameterException'], ['sqs', 'MissingParameter'], ['lambda', 'ValidationException']])(
    'of %s has the code %s', (service, code) => {
      expect(constraintError(service, [violation]).code).toBe(code);
    });
});

describe('S3\'s wording', () => {
  const model = loadModel('s3');
  const code = (operation: string, input: object): string =>
    constraintError('s3', violations(model, structure(model, model.operations[operation].input), { Bucket: 'b', ...input })).code;

  test.each<[string, object, string]>([
    ['PutObject', { Key: 'k', StorageClass: 'COLD' }, 'InvalidStorageClass'],
    ['PutObject', { Key: 'k', ServerSideEncryption: 'rot13' }, 'InvalidArgument'],
    ['CreateBucket', { CreateBucketConfiguration: { LocationConstraint: 'moon' } }, 'InvalidLocationConstraint'],
    ['ListBuckets', { MaxBuckets: 0 }, 'InvalidArgument'],
    ['PutBucketVersioning', { VersioningConfiguration: { Status: 'On' } }, 'MalformedXML'],
  ])('%s of %j', (operation, input, expected) => {
    expect(code(operation, input)).toBe(expected);
  });
});

describe('REST routes', () => {
  const match = (method: string, address: string, headers: Record<string, string> = {}) => {
    const [path, query] = address.split('?');
    return matchRoute(loadModel('s3'), { method, path, query: new URLSearchParams(query ?? ''), headers, body: Buffer.alloc(0) });
  };

  test.each<[string, string, Record<string, string>, string]>([
    ['GET', '/', {}, 'ListBuckets'],
    ['GET', '/b', {}, 'ListObjects'],
    ['GET', '/b/?list-type=2&prefix=x', {}, 'ListObjectsV2'],
    ['GET', '/b?versions', {}, 'ListObjectVersions'],
    ['GET', '/b?uploads', {}, 'ListMultipartUploads'],
    ['GET', '/b?website', {}, 'GetBucketWebsite'],
    ['GET', '/b/k?x-id=GetObject', {}, 'GetObject'],
    ['GET', '/b/k?uploadId=1', {}, 'ListParts'],
    ['GET', '/b/k?tagging', {}, 'GetObjectTagging'],
    ['PUT', '/b/a/k', {}, 'PutObject'],
    ['PUT', '/b/a/k', { 'x-amz-copy-source': '/b/x' }, 'CopyObject'],
    ['PUT', '/b/k?partNumber=1&uploadId=1', {}, 'UploadPart'],
    ['PUT', '/b/k?partNumber=1&uploadId=1', { 'x-amz-copy-source': '/b/x' }, 'UploadPartCopy'],
    ['POST', '/b?delete', {}, 'DeleteObjects'],
    ['POST', '/b/k?uploads', {}, 'CreateMultipartUpload'],
    ['DELETE', '/b/k?uploadId=1', {}, 'AbortMultipartUpload'],
  ])('%s %s %j is %4$s', (method, address, headers, operation) => {
    expect(match(method, address, headers)?.operation).toBe(operation);
  });

  test('keep a key\'s slashes and decode its escapes', () => {
    expect(match('GET', '/b/a/%C3%BC%2B//c%20d/')?.labels).toEqual({ Bucket: 'b', Key: 'a/ü+//c d/' });
  });

  test('refuse escapes that are none', () => {
    expect(() => match('GET', '/b/%zz')).toThrow('Couldn\'t parse');
  });
});
