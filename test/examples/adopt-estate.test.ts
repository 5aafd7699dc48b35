import { manifestOf } from '../../examples/adopt-estate/data';
import { committedDeclarations, Declaration } from '../../examples/adopt-estate/declarations';
import { ESTATE, inState } from '../../examples/adopt-estate/estate';
import { EDITED, EstateStory, NEW_TITLE, REFUSED, tellEstateStory } from '../../examples/adopt-estate/story';

jest.setTimeout(600_000);

/** Each of the jobs that end early labels so many of its six objects. */
const LABELED_EARLY = 2;
const LEFT = 4;

let story: EstateStory;
beforeAll(async () => { story = await tellEstateStory(); });

/** The jobs that the fleet itself has made. */
function made(): string[] {
  return Object.keys(story.adopted.jobs).filter((name) => !(name in story.before));
}

test('the estate has thirty jobs of eleven kinds in all states', () => {
  expect(Object.keys(story.before)).toHaveLength(30);
  expect(new Set(ESTATE.map(({ kind }) => kind)).size).toBe(11);
  expect(new Set(Object.values(story.before))).toEqual(new Set(['InProgress', 'Completed', 'Failed', 'Stopped']));
});

test('the inventory counts them and writes all of them down, as they stand in the repository', () => {
  expect(story.inventory).toMatchObject({ status: 'CREATE_COMPLETE', jobs: story.before });
  expect(story.inventory.outputs.Jobs).toBe('30');
  const withoutTimes = (declarations: readonly Declaration[]) => declarations.map(({ createdAt, ...rest }) => rest);
  expect(withoutTimes(story.declarations)).toEqual(withoutTimes(committedDeclarations()));
});

describe('taken over', () => {
  test('no job is stopped or started again', () => {
    expect(story.adopted.status).toBe('CREATE_COMPLETE');
    expect(story.adopted.jobs).toMatchObject(story.before);
  });

  test('all thirty have an owner, and keep their own tags', () => {
    const { tags } = story.adopted;
    for (const { name, tags: own = {} } of ESTATE) {
      expect(tags[name]).toMatchObject({
        ...own, 'managed-by': 'label-platform', 'cdk-labeling-workflows:logical-id': expect.stringMatching(/^Jobs/), 'cdk-labeling-workflows:generation': '1',
      });
    }
  });

  test('what has failed for a while, or become too old, goes on; nothing else is made', () => {
    expect(made()).toHaveLength(inState('failed for a while', 'too old').length);
    expect(made().filter((name) => !name.endsWith('-r2'))).toEqual([]);
  });

  test('the outputs show the states, and what people have to look at', () => {
    const { JobStates, Objects, Message } = story.adopted.outputs;
    expect(JobStates).toBe('notStarted 0, pending 0, running 14, stopping 0, completed 12, failed 1, stopped 3');
    const labeled = Object.entries(story.labeledBy).filter(([name]) => inState('completed', 'completed with failed objects').includes(name));
    const early = inState('failed for a while', 'failed for good', 'stopped by a person', 'too old').length * LABELED_EARLY;
    expect(Objects).toMatch(`labeled ${labeled.reduce((sum, [, count]) => sum + count, early)}, failed 2, `);
    for (const name of inState('stopped by a person')) expect(Message).toContain(`${name} was stopped outside of this stack and is left as it is, with ${LEFT} objects`);
    for (const name of inState('failed for good')) expect(Message).toContain(`${name} has failed: ClientError`);
    for (const name of inState('completed with failed objects')) expect(Message).toContain(`${name} has completed with 1 objects failed and 0 unlabeled`);
  });
});

test('another title is reported as drift, field by field, and nothing is stopped', () => {
  expect(story.edited.status).toBe('UPDATE_COMPLETE');
  expect(story.edited.outputs.Message)
    .toContain(`${EDITED} differs from its declaration in 1 fields: HumanTaskConfig.TaskTitle: declared "${NEW_TITLE}", is "Draw boxes"`);
  expect(story.edited.jobs).toEqual(story.adopted.jobs);
});

test('another label attribute is refused, field by field, before anything happens', () => {
  expect(story.refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(story.refused.reason).toMatch(new RegExp(`job "${REFUSED}": .*LabelAttributeName: declared "pet", is "animal"`));
  expect(story.refused.jobs).toEqual(story.adopted.jobs);
  expect(story.refused.tags).toEqual(story.edited.tags);
});

describe('the merged result', () => {
  const source = (line: Readonly<Record<string, unknown>>) => JSON.stringify(line.source ?? line['source-ref'] ?? line.text);

  test('has each object of each job once', () => {
    const objects = ESTATE.flatMap((job, place) => manifestOf(job, place).split('\n').filter(Boolean).map((line) => JSON.parse(line)));
    expect(story.result.map(source).sort()).toEqual(objects.map(source).sort());
  });

  test('has as many labels as all jobs have made: none was labeled twice', () => {
    const labeled = story.result.filter((line) => Object.keys(line).some((key) => key.endsWith('-metadata') && key !== 'source-ref-metadata'));
    expect(labeled).toHaveLength(Object.values(story.labeledBy).reduce((sum, count) => sum + count, 0));
    expect(made().map((name) => story.labeledBy[name])).toEqual(made().map(() => LEFT));
  });
});

test('when the stack goes, jobs that others have made go on, and may be taken over by others', () => {
  expect(story.deleted.status).toBe('DELETE_COMPLETE');
  expect(inState('goes on').filter((name) => story.deleted.jobs[name] === 'InProgress')).toEqual(['drive-0002-frames', 'drive-0002-lidar']);
  expect(Object.values(story.deleted.jobs).filter((status) => status === 'Stopping')).toEqual([]);
  for (const { name } of ESTATE) expect(story.deleted.tags[name]).toHaveProperty(['cdk-labeling-workflows:released'], 'true');
});
