import type { Body, Caller } from '../../../runtime/shared/supervisely/client';
import { handleProjectMeta, type ProjectMetaEvent } from '../../../runtime/supervisely-project-meta/handler';
import type { ProjectMeta } from '../../../src/model/supervisely/project-meta';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

class FakeProject implements Caller {
  readonly serverUrl = 'https://supervisely.test';
  updates = 0;
  /** Somebody else has read before our first update, and writes after it. */
  overwrite?: ProjectMeta;

  constructor(public meta: ProjectMeta) {}

  async call<Answer>(method: string, body: Body): Promise<Answer> {
    if (method === 'projects.meta.update') {
      this.updates += 1;
      this.meta = this.overwrite ?? body.meta as ProjectMeta;
      this.overwrite = undefined;
    }
    return structuredClone(this.meta) as Answer;
  }
}

const RED = { title: 'red', shape: 'bitmap' };
const SIZE = { name: 'size', value_type: 'oneof_string', values: ['small'], classes: [] };

function event(RequestType: ProjectMetaEvent['RequestType'], classes: object[], tags: object[] = []): ProjectMetaEvent {
  const Connection = { ServerUrl: 'https://supervisely.test', SecretArn: 'arn' };
  const ResourceProperties = { ServiceToken: '', ContractVersion: '1', Connection, ProjectId: '5555', Classes: JSON.stringify(classes), Tags: JSON.stringify(tags) };
  return { RequestType, RequestId: 'r', StackId: 's', LogicalResourceId: 'l', PhysicalResourceId: '5555', ResourceProperties } as ProjectMetaEvent;
}

function handle(given: ProjectMetaEvent, project: FakeProject) {
  return handleProjectMeta(given, { connect: () => project, now: () => 0, remaining: () => 60_000, sleep: async () => undefined });
}

test('what is missing is added, what is there stays, and nothing is sent where nothing is missing', async () => {
  const project = new FakeProject({ classes: [RED], tags: [SIZE], projectType: 'images' });
  const wanted = event('Create', [{ title: 'blue', shape: 'polygon' }], [{ ...SIZE, values: ['large'] }]);
  expect(await handle(wanted, project)).toEqual({
    PhysicalResourceId: '5555',
    Data: { ProjectId: '5555', AddedClasses: 'blue', AddedTags: '', ClassCount: '2', TagCount: '1' },
    StartedAt: undefined,
  });
  expect(project.meta).toMatchObject({ classes: [RED, { title: 'blue' }], tags: [{ name: 'size', values: ['small', 'large'] }] });
  expect((await handle(wanted, project)).Data).toMatchObject({ AddedClasses: '' });
  await handle(event('Delete', []), project);
  expect(project.updates).toBe(1);
});

test('however many are added, the answer fits into what CloudFormation takes', async () => {
  const project = new FakeProject({ classes: [RED], tags: [] });
  const many = Array.from({ length: 300 }, (_, index) => ({ title: `a class with a longer name ${index}`, shape: 'any' }));
  const { Data } = await handle(event('Create', many, many.map(({ title: name }) => ({ ...SIZE, name }))), project);
  expect(Data).toMatchObject({ ClassCount: '301', AddedClasses: expect.stringMatching(/^a class with a longer name 0,.*…$/) });
  expect(Buffer.byteLength(JSON.stringify(Data))).toBeLessThan(3000);
});

test('a conflict is refused before anything is sent', async () => {
  const project = new FakeProject({ classes: [RED], tags: [] });
  await expect(handle(event('Create', [{ title: 'red', shape: 'polygon' }, { title: 'blue', shape: 'polygon' }]), project))
    .rejects.toThrow('class "red" has the shape \'bitmap\' in the project, not \'polygon\'');
  expect(project.updates).toBe(0);
});

test('what somebody else overwrites at the same time is put back, beside what they have added', async () => {
  const project = new FakeProject({ classes: [RED], tags: [] });
  project.overwrite = { classes: [RED, { title: 'green', shape: 'any' }], tags: [] };
  await handle(event('Create', [{ title: 'blue', shape: 'any' }]), project);
  expect(project.meta.classes.map(({ title }) => title)).toEqual(['red', 'green', 'blue']);
  expect(project.updates).toBe(2);
});
