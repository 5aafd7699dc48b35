import type { ImportLine, LineLabel } from './import-line';
import { LabelProblem } from './label-problem';
import type { LabelForm } from './label-source';
import { instances, segmentation } from './mask-labels';
import { boxes, classes, polygons } from './shape-labels';
import { defaultColor } from '../default-color';
import type { ObjectClass, ProjectMeta, TagMeta } from '../project-meta';

type Needed = Pick<ProjectMeta, 'classes' | 'tags'>;

interface Names {
  readonly classes: ReadonlyArray<{ readonly title: string; readonly color?: string }>;
  readonly tags: readonly string[];
}

interface FormRules {
  /** Of the classes of its objects. */
  readonly shape: 'rectangle' | 'bitmap' | 'polygon' | 'any';
  readonly names: (label: LineLabel) => Names;
}

const objectNames = (read: typeof boxes) => (label: LineLabel): Names => {
  const { objects, tags } = read(label);
  return { classes: objects.map(({ classTitle: title }) => ({ title })), tags };
};
const maskNames = (read: typeof segmentation) => (label: LineLabel): Names =>
  ({ classes: read(label).objects.map(({ classTitle: title, color }) => ({ title, color })), tags: [] });

const FORMS: Readonly<Record<LabelForm, FormRules>> = {
  BOUNDING_BOX: { shape: 'rectangle', names: objectNames(boxes) },
  POLYGON: { shape: 'polygon', names: objectNames(polygons) },
  CLASSIFICATION: { shape: 'any', names: objectNames(classes) },
  SEMANTIC_SEGMENTATION: { shape: 'bitmap', names: maskNames(segmentation) },
  INSTANCE_SEGMENTATION: { shape: 'bitmap', names: maskNames(instances) },
};

/** Collects the classes and tags that a project needs for the labels of a manifest's lines. */
export class NeededMeta {
  private readonly classes = new Map<string, ObjectClass>();
  private readonly tags = new Map<string, TagMeta>();

  constructor(private readonly labeledTag: string | undefined) {}

  add({ labels }: ImportLine): void {
    for (const label of labels) {
      const { shape, names } = FORMS[label.form];
      const found = namesOf(label, names);
      for (const { title, color } of found.classes) {
        const place = `${shape} ${title}`;
        if (!this.classes.has(place)) this.classes.set(place, { title, shape, color: color ?? defaultColor(title) });
      }
      for (const name of found.tags) this.tag(name);
    }
  }

  get(): Needed {
    if (this.labeledTag !== undefined) this.tag(this.labeledTag);
    return { classes: anyWhereSeveral([...this.classes.values()]), tags: [...this.tags.values()] };
  }

  private tag(name: string): void {
    if (!this.tags.has(name)) this.tags.set(name, { name, value_type: 'none', color: defaultColor(name), applicable_type: 'imagesOnly', classes: [] });
  }
}

/** A class of boxes and masks is one of any shape. */
function anyWhereSeveral(found: readonly ObjectClass[]): ObjectClass[] {
  const byTitle = new Map<string, ObjectClass>();
  for (const one of found) {
    const other = byTitle.get(one.title);
    byTitle.set(one.title, other && other.shape !== one.shape ? { ...other, shape: 'any' } : one);
  }
  return [...byTitle.values()];
}

/** What is wrong with a label is told when it is imported. */
function namesOf(label: LineLabel, names: FormRules['names']): Names {
  try {
    return names(label);
  } catch (error) {
    if (error instanceof LabelProblem || error instanceof TypeError || error instanceof SyntaxError) return { classes: [], tags: [] };
    throw error;
  }
}
