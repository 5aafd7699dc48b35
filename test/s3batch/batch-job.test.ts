import { Duration, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { images, joined, jobProps, rights, synthJob } from './fixtures';
import model from '../../local/src/models/s3control.json';
import { EndedJobs, FailedJobs, IncompleteJobs, ReconcileOn, s3batch } from '../../src';
import { decodeBatchJobProperties } from '../../src/s3batch/private/batch-job-decoding-contract';
import { newStack, statementsOf } from '../groundtruth/fixtures';

const { BatchJob, BatchJobInventory, BatchJobRemoval, BatchJobStatus, CompletionReport, Confirmation, Manifest, Operation } = s3batch;

const revisionOf = (properties: Record<string, any>) => JSON.parse(joined(properties.Revision));

describe('a job with nothing but what it needs', () => {
  const { properties, request, template, statements } = synthJob();

  test('has the contract\'s properties', () => {
    expect(properties).toMatchObject({
      ContractVersion: '1',
      StateBucket: { Ref: 'LabelingState59B5A6A3' },
      NameBase: expect.stringMatching(/^labels-[0-9a-f]{6}-job-[0-9a-f]{8}$/),
      Identity: { Operation: '{"S3DeleteObjectTagging":{}}' },
      Priority: 10,
      RemovalMode: 'CANCEL',
      TimeoutSeconds: 1800,
    });
    expect(joined(properties.ManifestPrefix)).toBe('<?>/JobB9D00F9F/manifests/');
    for (const absent of ['Description', 'Tags', 'WaitForCompletion', 'MaxFailedTasks', 'MaxFailedPercentage', 'Resume', 'ReconcileNonce']) {
      expect(properties).not.toHaveProperty(absent);
    }
  });

  test('is what the handler can read, once CloudFormation has made texts of it', () => {
    const texts = (value: any): any => {
      if (Array.isArray(value)) return value.map(texts);
      if (typeof value !== 'object') return String(value);
      if (['Ref', 'Fn::Join', 'Fn::GetAtt', 'Fn::Sub'].some((name) => name in value)) return joined(value);
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, texts(member)]));
    };
    expect(decodeBatchJobProperties(texts(properties))).toMatchObject({
      priority: 10, timeoutSeconds: 1800, waitForCompletion: false, threshold: {}, request: { ConfirmationRequired: false }, manifest: { Fields: ['Key'] },
    });
  });

  test('sends whether it needs confirmation, and where its report goes', () => {
    expect(request).toMatchObject({
      ConfirmationRequired: false,
      Report: { Enabled: true, Bucket: '<BatchReportsA5EC7759.Arn>', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'reports' },
      RoleArn: '<JobRole93F563EA.Arn>',
    });
  });

  test('has a private report bucket that stays', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    });
  });

  test('works in a role that S3 Batch Operations alone may assume', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      Description: 'Role of a job of S3 Batch Operations',
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'batchoperations.s3.amazonaws.com' } }], Version: '2012-10-17' },
    });
    expect(statements.flatMap(({ Action }) => Action).sort())
      .toEqual(['s3:DeleteObjectTagging', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject']);
  });

  test('depends on its permissions and buckets, so that they outlive its Delete', () => {
    const [{ DependsOn: names }] = Object.values(template.findResources('Custom::S3BatchJob'));
    for (const name of ['BatchReports', 'Images', 'JobRoleDefaultPolicy', 'JobRole', 'LabelingState', 'BatchJobProviderIsCompleteRole']) {
      expect(names).toContainEqual(expect.stringMatching(`^${name}[0-9A-F]{8}`));
    }
  });
});

test('handlers may act on jobs of this stack only, by their tags', () => {
  const { template } = synthJob();
  const statements = statementsOf(template, 'BatchJobProviderIsComplete');
  const find = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
  const own = (keys: string) => ({ StringEquals: { [`aws:${keys}/cdk-labeling-workflows:stack-id`]: { Ref: 'AWS::StackId' } } });
  expect(find('s3:CreateJob')).toEqual([{ Action: 's3:CreateJob', Effect: 'Allow', Resource: '*', Condition: own('RequestTag') }]);
  expect(find('s3:UpdateJobStatus')).toMatchObject([{ Condition: own('ResourceTag') }]);
  expect(find('s3:PutJobTagging').map(({ Condition }) => Condition)).toEqual([own('RequestTag'), own('ResourceTag')]);
  expect(find('iam:PassRole')).toMatchObject([{
    Resource: { 'Fn::GetAtt': ['JobRole93F563EA', 'Arn'] }, Condition: { StringEquals: { 'iam:PassedToService': 'batchoperations.s3.amazonaws.com' } },
  }]);
  expect(statementsOf(template, 'BatchJobProviderOnEvent').flatMap(({ Action }) => Action)).not.toContain('s3:CreateJob');
});

test('a job with all that it can have', () => {
  const { properties, request, template } = synthJob((stack) => ({
    report: CompletionReport.allTasks({ bucket: s3.Bucket.fromBucketName(stack, 'R', 'reports'), prefix: 'p', expectedBucketOwner: '111122223333' }),
    role: iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own'),
    priority: 0,
    description: 'Thumbnails',
    confirmation: Confirmation.MANUAL,
    waitForCompletion: true,
    maxFailedTasks: 0,
    maxFailedPercentage: 2.5,
    timeout: Duration.minutes(5),
    removal: BatchJobRemoval.RETAIN,
    resume: { maxAttempts: 1, failed: FailedJobs.ALWAYS, stopped: EndedJobs.RESUME, incomplete: IncompleteJobs.RETRY },
    attempt: 2,
    rerun: 'new thumbnails',
    stateBucket: s3.Bucket.fromBucketName(stack, 'S', 'my-state'),
    reconcileOn: ReconcileOn.PARAMETER,
  }));
  expect(properties).toMatchObject({
    StateBucket: 'my-state',
    ManifestBucket: 'my-state',
    Priority: 0,
    Description: 'Thumbnails',
    RemovalMode: 'RETAIN',
    TimeoutSeconds: 300,
    WaitForCompletion: 'true',
    MaxFailedTasks: 0,
    MaxFailedPercentage: 2.5,
    ReconcileNonce: { Ref: 'ReconcileNonce' },
    Identity: { Rerun: 'new thumbnails' },
  });
  expect(JSON.parse(properties.Resume)).toMatchObject({ maxAttempts: 1, failed: 'ALWAYS', stopped: 'RESUME', incomplete: 'RETRY' });
  expect(request).toMatchObject({
    ConfirmationRequired: true,
    Report: { Enabled: true, Bucket: 'arn:<AWS::Partition>:s3:::reports', Prefix: 'p', ExpectedBucketOwner: '111122223333', ReportScope: 'AllTasks' },
    RoleArn: 'arn:aws:iam::111122223333:role/own',
  });
  expect(revisionOf(properties)).toMatchObject({ attempt: 2, role: 'arn:aws:iam::111122223333:role/own', report: expect.stringContaining('"prefix":"p"') });
  expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((name) => name.startsWith('JobRole'))).toEqual([]);
});

test('neither a given role that cannot be changed nor a report of failed tasks changes the work', () => {
  const { properties: plain } = synthJob();
  const { properties: varied } = synthJob(() => ({ report: CompletionReport.failedTasksOnly(), description: 'x', priority: 5, attempt: 1 }));
  expect(varied.Identity).toEqual(plain.Identity);
  expect(revisionOf(varied)).not.toEqual(revisionOf(plain));
});

test('a function of the app is known by its place, not by its generated name', () => {
  const { properties } = synthJob((stack) => ({
    operation: Operation.invokeFunction({
      function: new lambda.Function(stack, 'Thumbnail', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x') }),
    }),
  }));
  expect(properties.Identity.Operation).toBe('{"LambdaInvoke":{"FunctionArn":"Labels/Thumbnail"}}');
});

test('a report of failed tasks, or none, stands in the request', () => {
  expect(synthJob(() => ({ report: CompletionReport.failedTasksOnly() })).request.Report.ReportScope).toBe('FailedTasksOnly');
  const { request, job, statements } = synthJob(() => ({ report: CompletionReport.none() }));
  expect(request.Report).toEqual({ Enabled: false });
  expect(Object.values(rights(statements)).flat()).not.toContain('s3:PutObject');
  expect(() => job.grantReadReport(new iam.Role(job, 'R', { assumedBy: new iam.AccountRootPrincipal() }))).toThrow('the job writes no completion report');
});

test('tags of the app become tags of the job', () => {
  const stack = newStack();
  Tags.of(stack).add('team', 'vision');
  const job = new BatchJob(stack, 'Job', jobProps(stack));
  Tags.of(job).add('cost', '7');
  Template.fromStack(stack).hasResourceProperties('Custom::S3BatchJob', { Tags: [{ Key: 'cost', Value: '7' }, { Key: 'team', Value: 'vision' }] });
});

test('a job that waits is confirmed by a command to paste', () => {
  const { stack, job } = synthJob(() => ({ confirmation: Confirmation.MANUAL }), newStack({ env: { account: '111122223333', region: 'eu-west-1' } }));
  expect(joined(stack.resolve(job.confirmCommand)))
    .toBe('aws s3control update-job-status --account-id 111122223333 --region eu-west-1 --job-id <JobB9D00F9F.JobId> --requested-job-status Ready');
});

describe('grants', () => {
  const grants = (job: (stack: Stack) => s3batch.IBatchJob) => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
    const made = job(stack);
    made.grantDescribe(role);
    made.grantCancel(role);
    made.grantConfirm(role);
    return statementsOf(Template.fromStack(stack), 'Operator');
  };

  test('follow a job of the app through its generations, by its tags', () => {
    const mine = {
      'aws:ResourceTag/cdk-labeling-workflows:stack-id': { Ref: 'AWS::StackId' },
      'aws:ResourceTag/cdk-labeling-workflows:logical-id': 'JobB9D00F9F',
    };
    expect(grants((stack) => new BatchJob(stack, 'Job', jobProps(stack)))).toMatchObject([
      { Action: ['s3:DescribeJob', 's3:GetJobTagging'], Condition: { StringEquals: mine } },
      { Action: 's3:UpdateJobStatus', Condition: { StringEquals: mine } },
      { Action: 's3:UpdateJobStatus', Condition: { StringEquals: { ...mine, 's3:JobSuspendedCause': 'AWAITING_CONFIRMATION' } } },
    ]);
  });

  test('are of one job where it was imported', () => {
    const found = grants((stack) => BatchJob.fromBatchJobId(stack, 'Old', '00e123a4-c0d8-41f4-a0eb-b46f9ba5b07c'));
    expect(found.map(({ Resource }) => joined(Resource))).toEqual(Array(3).fill('arn:<AWS::Partition>:s3:<AWS::Region>:<AWS::AccountId>:job/00e123a4-c0d8-41f4-a0eb-b46f9ba5b07c'));
    expect(found[0]).not.toHaveProperty('Condition');
  });
});

test('fails for an id that is none', () => {
  expect(() => BatchJob.fromBatchJobId(newStack(), 'Old', 'a b')).toThrow("'batchJobId' must have 5 to 36 letters, digits, hyphens and underscores, got \"a b\"");
});

const abroad = (stack: Stack) => s3.Bucket.fromBucketAttributes(stack, 'Abroad', { bucketName: 'abroad', region: 'eu-west-1' });

test.each<[string, (stack: Stack) => Partial<s3batch.BatchJobProps>, string]>([
  ['a long description', () => ({ description: 'x'.repeat(191) }), "'description' must have 0 to 190 characters, got 191"],
  ['a negative priority', () => ({ priority: -1 }), "'priority' must be a whole number of 0 to 2147483647, got -1"],
  ['a threshold that nobody looks at', () => ({ maxFailedTasks: 1 }), "'maxFailedTasks' needs waitForCompletion: true"],
  ['more than all', () => ({ waitForCompletion: true, maxFailedPercentage: 101 }), "'maxFailedPercentage' must be 0 to 100, got 101"],
  ['half a task', () => ({ waitForCompletion: true, maxFailedTasks: 0.5 }), "'maxFailedTasks' must be a whole number of 0"],
  ['an hour', () => ({ timeout: Duration.hours(1) }), "'timeout' must be 1 second to 55 minutes, CloudFormation waits no longer than an hour, got 1 hour"],
  ['a reason that is none', () => ({ rerun: '' }), "'rerun' must not be empty: say why, or leave it out"],
  ['an attempt that is none', () => ({ attempt: 0.5 }), "'attempt' must be a whole number"],
  ['a report below a slash of its own', () => ({ report: CompletionReport.allTasks({ prefix: 'reports/' }) }), "'prefix' must not begin or end with a slash, S3 puts one behind it"],
  ['checksums without a report', () => ({ operation: Operation.computeChecksum(), report: CompletionReport.none() }), "'report' must be CompletionReport.allTasks() for checksums"],
  ['resuming without a report', () => ({ resume: { incomplete: IncompleteJobs.RETRY }, report: CompletionReport.failedTasksOnly() }), "'report' must be CompletionReport.allTasks() for 'resume'"],
  ['resuming by age', () => ({ resume: { aged: EndedJobs.RESUME } }), "'resume.aged' is for labeling jobs: S3 stops no job by its age"],
  ['objects of another region', (stack) => ({ manifest: Manifest.fromRows(abroad(stack), [{ key: 'a' }]) }), "'manifest' must be of the job's region us-east-1, got eu-west-1"],
  ['copies to another region', (stack) => ({ operation: Operation.copyObjects({ targetBucket: abroad(stack) }) }), "'operation.targetBucket' must be of the job's region us-east-1, got eu-west-1"],
  ['a function of another region', (stack) => ({
    operation: Operation.invokeFunction({ function: lambda.Function.fromFunctionArn(stack, 'F', 'arn:aws:lambda:eu-west-1:111122223333:function:f') }),
  }), "'operation.function' must be of the job's region us-east-1, got eu-west-1"],
])('fails with %s', (_, overrides, message) => {
  expect(() => synthJob(overrides, newStack({ env: { account: '111122223333', region: 'us-east-1' } }))).toThrow(message);
});

test('copies come from another region to that of the job', () => {
  const stack = newStack({ env: { account: '111122223333', region: 'us-east-1' } });
  expect(() => synthJob((each) => ({ manifest: Manifest.fromRows(abroad(each), [{ key: 'a' }]), operation: Operation.copyObjects({ targetBucket: images(each) }) }), stack)).not.toThrow();
});

test('a job may be looked at when jobs end, and at times', () => {
  const { stack, template } = synthJob(() => ({ reconcileOn: ReconcileOn.STATE_CHANGE }));
  // S3 announces nothing by itself
  Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('through CloudTrail only'));
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.s3'],
      'detail-type': ['AWS Service Event via CloudTrail'],
      'detail': { eventSource: ['s3.amazonaws.com'], eventName: ['JobStatusChanged'], serviceEventDetails: { status: ['Complete', 'Failed', 'Cancelled'] } },
    },
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BatchJobProviderReconcile'), 'Arn'] } })],
  });
});

describe('an inventory', () => {
  const synth = (props: s3batch.BatchJobInventoryProps = {}) => {
    const stack = newStack();
    const list = new BatchJobInventory(stack, 'List', props);
    const template = Template.fromStack(stack);
    const [{ Properties: properties }] = Object.values(template.findResources('Custom::S3BatchJobInventory'));
    return { stack, list, template, properties };
  };

  test('lists all jobs of account and region', () => {
    const { properties, template } = synth();
    expect(properties).toMatchObject({ ContractVersion: '1', AccountId: { Ref: 'AWS::AccountId' }, RecordBucket: { Ref: 'LabelingState59B5A6A3' } });
    expect(properties).not.toHaveProperty('JobStatuses');
    expect(statementsOf(template, 'BatchJobInventoryProviderOnEvent').find(({ Action }) => Action === 's3:ListJobs')).toMatchObject({ Resource: '*' });
    expect(statementsOf(template, 'BatchJobInventoryProviderOnEvent').flatMap(({ Action }) => Action)).not.toContain('s3:DescribeJob');
  });

  test('has S3\'s filter and the paginator\'s settings', () => {
    const { properties, template } = synth({
      jobStatuses: [BatchJobStatus.ACTIVE, BatchJobStatus.FAILED], maxItems: 10, pageSize: 5, startingToken: 't', recordPrefix: 'lists/', describeTimers: true,
    });
    expect(properties).toMatchObject({
      JobStatuses: ['Active', 'Failed'], Pagination: { MaxItems: 10, PageSize: 5, StartingToken: 't' }, RecordPrefix: 'lists/', DescribeTimers: 'true',
    });
    expect(statementsOf(template, 'BatchJobInventoryProviderOnEvent').flatMap(({ Action }) => Action)).toContain('s3:DescribeJob');
  });

  test('is taken again after its jobs have changed', () => {
    const stack = newStack();
    new BatchJobInventory(stack, 'List', { jobs: [new BatchJob(stack, 'Job', jobProps(stack))] });
    Template.fromStack(stack).hasResource('Custom::S3BatchJobInventory', {
      Properties: { ReconcileNonce: { 'Fn::GetAtt': ['JobB9D00F9F', 'JobId'] } }, DependsOn: Match.arrayWith(['JobB9D00F9F']),
    });
  });

  test.each<[string, s3batch.BatchJobInventoryProps, string]>([
    ['no state', { jobStatuses: [] }, "'jobStatuses' must not be empty"],
    ['too many at once', { pageSize: 1001 }, "'pageSize' must be a whole number of 1 to 1000, got 1001"],
    ['none at all', { maxItems: 0 }, "'maxItems' must be a whole number of 1 to"],
    ['a prefix without an end', { recordPrefix: 'a' }, "'recordPrefix' must end, but not begin, with a slash"],
    ['an empty token', { startingToken: '' }, "'startingToken' must have 1 to 2048 characters, got 0"],
  ])('fails with %s', (_, props, message) => {
    expect(() => synth(props)).toThrow(message);
  });
});

test('the states are S3\'s', () => {
  expect(Object.values(BatchJobStatus).sort()).toEqual([...model.shapes.JobStatus.enum].sort());
});
