import { metaOptionProblems, nameProblems } from './private/meta-validation';
import { defaultColor } from '../model/supervisely/default-color';
import type { ObjectClass as ServerClass } from '../model/supervisely/project-meta';
import { refuse } from '../private/errors';

/** The shape of all figures of a class. */
export enum ObjectShape {
  /** Any of them. */
  ANY = 'any',
  /** A mask: one bit a pixel. */
  BITMAP = 'bitmap',
  /** A box. */
  RECTANGLE = 'rectangle',
  /** A closed outline, holes included. */
  POLYGON = 'polygon',
  /** An open line of several points. */
  LINE = 'line',
  /** A single point. */
  POINT = 'point',
}

/** How a class looks in the labeling tool. */
export interface ObjectClassOptions {
  /**
   * Colour of its figures, as `#RRGGBB`.
   *
   * @default - one that follows from the name
   */
  readonly color?: string;

  /**
   * Key that chooses the class in the labeling tool.
   *
   * @default - none
   */
  readonly hotkey?: string;
}

/**
 * A class of objects to be labeled.
 *
 * @see https://developer.supervisely.com/getting-started/supervisely-annotation-format/project-classes-and-tags
 */
export class ObjectClass {
  /** A class of any shape. */
  public static any(name: string, options: ObjectClassOptions = {}): ObjectClass {
    return new ObjectClass(name, ObjectShape.ANY, options);
  }

  /** A class of masks. */
  public static bitmap(name: string, options: ObjectClassOptions = {}): ObjectClass {
    return new ObjectClass(name, ObjectShape.BITMAP, options);
  }

  /** A class of boxes. */
  public static rectangle(name: string, options: ObjectClassOptions = {}): ObjectClass {
    return new ObjectClass(name, ObjectShape.RECTANGLE, options);
  }

  /** A class of closed outlines. */
  public static polygon(name: string, options: ObjectClassOptions = {}): ObjectClass {
    return new ObjectClass(name, ObjectShape.POLYGON, options);
  }

  /** A class of open lines. */
  public static line(name: string, options: ObjectClassOptions = {}): ObjectClass {
    return new ObjectClass(name, ObjectShape.LINE, options);
  }

  /** A class of points. */
  public static point(name: string, options: ObjectClassOptions = {}): ObjectClass {
    return new ObjectClass(name, ObjectShape.POINT, options);
  }

  /** Name of the class. */
  public readonly className: string;
  /** Shape of its figures. */
  public readonly shape: ObjectShape;

  private readonly options: ObjectClassOptions;

  private constructor(name: string, shape: ObjectShape, options: ObjectClassOptions) {
    refuse(`ObjectClass.${shape}`, [...nameProblems(name), ...metaOptionProblems(options)]);
    this.className = name;
    this.shape = shape;
    this.options = options;
  }

  /** @internal */
  public _render(): ServerClass {
    const { color, hotkey } = this.options;
    return { title: this.className, shape: this.shape, color: color ?? defaultColor(this.className), ...(hotkey !== undefined && { hotkey }) };
  }
}
