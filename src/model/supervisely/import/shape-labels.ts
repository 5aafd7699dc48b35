import type { ImageLabels, Point } from './annotation';
import type { LineLabel } from './import-line';
import { LabelProblem } from './label-problem';

type Members = Readonly<Record<string, unknown>>;

interface Box {
  readonly class_id: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Polygon {
  readonly label: string;
  readonly vertices: readonly Vertex[];
  /** Not of Ground Truth's: an export of ours tells them so. */
  readonly holes?: ReadonlyArray<readonly Vertex[]>;
}

interface Vertex {
  readonly x: number;
  readonly y: number;
}

/** The server keeps figures between pixels: a box's right side is behind its last pixel. */
export function boxes(label: LineLabel): ImageLabels {
  const { annotations } = label.value as { annotations?: unknown };
  if (!Array.isArray(annotations)) throw new LabelProblem(`"${label.attribute}" has no "annotations": these are no boxes`);
  const names = classMap(label);
  return {
    tags: [],
    objects: (annotations as Box[]).map(({ class_id: id, left, top, width, height }) => ({
      classTitle: names[String(id)] ?? unknownClass(label, id),
      geometryType: 'rectangle',
      points: { exterior: numbers(label, [[left, top], [left + width, top + height]]), interior: [] },
      nnCreated: isMachineMade(label),
    })),
  };
}

/** As `crowd-polygon` answers, wherever a consolidation has put it. */
export function polygons(label: LineLabel): ImageLabels {
  const found = withMember(answered(label), 'polygons') as { readonly polygons: readonly Polygon[] } | undefined;
  if (!Array.isArray(found?.polygons)) throw new LabelProblem(`"${label.attribute}" has no "polygons"`);
  return {
    tags: [],
    objects: found!.polygons.map(({ label: classTitle, vertices, holes = [] }) => {
      if (typeof classTitle !== 'string') throw new LabelProblem(`a polygon of "${label.attribute}" has no "label"`);
      if (!Array.isArray(vertices) || vertices.length < 3) throw new LabelProblem(`a polygon of "${classTitle}" has fewer than 3 vertices`);
      const [exterior, ...interior] = [vertices, ...holes].map((line: readonly Vertex[]) => numbers(label, line.map(({ x, y }): Point => [x, y])));
      return { classTitle, geometryType: 'polygon' as const, points: { exterior, interior }, nnCreated: isMachineMade(label) };
    }),
  };
}

/** One class or several: tags of the image. */
export function classes(label: LineLabel): ImageLabels {
  const { value } = label;
  if (Array.isArray(value)) {
    const names = classMap(label);
    return { objects: [], tags: value.map((id) => names[String(id)] ?? unknownClass(label, id)) };
  }
  const name = label.metadata['class-name'];
  if (typeof name !== 'string' || name === '') throw new LabelProblem(`"${label.attribute}-metadata" has no "class-name"`);
  return { objects: [], tags: [name] };
}

export function isMachineMade({ metadata }: LineLabel): boolean {
  return metadata['human-annotated'] === 'no';
}

/** Where no function has made one label of the workers' answers, the only worker's answer is it. */
export function answered(label: LineLabel): unknown {
  const { annotationsFromAllWorkers: answers } = label.value as { annotationsFromAllWorkers?: ReadonlyArray<{ annotationData?: { content?: unknown } }> };
  if (answers === undefined) return label.value;
  if (answers.length !== 1) throw new LabelProblem(`"${label.attribute}" holds the answers of ${answers.length} workers and no label made of them`);
  const content = answers[0].annotationData?.content;
  return typeof content === 'string' ? JSON.parse(content) : content;
}

/** The outermost object with this member. */
export function withMember(value: unknown, member: string): Members | undefined {
  let level: unknown[] = [value];
  while (level.length > 0) {
    const objects = level.filter((one): one is Members => typeof one === 'object' && one !== null);
    const found = objects.find((one) => member in one);
    if (found) return found;
    level = objects.flatMap((one) => Object.values(one));
  }
  return undefined;
}

function classMap({ metadata }: LineLabel): Readonly<Record<string, string>> {
  return (metadata['class-map'] ?? {}) as Record<string, string>;
}

function unknownClass({ attribute }: LineLabel, id: unknown): never {
  throw new LabelProblem(`the class ${JSON.stringify(id)} of "${attribute}" has no name in the "class-map" of its metadata`);
}

function numbers({ attribute }: LineLabel, points: readonly Point[]): readonly Point[] {
  if (points.every((point) => point.every(Number.isFinite))) return points;
  throw new LabelProblem(`"${attribute}" has an object whose place is not told in numbers`);
}
