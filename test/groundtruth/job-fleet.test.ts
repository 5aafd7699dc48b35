import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Duration, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { newStack, statementsOf } from './fixtures';
import { fleetOf, specificationOf, synthFleet } from './fleet-fixtures';
import { DesiredState, EndedJobs, FailedJobs, groundtruth, IncompleteJobs, LabelCategories, ReconcileMode } from '../../src';
import { JOB_FLEET_ATTRIBUTES } from '../../src/groundtruth/private/job-fleet-contract';
import { memberBase } from '../../src/model/fleet/member-names';

const { DataGrowth, FailOn, FleetData, FleetJobs, InputManifest, JobRemoval, TaskType, Workteam } = groundtruth;
const texts = (...sources: string[]) => InputManifest.fromRecords(sources.map((source) => ({ source })));

describe('the resource', () => {
  test('of the least fleet', () => {
    const { properties } = synthFleet();
    expect(properties).toMatchObject({
      ContractVersion: '1', Path: 'Labels/Fleet', Mode: 'ENFORCE', DesiredState: 'RUNNING', RemovalMode: 'STOP', TimeoutSeconds: 1800,
      StateBucket: { Ref: expect.stringMatching(/^LabelingState/) },
      StateMachineArn: { Ref: expect.stringMatching(/^FleetStateMachine/) },
    });
    expect(properties.NameBase).toMatch(/^labels-[0-9a-f]{6}-fleet-[0-9a-f]{4}$/);
    for (const absent of ['MaxConcurrentJobs', 'Relabel', 'FailOn', 'ReconcileNonce', 'DriftParameter', 'Tags']) expect(properties).not.toHaveProperty(absent);
  });

  test('of a fleet with everything set', () => {
    const stack = newStack();
    Tags.of(stack).add('team', 'mail');
    const { properties, head } = synthFleet({
      maxConcurrentJobs: 3,
      failOn: FailOn.JOB_FAILED,
      mode: ReconcileMode.REPORT_ONLY,
      desiredState: DesiredState.DRAINED,
      relabel: '2026-11 new guideline',
      removal: JobRemoval.drain({ timeout: Duration.minutes(5), thenRetain: true }),
      timeout: Duration.minutes(10),
      resume: { maxAttempts: 7, failed: FailedJobs.ALWAYS, stopped: EndedJobs.RESUME, aged: EndedJobs.LEAVE, incomplete: IncompleteJobs.RETRY },
      result: { bucket: s3.Bucket.fromBucketName(stack, 'Results', 'results'), prefix: 'mails/merged' },
    }, stack);
    expect(properties).toMatchObject({
      MaxConcurrentJobs: 3, FailOn: 'JOB_FAILED', Mode: 'REPORT_ONLY', DesiredState: 'DRAINED', Relabel: '2026-11 new guideline', RemovalMode: 'DRAIN',
      DrainTimeoutSeconds: 300, DrainThen: 'RETAIN', TimeoutSeconds: 600, Tags: [{ Key: 'team', Value: 'mail' }],
    });
    expect(head).toMatchObject({
      resume: { maxAttempts: 7, failed: 'ALWAYS', stopped: 'RESUME', aged: 'LEAVE', incomplete: 'RETRY' }, resultUri: 's3://results/mails/merged',
    });
  });

  test('has every attribute of the contract', () => {
    const { stack, fleet } = synthFleet();
    const values = [
      fleet.jobs, fleet.notStarted, fleet.pending, fleet.running, fleet.stopping, fleet.completed, fleet.failed, fleet.stopped, fleet.objectsTotal,
      fleet.objectsLabeled, fleet.objectsFailed, fleet.objectsLeft, fleet.created, fleet.adopted, fleet.resumed, fleet.stoppedNow, fleet.drifted,
      fleet.waitingForQuota, fleet.runRecordUri, fleet.currentUri, fleet.resultUri, fleet.message,
    ];
    expect(values.map((value) => stack.resolve(value)['Fn::GetAtt'][1])).toEqual([...JOB_FLEET_ATTRIBUTES]);
  });

  test('stands after rules, state machine, buckets and rights', () => {
    const { resource } = synthFleet();
    for (const prefix of ['LabelingState', 'FleetOutput', 'FleetRoleDefaultPolicy', 'FleetStateMachine', 'FleetReconcileOnStateChange',
      'JobFleetProviderPrepareRoleDefaultPolicy', 'JobFleetProviderReconcileRoleDefaultPolicy', 'JobFleetProviderIsCompleteRoleDefaultPolicy']) {
      expect(resource.DependsOn).toContainEqual(expect.stringMatching(new RegExp(`^${prefix}`)));
    }
  });

  test('is the same twice, and in whatever order jobs are declared', () => {
    const inOrder = (...keys: string[]) => synthFleet({ jobs: FleetJobs.declared(Object.fromEntries(keys.map((key) => [key, { input: texts(key) }]))) });
    expect(inOrder('a', 'b').template.toJSON()).toEqual(inOrder('b', 'a').template.toJSON());
    expect(inOrder('a', 'b').text).toBe(inOrder('b', 'a').text);
  });

  test('has the same names in a stage, where the stack keeps its name', () => {
    const nameIn = (scope: App | Stage) => {
      const stack = new Stack(scope, 'Labels', { stackName: 'Labels' });
      fleetOf(stack);
      return Object.values(Template.fromStack(stack).findResources('Custom::GroundTruthJobFleet'))[0].Properties;
    };
    const [plain, staged] = [nameIn(new App()), nameIn(new Stage(new App(), 'Prod'))];
    expect([staged.NameBase, staged.Path]).toEqual([plain.NameBase, plain.Path]);
  });

  test('gives the stack outputs that can be pasted, unless they are not wanted', () => {
    const { template } = synthFleet();
    const outputs = template.findOutputs('*');
    const text = (id: string) => JSON.stringify(Object.entries(outputs).find(([name]) => name.startsWith(`Fleet${id}`))![1].Value);
    expect(text('ReconcileCommand')).toContain('aws stepfunctions start-execution --region ');
    expect(text('ExportCommand')).toContain(' --input \'{\\"export\\":true}\'');
    expect(text('ShowCommand')).toContain('aws s3 cp ');
    expect(text('JobStates')).toContain('notStarted ');
    expect(synthFleet({ outputs: false }).template.findOutputs('*')).toEqual({});
  });
});

describe('declared jobs', () => {
  test('are lines under a head that says what they share', () => {
    const { head, members, properties } = synthFleet({
      title: 'Spam or ham?',
      jobs: FleetJobs.declared({ a: { input: texts('a') }, b: { input: texts('b'), title: 'Really?', workersPerDataObject: 5, attempt: 2, tags: { x: 'y' } } }),
    });
    expect(head).toMatchObject({ format: 1, members: 2, labelsOnlyUnlabeled: true, identity: { LabelAttributeName: 'label', TaskType: 'TextMultiClass' } });
    expect(Object.keys(head.request).sort()).toEqual(['HumanTaskConfig', 'LabelCategoryConfigS3Uri', 'OutputConfig', 'RoleArn']);
    expect(head.request.HumanTaskConfig).not.toHaveProperty('TaskTitle');
    const b = members.find(({ key }) => key === 'b')!;
    expect(b).toMatchObject({
      base: memberBase(properties.NameBase, properties.Path, 'b'),
      request: { HumanTaskConfig: { TaskTitle: 'Really?', NumberOfHumanWorkersPerDataObject: 5 } },
      revision: { title: 'Really?', workersPerDataObject: 5 },
      attempt: 2,
      tags: { x: 'y' },
    });
    expect(members.map(({ base }) => base)).toEqual(members.map(({ base }) => base).sort());
  });

  test('come from addJob() as well, until synthesis', () => {
    const stack = newStack();
    const fleet = fleetOf(stack, { jobs: undefined });
    fleet.addJob('late', { input: texts('late') });
    expect(specificationOf(stack).members.map(({ key }) => key)).toEqual(['late']);
    expect(() => fleet.addJob('too-late', { input: texts('x') })).toThrow('comes too late');
  });

  test('may have another task, and take what they do not say from the fleet', () => {
    const { members, head } = synthFleet({
      jobs: FleetJobs.declared({
        texts: { input: texts('a') },
        images: {
          input: InputManifest.fromRecords([{ 'source-ref': 's3://images/a.png' }]), taskType: TaskType.imageClassification(), labels: LabelCategories.of('cat', 'dog'),
        },
      }),
    });
    expect(head.request.HumanTaskConfig).not.toHaveProperty('PreHumanTaskLambdaArn');
    expect(members.find(({ key }) => key === 'images')!.identity.TaskType).toBe('ImageMultiClass');
    expect(members.every(({ request }) => request!.HumanTaskConfig.PreHumanTaskLambdaArn !== undefined)).toBe(true);
  });

  test('keep texts that look like placeholders', () => {
    const { members, properties } = synthFleet({ jobs: FleetJobs.declared({ a: { input: texts('a'), title: 'costs ${T0}' }, b: { input: texts('b') } }) });
    expect(members.find(({ key }) => key === 'a')!.revision).toEqual({ title: 'costs ${Dollar}{T0}' });
    expect(properties.Tokens.Dollar).toBe('$');
  });

  test('share one token for what is the same, however many they are', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`job-${i}`, { input: texts(`text ${i}`) }]));
    const few = Object.keys(synthFleet().properties.Tokens).length;
    expect(Object.keys(synthFleet({ jobs: FleetJobs.declared(many) }).properties.Tokens)).toHaveLength(few);
  });

  test('give the role what they read, once', () => {
    const records = (name: string) => InputManifest.fromRecords([{ 'source-ref': `s3://images/${name}.png` }]);
    const { template } = synthFleet({
      taskType: TaskType.imageClassification(), jobs: FleetJobs.declared({ a: { input: records('a') }, b: { input: records('b') }, c: { input: records('a') } }),
    });
    const text = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(text.split(':s3:::images/a.png').length).toBe(2);
    expect(text).toContain(':s3:::images/b.png');
  });
});

describe('a dataset', () => {
  test('is split into jobs of as many objects as the service takes', () => {
    const split = (options: groundtruth.SplitOptions = {}, taskType = TaskType.textClassification()) =>
      synthFleet({ taskType, jobs: FleetJobs.split(FleetData.fromManifest(texts('a', 'b')), options) }).head.dataset!;
    expect(split()).toMatchObject({
      source: { kind: 'manifest', identity: expect.stringMatching(/^sha256:/) }, sourceKey: 'source', maxObjectsPerJob: 100_000,
      partsUri: expect.stringMatching(/\/labels\/parts\/labels-[0-9a-f]{6}-fleet-[0-9a-f]{4}$/),
    });
    expect(split({ maxObjectsPerJob: 75 }).maxObjectsPerJob).toBe(75);
  });

  test('is at most 20,000 objects a job for semantic segmentation', () => {
    const input = InputManifest.fromRecords([{ 'source-ref': 's3://images/a.png' }]);
    const { head } = synthFleet({ taskType: TaskType.semanticSegmentation(), labelAttributeName: 'mask-ref', jobs: FleetJobs.split(FleetData.fromManifest(input)) });
    expect(head.dataset!.maxObjectsPerJob).toBe(20_000);
  });

  test('is shared out over teams', () => {
    const stack = newStack();
    const team = (name: string) => Workteam.fromWorkteamName(stack, name, name);
    const data = FleetData.fromManifest(texts('a', 'b'));
    const jobs = FleetJobs.perWorkteam(data, { berlin: { workteam: team('berlin'), weight: 2 }, lyon: { workteam: team('lyon'), title: 'Spam ou ham ?' } });
    const { head } = synthFleet({ jobs, workteam: undefined }, stack);
    expect(head.request.HumanTaskConfig).not.toHaveProperty('WorkteamArn');
    expect(head.dataset!.shares).toEqual([
      { key: 'berlin', weight: 2, request: { HumanTaskConfig: { WorkteamArn: expect.stringContaining('/berlin') } }, revision: { workteam: expect.stringContaining('/berlin') } },
      {
        key: 'lyon', weight: 1, request: { HumanTaskConfig: { WorkteamArn: expect.stringContaining('/lyon'), TaskTitle: 'Spam ou ham ?' } },
        revision: { title: 'Spam ou ham ?', workteam: expect.stringContaining('/lyon') },
      },
    ]);
  });

  test('is all objects under a prefix, which the handlers may list and the jobs read', () => {
    const stack = newStack();
    const data = FleetData.fromPrefix(s3.Bucket.fromBucketName(stack, 'In', 'images'), 'cats/', { suffixes: ['.jpg'], growth: DataGrowth.INCREMENTS });
    const { head, template } = synthFleet({ taskType: TaskType.imageClassification(), jobs: FleetJobs.split(data) }, stack);
    expect(head.dataset).toMatchObject({
      source: { kind: 'prefix', bucket: 'images', prefix: 'cats/', suffixes: ['.jpg'], growth: 'INCREMENTS' }, sourceKey: 'source-ref',
    });
    const policies = template.findResources('AWS::IAM::Policy');
    const text = (role: string) => JSON.stringify(Object.entries(policies).filter(([id]) => id.startsWith(role)));
    for (const role of ['FleetRole', 'JobFleetProviderPrepareRole']) expect(text(role)).toContain(':s3:::images/cats/*');
    expect(text('JobFleetProviderReconcileRole')).not.toContain(':s3:::images/cats/*');
  });
});

describe('an existing estate', () => {
  const line = (overrides: object = {}) => JSON.stringify({
    format: 1, key: 'old-1', adopt: 'Old-1', arn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/old-1', status: 'InProgress', createdAt: '2026-01-01T00:00:00Z',
    taskType: 'TextMultiClass', labelAttributeName: 'spam', input: 's3://their-data/in.manifest', streaming: false, labelCategoriesUri: 's3://their-data/labels.json',
    request: {
      RoleArn: 'arn:aws:iam::111122223333:role/theirs', OutputConfig: { S3OutputPath: 's3://their-labels/out' }, HumanTaskConfig: { TaskTitle: 'Spam?' },
    },
    tags: {}, ...overrides,
  });
  const file = (...lines: string[]) => {
    const name = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'estate-')), 'estate.jsonl');
    fs.writeFileSync(name, lines.join('\n'));
    return name;
  };

  test('is taken over as it is, and let go when the fleet is deleted', () => {
    const jobs = FleetJobs.fromDeclarations(file(line(), line({ key: 'old-2', adopt: 'old-2' }), ''));
    const { members, properties, template } = synthFleet({ jobs, taskType: undefined, workteam: undefined, labels: undefined });
    expect(members).toHaveLength(2);
    expect(members.find(({ key }) => key === 'old-1')).toMatchObject({
      adopt: 'Old-1', identity: { Input: 's3://their-data/in.manifest', LabelAttributeName: 'spam', LabelCategories: 's3://their-data/labels.json', TaskType: 'TextMultiClass' },
    });
    expect(properties.RemovalMode).toBe('RETAIN');
    const text = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    for (const expected of [':labeling-job/old-1', ':labeling-job/Old-1', 'role/theirs', ':s3:::their-labels/out/*']) expect(text).toContain(expected);
  });

  test('what a key of its own encrypts is read for going on and for the merged result', () => {
    const KmsKeyId = 'arn:aws:kms:us-east-1:111122223333:key/theirs';
    const request = { RoleArn: 'arn:aws:iam::111122223333:role/theirs', OutputConfig: { S3OutputPath: 's3://their-labels/out', KmsKeyId }, HumanTaskConfig: {} };
    const { template } = synthFleet({ jobs: FleetJobs.fromDeclarations(file(line({ request }))), taskType: undefined, workteam: undefined, labels: undefined });
    for (const role of ['JobFleetProviderReconcileRole', 'LabelsExportFunctionRole']) {
      expect(statementsOf(template, role)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KmsKeyId });
    }
  });

  test('a manifest of what is left is written for custom types only', () => {
    const writes = (taskType: string) => statementsOf(
      synthFleet({ jobs: FleetJobs.fromDeclarations(file(line({ taskType }))), taskType: undefined, workteam: undefined, labels: undefined }).template,
      'JobFleetProviderReconcileRole',
    ).filter(({ Resource }) => JSON.stringify(Resource).includes(':s3:::their-labels/out/resume/*'));
    expect(writes('Custom').map(({ Action }) => Action)).toEqual([['s3:PutObject', 's3:AbortMultipartUpload']]);
    expect(writes('TextMultiClass')).toEqual([]);
  });

  test('its jobs are heard by name', () => {
    const { template } = synthFleet({ jobs: FleetJobs.fromDeclarations(file(line())), taskType: undefined, workteam: undefined, labels: undefined });
    const [{ Properties }] = Object.values(template.findResources('AWS::Events::Rule'));
    expect(Properties.EventPattern.resources).toEqual([{ prefix: expect.anything() }, { suffix: ':labeling-job/Old-1' }, { suffix: ':labeling-job/old-1' }]);
  });

  test.each<[string, string[], string]>([
    ['no job', [''], 'the file declares no job'],
    ['a line that is not JSON', ['{'], 'line 1: is not JSON'],
    ['a list', ['[]'], 'line 1: is not a JSON object'],
    ['another format', [line({ format: 2 })], '\'format\' must be 1, got 2'],
    ['a missing field', [line({ taskType: undefined })], '\'taskType\' is missing'],
    ['an incomplete request', [line({ request: {} })], '\'request.RoleArn\' is missing'],
    ['a key twice', [line(), line({ adopt: 'other' })], '\'key\' "old-1" stands in 2 lines'],
    ['a job twice', [line(), line({ key: 'other' })], '\'adopt\' "Old-1" stands in 2 lines'],
    ['a job with an owner', [line({ owner: { stackId: 'arn:stack', logicalId: 'Job' } })], 'is managed by Job of arn:stack already'],
    ['a streaming job', [line({ streaming: true })], 'is a streaming job'],
  ])('fails with %s', (_, lines, problem) => {
    expect(() => FleetJobs.fromDeclarations(file(...lines))).toThrow(problem);
  });

  test('fails where there is no file', () => {
    expect(() => FleetJobs.fromDeclarations('nowhere.jsonl')).toThrow('cannot read "nowhere.jsonl"');
  });
});

describe('fails', () => {
  const declared = (job: Partial<groundtruth.FleetJob>, key = 'a') => ({ jobs: FleetJobs.declared({ [key]: { input: texts('a'), ...job } }) });
  test.each<[string, () => Partial<groundtruth.JobFleetProps>, string | RegExp]>([
    ['without a job', () => ({ jobs: FleetJobs.declared({}) }), 'the fleet has no jobs'],
    ['with no place', () => ({ maxConcurrentJobs: 0 }), "'maxConcurrentJobs' must be a whole number of 1"],
    ['with half an attempt', () => ({ resume: { maxAttempts: 0.5 } }), "'resume.maxAttempts' must be a whole number"],
    ['with an empty relabel', () => ({ relabel: '' }), "'relabel' must not be empty"],
    ['with a time-out beyond an hour', () => ({ timeout: Duration.hours(2) }), "'timeout' must be 1 second to 55 minutes"],
    ['with a bad prefix', () => ({ outputPrefix: '/a' }), "'outputPrefix' must neither begin"],
    ['with a bad result', () => ({ result: { prefix: 'a/' } }), "'result.prefix' must neither begin"],
    ['with a result at the root', () => ({ result: { prefix: '' } }), "'result.prefix' must not be empty"],
    ['without a task type', () => ({ taskType: undefined, labels: undefined }), /job "a": 'taskType' is missing/],
    ['with labels of no task type', () => ({ taskType: undefined }), "'labels' needs 'taskType'"],
    ['without a team', () => ({ workteam: undefined }), /job "a": 'workteam' is missing/],
    ['with a bad key', () => declared({}, 'a/b'), 'key "a/b" must have 1 to 128'],
    ['with a bad job', () => declared({ title: '' }), /job "a": 'title' must have 1 to 128/],
    ['with a job\'s bad adoption', () => declared({ adopt: 'a_b' }), /job "a": 'adopt' must be a job's name/],
    ['with a dataset of no task type', () => ({ taskType: undefined, labels: undefined, jobs: FleetJobs.split(FleetData.fromManifest(texts('a'))) }), "'taskType' is missing"],
    ['with a dataset of no team', () => ({ workteam: undefined, jobs: FleetJobs.split(FleetData.fromManifest(texts('a'))) }), "'workteam' is missing"],
    ['with jobs of no object', () => ({ jobs: FleetJobs.split(FleetData.fromManifest(texts('a')), { maxObjectsPerJob: 0 }) }), "'maxObjectsPerJob' must be"],
    ['with too large jobs', () => ({ jobs: FleetJobs.split(FleetData.fromManifest(texts('a')), { maxObjectsPerJob: 100_001 }) }), 'of 1 to 100000'],
    ['with no teams', () => ({ jobs: FleetJobs.perWorkteam(FleetData.fromManifest(texts('a')), {}) }), 'no team is given'],
    ['with texts under a prefix', () => ({ jobs: FleetJobs.split(FleetData.fromPrefix(s3.Bucket.fromBucketName(newStack(), 'B', 'images'), '')) }), 'reads texts from \'source\''],
    ['with a prefix that begins with a slash', () => ({ jobs: FleetJobs.split(FleetData.fromPrefix(s3.Bucket.fromBucketName(newStack(), 'B', 'images'), '/a')) }), "'prefix' must not begin with a slash"],
  ])('%s', (_, overrides, problem) => {
    expect(() => synthFleet(overrides())).toThrow(problem);
  });

  test('with a team and teams', () => {
    const stack = newStack();
    const jobs = FleetJobs.perWorkteam(FleetData.fromManifest(texts('a')), { a: { workteam: Workteam.fromWorkteamName(stack, 'A', 'a') } });
    expect(() => synthFleet({ jobs }, stack)).toThrow("'workteam' must be left out");
  });

  test('with a weight of nothing', () => {
    const workteam = Workteam.fromWorkteamName(newStack(), 'A', 'a');
    expect(() => FleetJobs.perWorkteam(FleetData.fromManifest(texts('a')), { a: { workteam, weight: 0 } })).toThrow("'weight' of \"a\" must be a number greater than 0, got 0");
  });

  test('with a key twice', () => {
    const fleet = fleetOf(newStack());
    expect(() => fleet.addJob('a', { input: texts('b') })).toThrow('has a job "a" already');
  });

  test('with keys of the same hash, naming both', () => {
    const { properties: { NameBase, Path } } = synthFleet();
    const seen = new Map<string, string>();
    let twins: [string, string] | undefined;
    for (let i = 0; !twins; i++) {
      const base = memberBase(NameBase, Path, `k${i}`);
      if (seen.has(base)) twins = [seen.get(base)!, `k${i}`];
      else seen.set(base, `k${i}`);
    }
    const jobs = FleetJobs.declared(Object.fromEntries(twins.map((key) => [key, { input: texts('a') }])));
    expect(() => synthFleet({ jobs })).toThrow(new RegExp(`the jobs "(${twins.join('|')})" and "(${twins.join('|')})" would get the same names`));
  });
});
