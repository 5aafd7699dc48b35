import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { images, joined } from './fixtures';
import { ReconcileOn, s3batch } from '../../src';
import { newStack, statementsOf } from '../groundtruth/fixtures';

const { Confirmation, FleetJobs, JobFleet, Manifest, Operation } = s3batch;

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `${index + 1}.jpg` }));
const manifest = (stack: Stack, key = 'cat.jpg') => Manifest.fromRows(images(stack), [{ key }]);

function synthFleet(props: (stack: Stack) => Partial<s3batch.JobFleetProps> = () => ({}), stack = newStack()) {
  const fleet = new JobFleet(stack, 'Fleet', {
    operation: Operation.deleteTags(), jobs: { a: { manifest: manifest(stack, 'a') }, b: { manifest: manifest(stack, 'b'), priority: 20 } }, ...props(stack),
  });
  const template = Template.fromStack(stack);
  const jobs: Array<Record<string, any>> = Object.values(template.findResources('Custom::S3BatchJob')).map(({ Properties }) => Properties);
  return { stack, fleet, template, jobs };
}

/** The rows of every job, by key, as their assets hold them. */
function rowsByJob(make: (stack: Stack) => { [key: string]: s3batch.FleetJobOptions }): Record<string, string> {
  const { fleet, stack } = synthFleet((each) => ({ jobs: make(each) }), newStack());
  return Object.fromEntries(fleet.keys.map((key) => {
    const asset = fleet.job(key).node.findChild('Manifest') as unknown as { assetPath: string };
    return [key, fs.readFileSync(path.resolve(Stage.of(stack)!.outdir, asset.assetPath), 'utf8')];
  }));
}

describe('jobs of a fleet', () => {
  test('are resources of their own, with what is common and what is not', () => {
    const { jobs } = synthFleet(() => ({ priority: 5, description: 'Clean', waitForCompletion: true, maxFailedTasks: 3, resume: { maxAttempts: 1 } }));
    expect(jobs).toHaveLength(2);
    const common = { Description: 'Clean', WaitForCompletion: 'true', MaxFailedTasks: 3 };
    expect(jobs).toMatchObject([{ ...common, Priority: 5 }, { ...common, Priority: 20 }]);
    expect(JSON.parse(jobs[0].Resume)).toMatchObject({ maxAttempts: 1 });
  });

  test('share provider, buckets and, with one operation, a role', () => {
    const { template, jobs } = synthFleet();
    expect(new Set(jobs.map(({ Request }) => joined(JSON.parse(joined(Request)).RoleArn))).size).toBe(1);
    expect(new Set(jobs.map(({ StateBucket }) => joined(StateBucket))).size).toBe(1);
    expect(new Set(jobs.map(({ Request }) => JSON.parse(joined(Request)).Report.Bucket)).size).toBe(1);
    expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((name) => name.startsWith('Fleet'))).toHaveLength(1);
    expect(statementsOf(template, 'FleetS3DeleteObjectTaggingRole').flatMap(({ Action }) => Action)).toContain('s3:DeleteObjectTagging');
  });

  test('with another operation have a role of their own, which may do nothing else', () => {
    const { template } = synthFleet((stack) => ({
      jobs: { a: { manifest: manifest(stack) }, b: { manifest: manifest(stack), operation: Operation.restore() } },
    }));
    const actions = (role: string) => statementsOf(template, role).flatMap(({ Action }) => Action);
    expect(actions('FleetS3InitiateRestoreObjectRole')).toContain('s3:RestoreObject');
    expect(actions('FleetS3InitiateRestoreObjectRole')).not.toContain('s3:DeleteObjectTagging');
    expect(actions('FleetS3DeleteObjectTaggingRole')).not.toContain('s3:RestoreObject');
  });

  test('a shared role is no revision of theirs, one of the user\'s own is', () => {
    expect(JSON.parse(synthFleet().jobs[0].Revision)).not.toHaveProperty('role');
    const own = synthFleet((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own') }));
    expect(JSON.parse(own.jobs[1].Revision)).toMatchObject({ role: 'arn:aws:iam::111122223333:role/own' });
    expect(Object.keys(own.template.findResources('AWS::IAM::Role')).filter((name) => name.startsWith('Fleet'))).toEqual([]);
  });

  test('get the fleet\'s tags', () => {
    const stack = newStack();
    const fleet = new JobFleet(stack, 'Fleet', { operation: Operation.deleteTags(), jobs: { a: { manifest: manifest(stack) } } });
    Tags.of(fleet).add('team', 'vision');
    Template.fromStack(stack).hasResourceProperties('Custom::S3BatchJob', { Tags: [{ Key: 'team', Value: 'vision' }] });
  });

  test('what a job leaves undefined is as the fleet has it', () => {
    const { jobs } = synthFleet((stack) => ({ priority: 7, jobs: { a: { manifest: manifest(stack), priority: undefined, operation: undefined } } }));
    expect(jobs).toMatchObject([{ Priority: 7 }]);
  });

  test('are found by their keys', () => {
    const { fleet } = synthFleet();
    expect(fleet.keys).toEqual(['a', 'b']);
    expect(fleet.job('b').node.path).toMatch(/Fleet\/Jobs\/b$/);
    expect(() => fleet.job('c')).toThrow(/there is no job "c", there are "a", "b"/);
  });

  test('are summed up by a resource that sees all of their attributes', () => {
    const { template, stack, fleet } = synthFleet();
    const [{ Properties }] = Object.values(template.findResources('Custom::S3BatchJobFleet'));
    const names = Object.keys(template.findResources('Custom::S3BatchJob'));
    expect(Properties.Members.map((member: any) => [member.Key, joined(member.State), joined(member.FailedTasks)]))
      .toEqual(names.map((name, index) => ['ab'[index], `<${name}.State>`, `<${name}.FailedTasks>`]));
    expect(stack.resolve(fleet.totalTasks)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Fleet/), 'TotalTasks'] });
  });

  test('fit into a stack, a hundred of them with a rule each', () => {
    const { template } = synthFleet((stack) => ({ reconcileOn: ReconcileOn.STATE_CHANGE, jobs: FleetJobs.fromRows('cats', images(stack), rows(100), { maxRowsPerJob: 1 }) }));
    expect(Object.keys(template.findResources('Custom::S3BatchJob'))).toHaveLength(100);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(400);
    // the rights of handlers do not grow with the fleet
    expect(Object.keys(template.findResources('AWS::IAM::ManagedPolicy')).filter((name) => name.startsWith('BatchJobProvider'))).toEqual([]);
  });
});

describe('confirmation', () => {
  test('one command confirms all jobs that wait for it, and no other', () => {
    const { stack, fleet } = synthFleet((each) => ({
      confirmation: Confirmation.MANUAL, jobs: { a: { manifest: manifest(each) }, b: { manifest: manifest(each), confirmation: Confirmation.AUTOMATIC } },
    }));
    const command = joined(stack.resolve(fleet.confirmCommand));
    expect(command).toMatch(/^for id in <FleetJobsa[^.]*\.JobId>; do aws s3control update-job-status .*--job-id "\$id" --requested-job-status Ready; done$/);
  });

  test('there is no command where nobody is asked', () => {
    expect(synthFleet().fleet.confirmCommand).toBeUndefined();
  });
});

describe('a list that is split', () => {
  const split = (count: number, most: number) => rowsByJob((stack) => FleetJobs.fromRows('cats', images(stack), rows(count), { maxRowsPerJob: most }));

  test('has each row in exactly one job, in order', () => {
    expect(split(5, 2)).toEqual({ 'cats-1': '1.jpg\n2.jpg\n', 'cats-2': '3.jpg\n4.jpg\n', 'cats-3': '5.jpg\n' });
  });

  test('keeps rows in their jobs when others are added behind', () => {
    const [before, after] = [split(5, 2), split(8, 2)];
    expect(after).toMatchObject({ 'cats-1': before['cats-1'], 'cats-2': before['cats-2'] });
    expect(after['cats-3']).toBe(`${before['cats-3']}6.jpg\n`);
  });

  test('may be a CSV file, whose values stay as they are', () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'fleet-')), 'rows.csv');
    fs.writeFileSync(file, 'pictures,a%20b.jpg\npictures,"c%2C""d"""\npictures,e.jpg\n');
    expect(rowsByJob(() => FleetJobs.fromAsset('list', file, { maxRowsPerJob: 2 })))
      .toEqual({ 'list-1': 'pictures,a%20b.jpg\npictures,"c%2C""d"""\n', 'list-2': 'pictures,e.jpg\n' });
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  test('that is generated has a job a prefix', () => {
    const { fleet, jobs } = synthFleet((stack) => ({
      jobs: FleetJobs.fromPrefixes('old', { sourceBucket: images(stack), prefixes: ['2024/', '2025/'], filter: { objectSizeGreaterThanBytes: 1 } }),
    }));
    expect(fleet.keys).toEqual(['old-2024/', 'old-2025/']);
    expect(jobs.map(({ Request }) => JSON.parse(joined(Request)).ManifestGenerator.S3JobManifestGenerator.Filter)).toEqual(['2024/', '2025/'].map((prefix) => ({
      KeyNameConstraint: { MatchAnyPrefix: [prefix] }, ObjectSizeGreaterThanBytes: 1,
    })));
  });

  test.each<[string, (bucket: s3.IBucket) => unknown, RegExp]>([
    ['no rows', (bucket) => FleetJobs.fromRows('a', bucket, [], { maxRowsPerJob: 1 }), /no rows/],
    ['no room', (bucket) => FleetJobs.fromRows('a', bucket, rows(1), { maxRowsPerJob: 0 }), /'maxRowsPerJob' must be .*got 0/],
    ['the same object in two parts', (bucket) => FleetJobs.fromRows('a', bucket, [...rows(2), ...rows(1)], { maxRowsPerJob: 2 }), /row 3 names the same object as row 1/],
    ['no file', () => FleetJobs.fromAsset('a', 'not-there.csv', { maxRowsPerJob: 1 }), /FleetJobs.fromAsset: cannot read "not-there.csv"/],
    ['no prefix', (sourceBucket) => FleetJobs.fromPrefixes('a', { sourceBucket, prefixes: [] }), /'prefixes' must not be empty/],
    ['a prefix within another', (sourceBucket) => FleetJobs.fromPrefixes('a', { sourceBucket, prefixes: ['a/b/', 'a/0/', 'a/'] }), /"a\/b\/", whose objects "a\/" has/],
    ['two filters', (sourceBucket) => FleetJobs.fromPrefixes('a', { sourceBucket, prefixes: ['a/'], filter: { matchAnyPrefix: 'b' } }), /leave it out/],
  ])('is refused with %s', (_, make, problem) => {
    expect(() => make(images(newStack()))).toThrow(problem);
  });
});

test.each<[string, (stack: Stack) => Partial<s3batch.JobFleetProps>, RegExp]>([
  ['without jobs', () => ({ jobs: {} }), /'jobs' must not be empty/],
  ['with too many', (stack) => ({ jobs: FleetJobs.fromRows('a', images(stack), rows(101), { maxRowsPerJob: 1 }) }), /at most 100 jobs.*got 101: give each job more rows/],
  ['with an empty key', (stack) => ({ jobs: { '': { manifest: manifest(stack) } } }), /must not be empty, got ""/],
  ['without an operation', (stack) => ({ operation: undefined, jobs: { a: { manifest: manifest(stack) } } }), /'jobs\["a"\]\.operation' is missing/],
  ['with a property that its jobs refuse', () => ({ priority: -1 }), /Fleet\/Jobs\/a: 'priority'/],
])('a fleet %s is refused', (_, props, problem) => {
  expect(() => synthFleet(props)).toThrow(problem);
});
