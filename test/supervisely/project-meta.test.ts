import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { asDelivered, connectionOf, propertiesOf } from './fixtures';
import { supervisely } from '../../src';
import { decodeProjectMetaProperties, PROJECT_META_ATTRIBUTES } from '../../src/supervisely/private/project-meta-contract';
import { newStack } from '../groundtruth/fixtures';

const { ObjectClass, ProjectMeta, TagApplicability, TagMeta } = supervisely;
const TYPE = 'Custom::SuperviselyProjectMeta';

const KIWI = ObjectClass.bitmap('kiwi', { color: '#D0021B' });
const LEMON = ObjectClass.bitmap('lemon', { color: '#50E3C2', hotkey: 'L' });

function meta(stack: Stack, overrides: Partial<supervisely.ProjectMetaProps> = {}, id = 'Meta'): supervisely.ProjectMeta {
  const connection = stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack);
  return new ProjectMeta(stack, id, { connection, projectId: 5555, classes: [KIWI], ...overrides });
}

/** What the handler reads. */
function wanted(overrides: Partial<supervisely.ProjectMetaProps>) {
  const stack = newStack();
  meta(stack, overrides);
  return decodeProjectMetaProperties(asDelivered<any>(propertiesOf(stack, TYPE))).wanted;
}

test('says the tutorial\'s classes and tags in the server\'s own form', () => {
  const forFruit = { applicableTo: TagApplicability.OBJECTS_ONLY, applicableClasses: [KIWI, LEMON] };
  expect(wanted({
    classes: [KIWI, LEMON],
    tags: [TagMeta.oneOf('size', ['small', 'medium', 'large'], { ...forFruit, color: '#A0A08C' }), TagMeta.anyString('origin', { ...forFruit, color: '#ED68A1', hotkey: 'O' })],
  })).toEqual({
    classes: [{ title: 'kiwi', shape: 'bitmap', color: '#D0021B' }, { title: 'lemon', shape: 'bitmap', color: '#50E3C2', hotkey: 'L' }],
    tags: [
      { name: 'size', value_type: 'oneof_string', values: ['small', 'medium', 'large'], color: '#A0A08C', applicable_type: 'objectsOnly', classes: ['kiwi', 'lemon'] },
      { name: 'origin', value_type: 'any_string', color: '#ED68A1', hotkey: 'O', applicable_type: 'objectsOnly', classes: ['kiwi', 'lemon'] },
    ],
  });
});

test('knows every shape', () => {
  const classes = [ObjectClass.any('a'), ObjectClass.bitmap('b'), ObjectClass.rectangle('c'), ObjectClass.polygon('d'), ObjectClass.line('e'), ObjectClass.point('f')];
  expect(wanted({ classes }).classes.map(({ shape }) => shape)).toEqual(['any', 'bitmap', 'rectangle', 'polygon', 'line', 'point']);
});

test('knows every type of value', () => {
  const tags = [TagMeta.none('a'), TagMeta.anyString('b'), TagMeta.anyNumber('c'), TagMeta.oneOf('d', ['x']), TagMeta.date('e')];
  expect(wanted({ tags }).tags.map(({ value_type: type }) => type)).toEqual(['none', 'any_string', 'any_number', 'oneof_string', 'date']);
  expect(wanted({ tags }).tags.map(({ applicable_type: applicable }) => applicable)).toEqual(['all', 'all', 'all', 'all', 'all']);
});

test('gives a name the same colour everywhere, and different names different ones', () => {
  const colors = wanted({ classes: [ObjectClass.any('kiwi'), ObjectClass.any('lemon')], tags: [TagMeta.none('kiwi')] });
  const [kiwi, lemon] = colors.classes.map(({ color }) => color);
  expect(kiwi).toMatch(/^#[0-9A-F]{6}$/);
  expect(lemon).not.toBe(kiwi);
  expect(colors.tags[0].color).toBe(kiwi);
});

test('a tag brings its classes along', () => {
  expect(wanted({ classes: [KIWI], tags: [TagMeta.none('ripe', { applicableClasses: [LEMON, KIWI] })] }).classes.map(({ title }) => title)).toEqual(['kiwi', 'lemon']);
  expect(wanted({ classes: undefined, tags: [TagMeta.none('ripe', { applicableClasses: [LEMON] })] }).classes.map(({ title }) => title)).toEqual(['lemon']);
});

test('those who add to one project stand in a row, others do not', () => {
  const stack = newStack();
  for (const id of ['A', 'B', 'C']) meta(stack, {}, id);
  meta(stack, { projectId: 6666 }, 'D');
  const dependencies = Object.entries(Template.fromStack(stack).findResources(TYPE))
    .map(([id, { DependsOn }]) => [id[0], DependsOn.filter((each: string) => /^[A-D][0-9A-F]{8}$/.test(each)).map((each: string) => each[0])]);
  expect(Object.fromEntries(dependencies)).toEqual({ A: [], B: ['A'], C: ['B'], D: [] });
});

test('reads attributes of the contract', () => {
  const stack = newStack();
  const { projectId, addedClasses, addedTags, classCount, tagCount } = meta(stack);
  const read = [projectId, addedClasses, addedTags, classCount, tagCount].map((value) => stack.resolve(value)['Fn::GetAtt'][1]);
  expect(read).toEqual([...PROJECT_META_ATTRIBUTES]);
});

test.each<[string, () => unknown, string]>([
  ['a class without name', () => ObjectClass.any(''), "'name' must have 1 to 255 characters"],
  ['a long name', () => ObjectClass.any('x'.repeat(256)), "'name' must have 1 to 255 characters"],
  ['a name with a space at its end', () => TagMeta.none('ripe '), 'no space at its ends, got "ripe "'],
  ['a colour by name', () => ObjectClass.any('a', { color: 'red' }), '\'color\' must be like #50E3C2, got "red"'],
  ['a colour in short', () => TagMeta.none('a', { color: '#fff' }), 'got "#fff"'],
  ['no possible values', () => TagMeta.oneOf('size', []), "'possibleValues' is empty"],
  ['an empty value', () => TagMeta.oneOf('size', ['']), "'possibleValues' must not hold an empty value"],
  ['a value twice', () => TagMeta.oneOf('size', ['s', 's']), '\'possibleValues\' must hold each value once, got "s" more than once'],
  ['classes for a tag of images', () => TagMeta.none('a', { applicableTo: TagApplicability.IMAGES_ONLY, applicableClasses: [KIWI] }), "'applicableClasses' are for tags of objects"],
  ['nothing', () => meta(newStack(), { classes: [] }), "'classes' and 'tags' are both empty"],
  ['a class twice', () => meta(newStack(), { classes: [KIWI, ObjectClass.bitmap('kiwi')] }), '\'classes\' must hold each value once, got "kiwi" more than once'],
  ['a tag twice', () => meta(newStack(), { tags: [TagMeta.none('a'), TagMeta.date('a')] }), '\'tags\' must hold each value once, got "a"'],
  ['a class in two shapes', () => meta(newStack(), { tags: [TagMeta.none('a', { applicableClasses: [ObjectClass.line('kiwi')] })] }), 'class "kiwi" is for a tag with the shape \'line\', elsewhere with \'bitmap\''],
  ['no project', () => meta(newStack(), { projectId: 0 }), "'projectId' must be a whole number from 1, got 0"],
])('fails with %s', (_, make, problem) => {
  expect(make).toThrow(problem);
});
