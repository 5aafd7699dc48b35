import { ServiceError } from './fake-service';
import { FakeStack, otherIdentity, properties } from './fake-stack';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';

let stack: FakeStack;
beforeEach(() => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const REVISED = properties({ Revision: '{"TaskTitle":"Spam or ham?"}' });

function outputOf(name: string): string {
  return `s3://out/labels/${name}/manifests/output/output.manifest`;
}

function manifestOf(name: string): string | undefined {
  return stack.service.get(name).request.InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri;
}

describe('what changes in place', () => {
  test('tags', async () => {
    const { id } = await stack.create(properties({ Tags: [{ Key: 'team', Value: 'mail' }, { Key: 'old', Value: 'x' }] }));
    stack.service.get(`${id}-r1`).tags.organisation = 'set by somebody else';
    const { data } = await stack.update(properties({ Tags: [{ Key: 'team', Value: 'post' }, { Key: 'new', Value: 'y' }] }));
    expect(data.LabelingJobName).toBe(`${id}-r1`);
    const { tags } = stack.service.get(`${id}-r1`);
    expect(tags).toMatchObject({ team: 'post', new: 'y', organisation: 'set by somebody else', [OWNER_TAGS.logicalId]: 'SpamJob' });
    expect(tags).not.toHaveProperty('old');
  });

  test('what the library generates: the next generation has it, the running job goes on', async () => {
    const { id } = await stack.create();
    const moved = properties({ Request: { ...properties().Request, RoleArn: 'arn:aws:iam::111122223333:role/generated-anew' } });
    await stack.update(moved);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress' });
    await stack.update({ ...REVISED, Request: moved.Request });
    expect(stack.service.get(`${id}-r2`).request.RoleArn).toBe('arn:aws:iam::111122223333:role/generated-anew');
  });
});

describe('another revision', () => {
  test('stops, waits, and resumes what is left from the output manifest', async () => {
    const { id } = await stack.create();
    stack.service.label(`${id}-r1`, { totalLabeled: 30, humanLabeled: 30, unlabeled: 70 });
    stack.objects.files.set(outputOf(`${id}-r1`), []);
    const { data } = await stack.update(REVISED);
    expect(stack.id).toBe(id);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped', [`${id}-r2`]: 'InProgress' });
    expect(manifestOf(`${id}-r2`)).toBe(outputOf(`${id}-r1`));
    expect(data).toMatchObject({ Generation: '2' });
  });

  test('a job that touched nothing hands its own input on', async () => {
    const { id } = await stack.create();
    await stack.update(REVISED);
    expect(manifestOf(`${id}-r2`)).toBe('s3://in/declared.manifest');
  });

  test.each([
    ['objects were labeled', (id: string) => stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 })],
    ['annotations were consolidated', (id: string) => stack.objects.files.set(`s3://out/labels/${id}-r1/annotations/consolidated-annotation/0.json`, [])],
  ])('without an output manifest a job is reported and left where %s', async (_, arrange) => {
    const { id } = await stack.create();
    arrange(id);
    const { data } = await stack.update(REVISED);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped' });
    expect(data.Message).toContain(`${id}-r1 is not resumed: it left no output manifest`);
  });

  test('a task type that labels all it reads gets the unlabeled lines only', async () => {
    const custom = properties({ LabelsOnlyUnlabeled: 'false' });
    const { id } = await stack.create(custom);
    stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
    stack.objects.files.set(outputOf(`${id}-r1`), ['{"source":"a","spam":0,"spam-metadata":{}}', '{"source":"b"}', '', 'no json']);
    await stack.update({ ...custom, Revision: REVISED.Revision });
    const manifest = manifestOf(`${id}-r2`)!;
    expect(manifest).toBe(`s3://out/labels/resume/${id}-r2/unlabeled.manifest`);
    expect(stack.objects.files.get(manifest)).toEqual(['{"source":"b"}', 'no json']);
    expect(stack.ledgers.ledger('state').generations.find((one) => one.generation === 2)).toMatchObject({ inputUri: manifest, resumes: `${id}-r1` });
  });

  test('where the output location changes, the manifest of what is left lies in the new one, where the handler may write', async () => {
    const custom = properties({ LabelsOnlyUnlabeled: 'false' });
    const { id } = await stack.create(custom);
    stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
    stack.objects.files.set(outputOf(`${id}-r1`), ['{"source":"b"}']);
    await stack.update({ ...custom, Revision: '{"outputPath":"s3://new/place"}', Request: { ...custom.Request, OutputConfig: { S3OutputPath: 's3://new/place' } } });
    expect(manifestOf(`${id}-r2`)).toBe(`s3://new/place/resume/${id}-r2/unlabeled.manifest`);
  });

  test('fails with a remedy where the labels of the former generation may not be read', async () => {
    await stack.create();
    jest.spyOn(stack.objects, 'exists').mockRejectedValue(new ServiceError('AccessDenied', 'Access Denied'));
    await expect(stack.update(REVISED)).rejects.toThrow(/may not be read.*formerOutputBuckets/);
  });

  test('the next generation gets what remains of the stopping conditions, and no automated labeling on few objects', async () => {
    const request = {
      ...properties().Request,
      StoppingConditions: { MaxHumanLabeledObjectCount: '50' },
      LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn:aws:sagemaker:us-east-1:027400017018:x' },
    };
    const { id } = await stack.create(properties({ Request: request }));
    stack.service.label(`${id}-r1`, { totalLabeled: 30, humanLabeled: 30, unlabeled: 70 });
    stack.objects.files.set(outputOf(`${id}-r1`), []);
    await stack.update({ ...REVISED, Request: request });
    const resumed = stack.service.get(`${id}-r2`).request;
    expect(resumed.StoppingConditions).toEqual({ MaxHumanLabeledObjectCount: 20 });
    expect(resumed).not.toHaveProperty('LabelingJobAlgorithmsConfig');
  });

  test('with enough objects, the next generation goes on with the model that the one before has trained', async () => {
    const LabelingJobAlgorithmsConfig = {
      LabelingJobAlgorithmSpecificationArn: 'arn:aws:sagemaker:us-east-1:027400017018:x', InitialActiveLearningModelArn: 'arn:aws:sagemaker:us-east-1:111122223333:model/declared',
    };
    const Request = { ...properties().Request, LabelingJobAlgorithmsConfig };
    const { id, data } = await stack.create(properties({ Request }));
    expect(data.FinalActiveLearningModelArn).toBe('');
    stack.service.label(`${id}-r1`, { totalLabeled: 500, machineLabeled: 500, unlabeled: 1250 });
    stack.objects.files.set(outputOf(`${id}-r1`), []);
    stack.service.get(`${id}-r1`).finalModelArn = 'arn:aws:sagemaker:us-east-1:111122223333:model/trained';
    await stack.update({ ...REVISED, Request });
    expect(stack.service.get(`${id}-r2`).request.LabelingJobAlgorithmsConfig).toEqual({
      ...LabelingJobAlgorithmsConfig, InitialActiveLearningModelArn: 'arn:aws:sagemaker:us-east-1:111122223333:model/trained',
    });
  });

  test('the model of a job that has ended is told of, also by the ledger', async () => {
    const { id } = await stack.create();
    stack.service.get(`${id}-r1`).finalModelArn = 'arn:aws:sagemaker:us-east-1:111122223333:model/trained';
    stack.service.end(`${id}-r1`, 'Completed');
    await stack.update(properties({ ReconcileNonce: '1' }));
    stack.service.get(`${id}-r1`).finalModelArn = 'never asked for again';
    const { data } = await stack.update(properties({ ReconcileNonce: '2' }));
    expect(data.FinalActiveLearningModelArn).toBe('arn:aws:sagemaker:us-east-1:111122223333:model/trained');
  });

  test('keeps a completed job, with a warning', async () => {
    const { id } = await stack.create();
    stack.service.end(`${id}-r1`, 'Completed');
    const { data } = await stack.update(REVISED);
    expect(data.LabelingJobName).toBe(`${id}-r1`);
    expect(data.Message).toContain('the changed settings take effect on no job');
  });

  test('resumes a failed job', async () => {
    const { id } = await stack.create();
    stack.service.end(`${id}-r1`, 'Failed', 'ClientError: a pre-annotation Lambda');
    await stack.update(REVISED);
    expect(stack.service.statuses()).toMatchObject({ [`${id}-r2`]: 'InProgress' });
  });
});

describe('the same version again', () => {
  test('leaves and reports a job that a person stopped', async () => {
    const { id } = await stack.create();
    stack.service.end(`${id}-r1`, 'Stopped');
    const { data } = await stack.update(properties({ ReconcileNonce: '2' }));
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped' });
    expect(data).toMatchObject({ State: 'Stopped', Message: expect.stringContaining('was stopped outside of this stack') });
  });

  test('reports a job that has failed since', async () => {
    const { id } = await stack.create();
    stack.service.end(`${id}-r1`, 'Failed', 'ClientError: the role is gone');
    const { data } = await stack.update(properties({ ReconcileNonce: '2' }));
    expect(data).toMatchObject({ State: 'Failed', Message: `${id}-r1 has failed: ClientError: the role is gone` });
  });
});

describe('another identity', () => {
  test('fails on a job with labels, before anything is written or stopped', async () => {
    const { id } = await stack.create();
    stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
    const before = stack.ledgers.ledger('state');
    await expect(stack.update(properties(otherIdentity('phishing')))).rejects.toThrow(/has 1 labeled objects.*set "relabel"/);
    expect(stack.ledgers.ledger('state')).toEqual(before);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress' });
  });

  test('replaces a job without labels: stops it first, and its clean-up Delete lets the live job live', async () => {
    const { id } = await stack.create();
    const { id: replacement } = await stack.updateOnly(properties(otherIdentity('phishing')));
    expect(replacement).not.toBe(id);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped', [`${replacement}-r1`]: 'InProgress' });
    expect(stack.service.get(`${replacement}-r1`).createdAt).toBeGreaterThan(stack.service.get(`${id}-r1`).modifiedAt - 1);
    await stack.cleanUp();
    expect(stack.service.statuses()).toMatchObject({ [`${replacement}-r1`]: 'InProgress' });
    expect(stack.ledgers.keys('state')).toHaveLength(1);
  });

  test('fails when labels came after the check, and the rollback resumes', async () => {
    const { id } = await stack.create();
    const waiting = await stack.onEvent(
      stack.event('Update', properties(otherIdentity('phishing')), { PhysicalResourceId: id, OldResourceProperties: properties() }));
    stack.service.label(`${id}-r1`, { totalLabeled: 2, humanLabeled: 2, unlabeled: 98 });
    await expect(stack.wait(waiting)).rejects.toThrow(/has 2 labeled objects/);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress' });
  });

  test('goes on with relabel, which counts once', async () => {
    const { id } = await stack.create();
    stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
    const { id: second } = await stack.update(properties({ ...otherIdentity('phishing'), Relabel: 'yes' }));
    stack.service.label(`${second}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
    await expect(stack.update(properties({ ...otherIdentity('scam'), Relabel: 'yes' }))).rejects.toThrow(/has 1 labeled objects/);
    await stack.update(properties({ ...otherIdentity('scam'), Relabel: 'yes, again' }));
    expect(Object.values(stack.service.statuses())).toEqual(['Stopped', 'Stopped', 'InProgress']);
  });

  test('with overlap the replaced job runs until its clean-up', async () => {
    const { id } = await stack.create();
    const { id: second } = await stack.updateOnly(properties({ ...otherIdentity('phishing'), Relabel: 'yes', Overlap: 'true' }));
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress', [`${second}-r1`]: 'InProgress' });
    await stack.cleanUp();
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped', [`${second}-r1`]: 'InProgress' });
  });
});

describe('rollback', () => {
  test('of a failed work-neutral change resumes the job that was stopped', async () => {
    const { id } = await stack.create();
    stack.service.fail('create', new ServiceError('ValidationException', 'the template is broken'));
    await expect(stack.update(REVISED)).rejects.toThrow(/the template is broken/);
    const { data } = await stack.update(properties());
    expect(data).toMatchObject({ LabelingJobName: `${id}-r2`, LabelingJobStatus: 'InProgress' });
    expect(manifestOf(`${id}-r2`)).toBe('s3://in/declared.manifest');
  });

  test('of an identity change resumes the former identity, and the clean-up removes the other one', async () => {
    const { id } = await stack.create();
    stack.service.label(`${id}-r1`, { totalLabeled: 30, humanLabeled: 30, unlabeled: 70 });
    stack.objects.files.set(outputOf(`${id}-r1`), []);
    await stack.updateOnly(properties({ ...otherIdentity('phishing'), Relabel: 'yes' }));
    const { id: back, data } = await stack.update(properties());
    expect(back).toBe(id);
    expect(data).toMatchObject({ LabelingJobName: `${id}-r2`, LabelingJobStatus: 'InProgress' });
    expect(manifestOf(`${id}-r2`)).toBe(outputOf(`${id}-r1`));
    expect(Object.values(stack.service.statuses()).filter((status) => status === 'InProgress')).toHaveLength(1);
  });

  test('succeeds even where it can only resume later, and says so', async () => {
    const { id } = await stack.create();
    const { id: other } = await stack.updateOnly(properties(otherIdentity('phishing')));
    stack.service.fail('create', new ServiceError('ResourceLimitExceeded', 'The limit is 1'));
    const { data } = await stack.update(properties());
    expect(data).toMatchObject({ LabelingJobName: `${id}-r1`, State: 'Stopped' });
    expect(data.Message).toContain('goes on at the next reconcile');
    const later = await stack.update(properties({ ReconcileNonce: '2' }));
    expect(later.data).toMatchObject({ LabelingJobName: `${id}-r2`, State: 'Running' });
    expect(stack.service.get(`${other}-r1`).status).toBe('Stopped');
  });

  test('a cancelled update with a late waiter: the late one changes nothing', async () => {
    const { id } = await stack.create();
    const late = await stack.onEvent(stack.event('Update', REVISED, { PhysicalResourceId: id, OldResourceProperties: properties() }));
    await stack.poll(late);
    const rollback = stack.event('Update', properties(), { PhysicalResourceId: id, OldResourceProperties: REVISED });
    await stack.run(rollback);
    const before = stack.service.statuses();
    await expect(stack.poll(late)).rejects.toThrow(`superseded by ${rollback.RequestId}`);
    await expect(stack.onEvent(late)).rejects.toThrow(`superseded by ${rollback.RequestId}`);
    expect(stack.service.statuses()).toEqual(before);
  });
});
