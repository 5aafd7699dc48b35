import * as fc from 'fast-check';
import { mergeProjectMeta, type ObjectClass, type ProjectMeta, type TagMeta } from '../../../src/model/supervisely/project-meta';

const name = fc.constantFrom('kiwi', 'lemon', 'lime', 'size', 'origin', '');
const names = fc.uniqueArray(name, { maxLength: 4 });
const objectClass: fc.Arbitrary<ObjectClass> = fc.record({ title: name, shape: fc.constantFrom('bitmap', 'polygon', 'any'), color: fc.constantFrom('#000000', '#FFFFFF') });
const tag: fc.Arbitrary<TagMeta> = fc.record({ name, value_type: fc.constantFrom('none', 'oneof_string'), values: names, classes: names }, { requiredKeys: ['name', 'value_type'] });
const meta: fc.Arbitrary<ProjectMeta> = fc.record({
  classes: fc.uniqueArray(objectClass, { selector: ({ title }) => title }),
  tags: fc.uniqueArray(tag, { selector: (one) => one.name }),
});

test('nothing is ever dropped: names, shapes, types, values, order', () => {
  fc.assert(fc.property(meta, meta, (present, wanted) => {
    const { meta: { classes, tags } } = mergeProjectMeta(present, wanted);
    expect(classes.slice(0, present.classes.length)).toEqual(present.classes);
    present.tags.forEach((before, index) => {
      expect(tags[index]).toMatchObject({ name: before.name, value_type: before.value_type });
      expect(tags[index].values ?? []).toEqual(expect.arrayContaining([...before.values ?? []]));
      // no classes: for all of them
      if (tags[index].classes?.length) expect(tags[index].classes).toEqual(expect.arrayContaining([...before.classes ?? []]));
    });
  }));
});

test('what is wanted is there afterwards', () => {
  fc.assert(fc.property(meta, meta, (present, wanted) => {
    const { meta: { classes, tags } } = mergeProjectMeta(present, wanted);
    expect(classes.map(({ title }) => title)).toEqual(expect.arrayContaining(wanted.classes.map(({ title }) => title)));
    for (const one of wanted.tags) {
      const there = tags.find((found) => found.name === one.name)!;
      expect(there.values ?? []).toEqual(expect.arrayContaining([...one.values ?? []]));
      if (there.classes?.length) expect(there.classes).toEqual(expect.arrayContaining([...one.classes ?? []]));
    }
  }));
});

test('a second merge changes nothing, and says so', () => {
  fc.assert(fc.property(meta, meta, (present, wanted) => {
    const once = mergeProjectMeta(present, wanted);
    const twice = mergeProjectMeta(once.meta, wanted);
    expect([twice.isChanged, twice.meta]).toEqual([false, once.meta]);
  }));
});

test('the tutorial\'s project gets what it lacks and keeps its ids and settings', () => {
  const present: ProjectMeta = {
    classes: [{ id: 1, title: 'kiwi', shape: 'bitmap', color: '#D0021B' }],
    tags: [{ id: 4, name: 'size', value_type: 'oneof_string', values: ['small'], classes: ['kiwi'], hotkey: 's' }],
    projectType: 'images',
  };
  const wanted = {
    classes: [{ title: 'kiwi', shape: 'bitmap', color: '#000000' }, { title: 'lemon', shape: 'bitmap', color: '#50E3C2' }],
    tags: [{ name: 'size', value_type: 'oneof_string', values: ['small', 'large'], classes: ['kiwi', 'lemon'] }],
  };
  expect(mergeProjectMeta(present, wanted)).toEqual({
    meta: {
      classes: [present.classes[0], wanted.classes[1]],
      tags: [{ ...present.tags[0], values: ['small', 'large'], classes: ['kiwi', 'lemon'] }],
      projectType: 'images',
    },
    isChanged: true,
    problems: [],
  });
});

test('what cannot be had is said, with what to do', () => {
  const present: ProjectMeta = { classes: [{ title: 'kiwi', shape: 'bitmap' }, { title: 'other', shape: 'any' }], tags: [{ name: 'size', value_type: 'none' }] };
  const wanted = { classes: [{ title: 'kiwi', shape: 'polygon' }, { title: 'other', shape: 'point' }], tags: [{ name: 'size', value_type: 'date' }] };
  expect(mergeProjectMeta(present, wanted).problems).toEqual([
    'class "kiwi" has the shape \'bitmap\' in the project, not \'polygon\': use that shape, or another name',
    'tag "size" has the value type \'none\' in the project, not \'date\': use that type, or another name',
  ]);
});
