import { duplicateProblems, wholeNumberProblems } from './validation';
import { isKnown, tokenProblems } from '../../private/tokens';
import { ObjectClass } from '../object-class';
import { ProjectMetaProps } from '../project-meta';

const LONGEST_NAME = 255;
const WRITTEN = 'it is compared with what the project has, as JSON';

export function nameProblems(name: string): string[] {
  if (!isKnown(name)) return tokenProblems('name', [name], WRITTEN);
  return name.trim() !== '' && name.trim() === name && name.length <= LONGEST_NAME
    ? []
    : [`'name' must have 1 to ${LONGEST_NAME} characters and no space at its ends, got ${JSON.stringify(name)}`];
}

/** What is wrong with what classes and tags say alike. */
export function metaOptionProblems({ color, hotkey }: { readonly color?: string; readonly hotkey?: string }): string[] {
  const unknown = [...tokenProblems('color', [color], WRITTEN), ...tokenProblems('hotkey', [hotkey], WRITTEN)];
  return unknown.length > 0 || color === undefined || /^#[0-9A-Fa-f]{6}$/.test(color)
    ? unknown
    : [`'color' must be like #50E3C2, got ${JSON.stringify(color)}`];
}

export function possibleValueProblems(values: string[] | undefined): string[] {
  if (values === undefined) return [];
  const unknown = tokenProblems('possibleValues', values, WRITTEN);
  if (unknown.length > 0) return unknown;
  return [
    ...(values.length === 0 ? ['\'possibleValues\' is empty, give at least one value'] : []),
    ...(values.some((value) => value === '') ? ['\'possibleValues\' must not hold an empty value'] : []),
    ...duplicateProblems('possibleValues', values),
  ];
}

/** What is wrong with what classes and tags say of a project together. */
export function projectMetaProblems(props: ProjectMetaProps): string[] {
  const { classes = [], tags = [] } = props;
  const shapes = new Map(allClasses(props).map(({ className, shape }) => [className, shape]));
  const contradictions = tags.flatMap(({ _classes }) => _classes).filter(({ className, shape }) => shapes.get(className) !== shape);
  return [
    ...wholeNumberProblems('projectId', props.projectId, 1),
    ...(classes.length + tags.length === 0 ? ['\'classes\' and \'tags\' are both empty, give at least one'] : []),
    ...duplicateProblems('classes', classes.map(({ className }) => className)),
    ...duplicateProblems('tags', tags.map(({ tagName }) => tagName)),
    ...contradictions.map(({ className, shape }) => `class ${JSON.stringify(className)} is for a tag with the shape '${shape}', elsewhere with '${shapes.get(className)}': use one of them`),
  ];
}

/** A tag brings the classes along that it is for. */
export function allClasses({ classes = [], tags = [] }: ProjectMetaProps): ObjectClass[] {
  const byName = new Map(classes.map((one) => [one.className, one]));
  for (const one of tags.flatMap(({ _classes }) => _classes)) if (!byName.has(one.className)) byName.set(one.className, one);
  return [...byName.values()];
}
