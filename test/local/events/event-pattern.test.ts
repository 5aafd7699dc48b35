import { compilePattern, InvalidPattern } from '../../../local/src/services/event-pattern';

const event = {
  source: 'aws.sagemaker',
  resources: ['arn:a', 'arn:b'],
  address: '10.0.0.7',
  detail: { status: 'Completed', count: 3, price: 1.5, done: true, none: null, nested: { name: 'Job-A' }, items: [{ id: 1 }, { id: 2 }] },
};

test.each<[pattern: object, matches: boolean]>([
  [{ source: ['aws.sagemaker'] }, true],
  [{ source: ['aws.s3', 'aws.sagemaker'] }, true],
  [{ source: ['aws.s3'] }, false],
  [{ resources: ['arn:b'] }, true],
  [{ detail: { status: ['Completed'], count: [3] } }, true],
  [{ detail: { status: ['Completed'], count: [4] } }, false],
  [{ detail: { done: [true], none: [null] } }, true],
  [{ detail: { count: ['3'] } }, false],
  [{ detail: { items: { id: [2] } } }, true],
  [{ resources: [{ prefix: 'arn:' }] }, true],
  [{ detail: { nested: { name: [{ prefix: { 'equals-ignore-case': 'job-' } }] } } }, true],
  [{ source: [{ suffix: 'maker' }] }, true],
  [{ source: [{ suffix: 'Maker' }] }, false],
  [{ detail: { nested: { name: [{ 'equals-ignore-case': 'JOB-a' }] } } }, true],
  [{ source: [{ wildcard: 'aws.*maker' }] }, true],
  [{ source: [{ wildcard: 'aws*x' }] }, false],
  [{ source: [{ 'anything-but': 'aws.s3' }] }, true],
  [{ source: [{ 'anything-but': ['aws.s3', 'aws.sagemaker'] }] }, false],
  [{ source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
  [{ detail: { missing: [{ 'anything-but': 'x' }] } }, false],
  [{ detail: { count: [{ numeric: ['>', 2, '<=', 3] }] } }, true],
  [{ detail: { price: [{ numeric: ['=', 1.5] }] } }, true],
  [{ detail: { count: [{ numeric: ['<', 3] }] } }, false],
  [{ detail: { missing: [{ exists: false }], status: [{ exists: true }] } }, true],
  [{ detail: { status: [{ exists: false }] } }, false],
  [{ address: [{ cidr: '10.0.0.0/24' }] }, true],
  [{ address: [{ cidr: '10.0.1.0/24' }] }, false],
  [{ $or: [{ source: ['aws.s3'] }, { detail: { status: ['Completed'] } }] }, true],
  [{ $or: [{ source: ['aws.s3'] }, { detail: { status: ['Failed'] } }] }, false],
  [{ detail: { $or: [{ count: [3] }, { price: [9] }] } }, true],
])('%j: %s', (pattern, matches) => {
  expect(compilePattern(JSON.stringify(pattern))(event)).toBe(matches);
});

test.each([
  '{', '[]', '{}', '"x"', '{"source":"aws.s3"}', '{"source":[]}', '{"source":[{"like":"x"}]}', '{"source":[{"prefix":1}]}', '{"a":[{"numeric":[">"]}]}',
  '{"a":[{"numeric":["~",1]}]}', '{"a":[{"exists":"yes"}]}', '{"a":[["nested"]]}', '{"$or":[{"a":[1]}]}', '{"a":[{"prefix":"x","suffix":"y"}]}', '{"a":[{"cidr":"nowhere"}]}',
])('refuses %s', (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(InvalidPattern);
});
